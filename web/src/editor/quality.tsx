import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { languageNames } from "./article";
import { SourceLinks, type Links } from "./links";
import type { Stock } from "./stock";

interface Concern {
  readonly kind: string;
  readonly article: string;
  readonly language: Language;
  readonly other: string;
  readonly text: string;
}

interface Quality {
  readonly state: "running" | "done" | "failed";
  readonly progress: number;
  readonly concerns: readonly Concern[];
  readonly links: Links | null; // null where the server does not look at them
}

const AGAIN = 1000; // ms between two looks while it is worked on

const kinds: readonly { kind: string; title: string; help: string }[] = [
  { kind: "twin", title: "Articles that ask the same", help: "Emma cannot tell them apart. Put them together, or make the questions differ." },
  { kind: "shared", title: "Wordings in two articles", help: "Keep each wording in the article that answers it, and take it out of the other." },
  { kind: "misfit", title: "Wordings that fit another article better", help: "Without this wording Emma would answer it with the other article. Move it there, or add more wordings like it here." },
  { kind: "alt", title: "Pictures without a description", help: "People who do not see the picture need words: ![what it shows](address)." },
  { kind: "headings", title: "Headings that skip a level", help: "Screen readers read headings as an outline. Use ## before ###." },
  { kind: "hard", title: "Hard to read", help: "Shorter sentences and shorter words. One idea in each sentence." },
  { kind: "unseen", title: "Never shown in 90 days", help: "Maybe nobody asks, or nobody finds it. Look at its wordings, or retire it." },
];

// QualityPage lists what may be mended in the published articles, by kind.
export function QualityPage({ api, stock }: { api: Api; stock: Stock }) {
  const quality = useSignal<Quality | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    document.title = "Quality \u00b7 Emma";
    let timer = 0;
    let gone = false;
    const look = async () => {
      try {
        quality.value = await api.get<Quality>("/api/quality");
        problem.value = "";
      } catch (error) {
        problem.value = words(error);
      }
      if (!gone && quality.peek()?.state === "running") timer = window.setTimeout(() => void look(), AGAIN);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  const name = (id: string, language: Language) => stock.entries.value.find((e) => e.id === id)?.versions[language]?.question ?? id;
  const found = quality.value?.concerns ?? [];
  return (
    <main class="page">
      <div>
        <h1>Quality</h1>
        <p class="fine">What may be mended in the published articles. Nothing is changed by itself.</p>
      </div>
      <Failure text={problem.value} />
      {quality.value?.state === "failed" && <Failure text="The base could not be looked at. It is tried again after the next publication." />}
      {quality.value?.state === "running" && (
        <section class="card stack" aria-labelledby="look-h">
          <h2 id="look-h">Trying every wording without itself{"\u2026"}</h2>
          <progress class="bar" max={100} value={Math.round(100 * quality.value.progress)} aria-labelledby="look-h" />
          <p class="fine">You may leave this page and come back.</p>
        </section>
      )}
      {quality.value?.state === "done" && found.length === 0 && (
        <div class="notice good" role="status">
          <Icon name="check" />
          <h2>Nothing to mend</h2>
          <p>It is looked at again after every publication.</p>
        </div>
      )}
      {kinds.map(({ kind, title, help }) => {
        const list = found.filter((c) => c.kind === kind);
        if (list.length === 0) return null;
        return (
          <details key={kind} class="card">
            <summary>
              <h2 class="inline">{title}</h2> <span class="fine">{list.length}</span>
            </summary>
            <p class="fine">{help}</p>
            <ul role="list" class="revs">
              {list.map((c, i) => (
                <li key={i}>
                  <a href={`/editor/articles/${encodeURIComponent(c.article)}`} lang={c.language}>
                    {name(c.article, c.language)}
                  </a>
                  {kind !== "unseen" && <span class="badge">{languageNames[c.language]}</span>}
                  {c.text && kind !== "twin" && (
                    <span class="fine" lang={["shared", "misfit"].includes(kind) ? c.language : undefined}>
                      {c.text}
                    </span>
                  )}
                  {c.other && (
                    <span class="fine">
                      {kind === "misfit" ? "Fits better: " : "Also in: "}
                      <a href={`/editor/articles/${encodeURIComponent(c.other)}`} lang={c.language}>
                        {name(c.other, c.language)}
                      </a>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      {quality.value && <SourceLinks links={quality.value.links} name={name} />}
    </main>
  );
}
