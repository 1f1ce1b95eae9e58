import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Address } from "../staff/address";
import type { Api } from "../staff/api";
import { percent } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon, Meter } from "../staff/icon";
import { Prose } from "../staff/prose";
import { words } from "../staff/session";
import { languageNames } from "./article";
import { Explanation } from "./explanation";
import { explanations, verdict, type Tried } from "./verdict";

const PART = 0.005; // candidates under half a percent are noise

export function Try({ api, address }: { api: Api; address: Address }) {
  const query = address.query.value;
  const asked = query.get("q") ?? "";
  const language = query.get("language") === "es" ? "es" : query.get("language") === "en" ? "en" : "";
  const field = useRef<HTMLInputElement>(null);
  const tried = useSignal<Tried | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);

  useEffect(() => {
    document.title = "Try a question \u00b7 Emma";
    if (!asked) field.current?.focus();
  }, []);

  async function ask(text: string, of: string) {
    if (!text.trim()) return;
    busy.value = true;
    problem.value = "";
    try {
      tried.value = await api.call<Tried>("POST", "/api/try", { text, language: of });
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }
  useEffect(() => void ask(asked, language), [asked, language]);

  const go = (of: string) => {
    const text = field.current?.value.trim() ?? "";
    const to = new URLSearchParams({ q: text, ...(of ? { language: of } : {}) });
    if (text === asked && of === language) void ask(text, of);
    else address.go(text ? `/editor/try?${to}` : "/editor/try", !asked);
  };
  return (
    <main class="page">
      <div>
        <h1>Try a question</h1>
        <p class="fine">What Emma would answer to it as a first message, with what is published now. Nothing is stored.</p>
      </div>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault();
          go(language);
        }}
      >
        <label class="grow">
          <span class="sr">Question of a visitor</span>
          <input class="input" key={asked} ref={field} defaultValue={asked} lang={language || undefined} maxLength={4000} placeholder="Write as visitors write, mistakes too" />
        </label>
        <fieldset>
          <legend class="sr">Language</legend>
          <div class="segments">
            {([["", "By its words"], ["en", languageNames.en], ["es", languageNames.es]] as const).map(([code, name]) => (
              <label key={code}>
                <input type="radio" name="try-language" checked={language === code} onChange={() => go(code)} />
                <span>{name}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <button class="button primary" type="submit" aria-disabled={busy.value}>
          {busy.value ? "Asking\u2026" : "Ask Emma"}
        </button>
      </form>
      <Failure text={problem.value} />
      <p class="sr" role="status">
        {tried.value ? verdict(tried.value).words : ""}
      </p>
      {tried.value ? <Result tried={tried.value} /> : !problem.value && <p class="muted">{busy.value ? "Loading\u2026" : "The decision appears here."}</p>}
    </main>
  );
}

function Result({ tried }: { tried: Tried }) {
  const { words: said, kind } = verdict(tried);
  const candidates = (tried.candidates ?? []).filter((c, i) => i === 0 || c.confidence >= PART);
  const first = candidates[0];
  const language = tried.language as Language;
  const links = tried.links?.filter((l) => l.url) ?? [];
  return (
    <div class="split">
      <section class="card stack" aria-labelledby="verdict">
        <h2 id="verdict" class="row">
          <span class={`badge ${kind}`}>
            {kind === "good" && <Icon name="check" />}
            {said}
          </span>
          {tried.language && <span class="fine">in {languageNames[language] ?? tried.language}</span>}
        </h2>
        {first && <Gauge confidence={first.confidence} answer={tried.thresholds.answer} clarify={tried.thresholds.clarify} />}
        <h3>Why</h3>
        <ul class="why">
          {explanations(tried).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {tried.signals && tried.signals.length > 0 && <p class="fine">Rules that fired: {tried.signals.map((s) => s.replace(/_/g, " ")).join(", ")}</p>}
      </section>
      <section class="card stack" aria-labelledby="seen-h">
        <h2 id="seen-h">As visitors see it</h2>
        {tried.html ? (
          <div class="preview" lang={tried.language || undefined}>
            <Prose html={tried.html} />
            {links.map((l) => (
              <p key={l.url}>
                <a href={l.url} target="_blank" rel="noopener noreferrer">
                  {l.title || l.url}
                  <span class="sr"> (opens a new tab)</span>
                </a>
              </p>
            ))}
          </div>
        ) : (
          <p class="fine">She says nothing.</p>
        )}
        {tried.choices && tried.choices.length > 0 && (
          <ul role="list" class="chips" lang={tried.language || undefined} aria-label="Quick replies">
            {tried.choices.map((c) => (
              <li class="plain" key={c.id}>
                {c.label}
              </li>
            ))}
          </ul>
        )}
        <h3>Ranking</h3>
        {candidates.length > 0 ? (
          <table>
            <thead>
              <tr>
                <th scope="col">Article</th>
                <th scope="col">Right with</th>
              </tr>
            </thead>
            <tbody>
              {candidates.map((c, i) => (
                <tr key={c.article}>
                  <th scope="row">
                    <a href={`/editor/articles/${encodeURIComponent(c.article)}`} lang={tried.language || undefined}>
                      {c.question || c.article}
                    </a>
                  </th>
                  <td class="nowrap">
                    <Meter share={c.confidence} strong={i === 0} /> {percent(c.confidence)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p class="fine">No article was found.</p>
        )}
        <Explanation of={tried.explanation} language={tried.language} />
      </section>
    </div>
  );
}

function Gauge({ confidence, answer, clarify }: { confidence: number; answer: number; clarify: number }) {
  const x = (share: number) => Math.round(320 * Math.min(1, Math.max(0, share)));
  const label = (share: number) => Math.min(300, Math.max(20, x(share)));
  return (
    <svg class="gauge" viewBox="0 0 320 44" role="img" aria-label={`Confidence ${percent(confidence)}, answers from ${percent(answer)}, asks back from ${percent(clarify)}`}>
      <rect class="rail" y="12" width="320" height="10" rx="5" />
      <rect class="fill" y="12" width={x(confidence)} height="10" rx="5" />
      <path class="mark-at" d={`M${x(clarify)} 6v22M${x(answer)} 6v22`} />
      <text x={label(clarify)} y="41" text-anchor="middle">
        asks {percent(clarify)}
      </text>
      <text x={label(answer)} y="41" text-anchor="middle">
        answers {percent(answer)}
      </text>
    </svg>
  );
}
