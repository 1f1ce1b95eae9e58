import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { percent } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { body, languageNames } from "./article";
import type { Said } from "./check";
import type { Copy } from "./copy";
import { Explanation, type Explained } from "./explanation";
import type { Stock } from "./stock";
import { explanations, verdict, type Tried } from "./verdict";

interface Answer extends Tried {
  readonly trial: { readonly live: Said; readonly draft: Said; readonly explanation: Explained } | null;
}

interface Props {
  api: Api;
  copies: readonly Copy[];
  stock: Stock;
}

// TestPane asks what Emma would answer with the text on the screen, saved or not,
// against what is published.
export function TestPane({ api, copies, stock }: Props) {
  const first = copies[0];
  const language = useSignal<Language>(first?.language ?? "en");
  const field = useRef<HTMLInputElement>(null);
  const answer = useSignal<Answer | undefined>(undefined);
  const asked = useSignal("");
  const kept = useSignal("");
  const problem = useSignal("");
  const busy = useSignal(false);
  if (!first) return null;

  async function ask() {
    const text = field.current?.value.trim() || copies.find((c) => c.language === language.value)?.mine.peek().question || "";
    if (!text || busy.value) return;
    busy.value = true;
    problem.value = kept.value = "";
    try {
      const drafts = copies.filter((c) => c.mine.peek().question.trim() && c.mine.peek().answer.trim()).map((c) => body(c.mine.peek(), c.base.peek().revision));
      answer.value = await api.call<Answer>("POST", "/api/try", { text, language: language.value, drafts });
      asked.value = text;
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }

  async function keep() {
    try {
      await api.call("POST", "/api/tests", { text: asked.value, language: language.value, article: first?.id });
      kept.value = "Kept. Every publication is checked with it.";
    } catch (error) {
      kept.value = words(error);
    }
  }

  const trial = answer.value?.trial;
  const name = (id: string) => stock.entries.value.find((e) => e.id === id)?.versions[language.value]?.question ?? id;
  const said = (s: Said) => (s.answers ? `Emma answers: ${name(s.article)} (${percent(s.confidence)})` : s.article ? `Emma is not sure enough. Nearest: ${name(s.article)} (${percent(s.confidence)})` : "Emma finds nothing.");
  const better = trial && trial.draft.article === first.id;
  return (
    <section class="card stack" aria-labelledby="pane-h">
      <div>
        <h2 id="pane-h">What would Emma answer?</h2>
        <p class="fine">With the words on this page, saved or not, beside what visitors get now.</p>
      </div>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault();
          void ask();
        }}
      >
        <label class="grow">
          <span class="sr">Question of a visitor</span>
          <input class="input" ref={field} lang={language.value} maxLength={4000} placeholder="Write as visitors write, mistakes too" />
        </label>
        <fieldset>
          <legend class="sr">Language of the question</legend>
          <div class="segments">
            {copies.map((c) => (
              <label key={c.language}>
                <input type="radio" name="pane-language" checked={language.value === c.language} onChange={() => (language.value = c.language)} />
                <span>{languageNames[c.language]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <button class="button" type="submit" aria-disabled={busy.value}>
          {busy.value ? "Asking\u2026" : "Ask Emma"}
        </button>
      </form>
      <Failure text={problem.value} />
      {answer.value && (
        <div class="stack" role="status">
          <dl class="sides">
            <div>
              <dt>Now</dt>
              <dd>
                {verdict(answer.value).words}. {trial ? said(trial.live) : ""}
              </dd>
            </div>
            {trial && (
              <div class={better && trial.draft.answers ? "good" : ""}>
                <dt>With this draft</dt>
                <dd>
                  {better && trial.draft.answers && <Icon name="check" />} {said(trial.draft)}
                </dd>
              </div>
            )}
          </dl>
          {answer.value.reason && !["low_confidence", "unknown_words", "repeated_miss"].includes(answer.value.reason) && <p class="fine">A rule decides before articles are looked at: {explanations(answer.value)[0]}</p>}
          <div class="row">
            <button class="button" type="button" onClick={() => void keep()}>
              Keep as a test of this article
            </button>
            <span class="fine" role="status">
              {kept.value || "Then no publication may lose it unnoticed."}
            </span>
          </div>
          <details>
            <summary>Why</summary>
            <Explanation of={trial?.explanation ?? answer.value.explanation} language={answer.value.language} />
          </details>
        </div>
      )}
    </section>
  );
}
