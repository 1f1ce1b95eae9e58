import { percent } from "../staff/count";

// How Emma came to a ranking, as PROTOCOL.md §6 has it.
export interface Part {
  readonly name: string;
  readonly value: number;
  readonly part: number;
}

export interface Explained {
  readonly words: readonly { readonly text: string; readonly stop: boolean; readonly known: boolean; readonly share: number }[] | null;
  readonly candidates: readonly {
    readonly article: string;
    readonly question: string;
    readonly confidence: number;
    readonly wording: string;
    readonly terms: readonly { readonly word: string; readonly field: "question" | "alternates" | "answer"; readonly count: number }[] | null;
    readonly features: readonly Part[] | null;
    readonly behind: readonly Part[] | null;
  }[] | null;
  readonly signs: readonly Part[] | null;
}

const fields = { question: "question", alternates: "other wordings", answer: "answer" } as const;
const SHOWN = 3; // candidates that are explained

// Explanation says which words counted, and why each candidate stands where it does.
export function Explanation({ of, language }: { of: Explained; language: string }) {
  const words = of.words ?? [];
  const candidates = (of.candidates ?? []).slice(0, SHOWN);
  const lacking = words.filter((w) => !w.known).map((w) => w.text);
  return (
    <div class="stack">
      <h3>Words that count</h3>
      <p class="words" lang={language || undefined}>
        {words.map((w, i) => (
          <span key={i} class={w.stop ? "word idle" : w.known ? "word" : "word strange"}>
            {w.text}
            {!w.stop && <span class="fine"> {percent(w.share)}</span>}
          </span>
        ))}
      </p>
      <p class="fine">
        {lacking.length > 0 ? `The base does not know ${lacking.join(", ")}. ` : ""}The rarer a word is in the base, the more it counts. Faint words are in almost every question.
      </p>
      {candidates.map((c, i) => (
        <section key={c.article} class="stack candidate" aria-label={c.question || c.article}>
          <h4 lang={language || undefined}>
            {i + 1}. <a href={`/editor/articles/${encodeURIComponent(c.article)}`}>{c.question || c.article}</a> {percent(c.confidence)}
          </h4>
          {c.wording && c.wording !== c.question && (
            <p class="fine">
              Closest wording: <q lang={language || undefined}>{c.wording}</q>
            </p>
          )}
          <p class="fine">{found(c.terms ?? [])}</p>
          {i > 0 && c.behind && c.behind.length > 0 && <p class="fine">Not the first, because the first has more of: {names(c.behind)}.</p>}
          {i === 0 && c.features && c.features.length > 0 && <p class="fine">What spoke for it: {names(c.features)}.</p>}
        </section>
      ))}
      {of.signs && of.signs.length > 0 && (
        <p class="fine">
          Made her surer: {names(of.signs.filter((s) => s.part > 0)) || "nothing"}. Made her less sure: {names(of.signs.filter((s) => s.part < 0)) || "nothing"}.
        </p>
      )}
    </div>
  );
}

function names(parts: readonly Part[]): string {
  return parts
    .slice(0, 3)
    .map((p) => p.name)
    .join("; ");
}

type Terms = NonNullable<NonNullable<Explained["candidates"]>[number]["terms"]>;

// found says in which field which words were found.
function found(terms: Terms): string {
  if (terms.length === 0) return "None of the words are in it; it is near by meaning or spelling.";
  const parts = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
    const words = [...new Set(terms.filter((t) => t.field === field).map((t) => t.word))];
    return words.length > 0 ? [`${fields[field]}: ${words.join(", ")}`] : [];
  });
  return `Found in its ${parts.join(" \u00b7 ")}.`;
}
