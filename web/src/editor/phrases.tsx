import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { Refusal, type Api } from "../staff/api";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { languageNames, languages } from "./article";
import { fold } from "./catalogue";
import { momentWords } from "./days";

type Both = Record<Language, string>;

interface Phrase {
  readonly key: string;
  readonly group: string;
  readonly when: string;
  readonly places: readonly string[] | null;
  readonly texts: Both;
  readonly usual: Both;
  readonly revision: number;
  readonly saved_by?: string;
  readonly saved_at?: number;
}

const groups: readonly (readonly [string, string])[] = [
  ["talk", "Greetings and small talk"],
  ["answer", "Answers and asking back"],
  ["menu", "The menu"],
  ["person", "Bringing a person"],
  ["line", "Waiting in line"],
  ["away", "When nobody is there"],
  ["case", "Questions about one case"],
  ["privacy", "Numbers and privacy"],
  ["danger", "Danger and safety"],
  ["mail", "Mails"],
];

// Phrases edits what Emma says besides the answers of articles, in both languages.
export function Phrases({ api }: { api: Api }) {
  const phrases = useSignal<readonly Phrase[] | undefined>(undefined);
  const look = useSignal("");
  const problem = useSignal("");
  useEffect(() => {
    document.title = "Phrases \u00b7 Emma";
    void api.get<{ phrases: Phrase[] }>("/api/phrases").then(
      (a) => (phrases.value = a.phrases),
      (error) => (problem.value = words(error)),
    );
  }, []);
  const looked = fold(look.value).split(/\s+/).filter(Boolean);
  const shown = (phrases.value ?? []).filter((p) => looked.every((w) => fold([p.key, p.when, p.texts.en, p.texts.es].join(" ")).includes(w)));
  const replace = (phrase: Phrase) => (phrases.value = phrases.value?.map((p) => (p.key === phrase.key ? phrase : p)));
  const named = new Set(groups.map(([code]) => code));
  const parts = [...groups, ...[...new Set(shown.map((p) => p.group))].filter((g) => !named.has(g)).map((g) => [g, g] as const)];
  return (
    <main class="page">
      <div>
        <h1>Phrases</h1>
        <p class="fine">What Emma says besides the answers of articles. A change holds for what she says from then on.</p>
      </div>
      <label>
        <span class="sr">Search phrases</span>
        <input class="input" type="search" placeholder="Search what Emma says" value={look.value} onInput={(e) => (look.value = e.currentTarget.value)} />
      </label>
      {problem.value && (
        <div class="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      )}
      {!phrases.value ? (
        !problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : shown.length === 0 ? (
        <div class="card">
          <p>No phrase has these words.</p>
        </div>
      ) : (
        parts.map(([code, name]) => {
          const list = shown.filter((p) => p.group === code);
          if (list.length === 0) return null;
          return (
            <details key={code} class="card" open={looked.length > 0}>
              <summary>
                <h2 class="inline">{name}</h2> <span class="fine">{list.length}</span>
              </summary>
              {code === "danger" && (
                <p class="fine">
                  The answers themselves are articles: <a href="/editor?topic=safety">Emergencies and safety</a>. What she takes for danger: <a href="/editor/triggers">Triggers</a>.
                </p>
              )}
              <ul role="list" class="stack phrase-list">
                {list.map((p) => (
                  <Line key={p.key} phrase={p} api={api} done={replace} />
                ))}
              </ul>
            </details>
          );
        })
      )}
    </main>
  );
}

function Line({ phrase, api, done }: { phrase: Phrase; api: Api; done: (phrase: Phrase) => void }) {
  const texts = useSignal<Both>(phrase.texts);
  const problem = useSignal("");
  const field = useSignal("");
  const said = useSignal("");
  const dirty = texts.value.en !== phrase.texts.en || texts.value.es !== phrase.texts.es;
  const usual = phrase.texts.en === phrase.usual.en && phrase.texts.es === phrase.usual.es;
  async function save(to: Both) {
    problem.value = field.value = "";
    try {
      const saved = (await api.call<{ phrase: Phrase }>("PUT", `/api/phrases/${encodeURIComponent(phrase.key)}`, { revision: phrase.revision, texts: to })).phrase;
      texts.value = saved.texts;
      done(saved);
      said.value = "Saved.";
    } catch (error) {
      if (error instanceof Refusal && error.code === "stale") {
        const theirs = (error.body as { phrase?: Phrase } | undefined)?.phrase;
        if (theirs) done(theirs);
        problem.value = `Somebody else changed this phrase meanwhile${theirs ? `: \u201c${theirs.texts.en}\u201d` : ""}. Yours is still here; saving replaces theirs.`;
      } else problem.value = words(error);
      field.value = ((error instanceof Refusal ? error.body : undefined) as { field?: string } | undefined)?.field ?? "";
    }
  }
  const places = phrase.places ?? [];
  return (
    <li class="stack">
      <p>
        {phrase.when}{" "}
        {!usual && <span class="badge lamp">changed</span>} {phrase.saved_by && <span class="fine">{`${phrase.saved_by}, ${momentWords(phrase.saved_at ?? 0)}`}</span>}
      </p>
      {places.length > 0 && <p class="fine">Keep {places.map((p) => `{${p}}`).join(", ")}: Emma fills it in.</p>}
      <div class="pairs">
        {languages.map((l) => (
          <div class="field" key={l}>
            <label class="fine" for={`${phrase.key}-${l}`}>
              {languageNames[l]}
              <span class="sr">: {phrase.when}</span>
            </label>
            <textarea
              class="input"
              id={`${phrase.key}-${l}`}
              lang={l}
              rows={Math.min(8, Math.ceil(texts.value[l].length / 70) + 1)}
              value={texts.value[l]}
              aria-invalid={field.value === l}
              onInput={(e) => {
                texts.value = { ...texts.value, [l]: e.currentTarget.value };
                said.value = "";
              }}
            />
          </div>
        ))}
      </div>
      {problem.value && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {(dirty || !usual || said.value) && (
        <div class="row">
          {dirty && (
            <>
              <button class="button primary" type="button" onClick={() => void save(texts.value)}>
                Save this phrase
              </button>
              <button class="button" type="button" onClick={() => (texts.value = phrase.texts)}>
                Drop changes
              </button>
            </>
          )}
          {!dirty && !usual && (
            <button class="button quiet" type="button" onClick={() => void save(phrase.usual)}>
              Put back the usual words
            </button>
          )}
          <span class="fine" role="status">
            {said}
          </span>
        </div>
      )}
    </li>
  );
}
