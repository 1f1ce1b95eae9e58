import type { Language } from "../shared/protocol";
import { languageNames } from "./article";
import { momentWords } from "./days";

// Links are the last looks at source links, as PROTOCOL.md has them.
export interface Links {
  readonly looks: readonly Look[];
  readonly open: number; // not looked at yet
}

interface Look {
  readonly url: string;
  readonly state: "works" | "moved" | "dead" | "unreachable";
  readonly note: string; // where it moved, or why it is not reached
  readonly at: number;
  readonly articles: readonly { readonly id: string; readonly language: Language }[];
}

const kinds = [
  { state: "dead", title: "Source links that are dead", help: "The site says that the page is gone. Look for the page that took its place." },
  { state: "moved", title: "Source links that moved", help: "Visitors still get there, for now. Put the new address into the article." },
  { state: "unreachable", title: "Source links that were not reached", help: "This may pass: it is tried again after a day." },
] as const;

// SourceLinks tells what became of the pages that articles cite.
export function SourceLinks({ links, name }: { links: Links | null; name: (id: string, language: Language) => string }) {
  if (!links) return <p class="fine">Source links are not looked at. Those who run the program allow it with the setting --check-links.</p>;
  const works = links.looks.filter((l) => l.state === "works").length;
  return (
    <>
      {kinds.map(({ state, title, help }) => {
        const list = links.looks.filter((l) => l.state === state);
        if (list.length === 0) return null;
        return (
          <details key={state} class="card">
            <summary>
              <h2 class="inline">{title}</h2> <span class="fine">{list.length}</span>
            </summary>
            <p class="fine">{help}</p>
            <ul role="list" class="revs">
              {list.map((l) => (
                <li key={l.url} class="stack">
                  <a class="address" href={l.url} target="_blank" rel="noreferrer">
                    {l.url}
                  </a>
                  <span class="fine">
                    {state === "moved" ? (
                      <>
                        Now at{" "}
                        <a class="address" href={l.note} target="_blank" rel="noreferrer">
                          {l.note}
                        </a>
                        .
                      </>
                    ) : (
                      l.note
                    )}{" "}
                    Looked at {momentWords(l.at)}.
                  </span>
                  {l.articles.map((a) => (
                    <span key={a.id + a.language}>
                      <a href={`/editor/articles/${encodeURIComponent(a.id)}`} lang={a.language}>
                        {name(a.id, a.language)}
                      </a>{" "}
                      <span class="badge">{languageNames[a.language]}</span>
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      <p class="fine">
        {works} of {links.looks.length + links.open} source links work{links.open > 0 ? `; ${links.open} were not looked at yet` : ""}.
      </p>
    </>
  );
}
