import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { BothFields, SaveFoot, type Both } from "./both";
import { fold } from "./catalogue";
import { momentWords } from "./days";
import type { Drafts } from "./drafts";
import { Saving } from "./saving";

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

// Phrases edits what Emma says besides the answers of articles, in both languages. A phrase
// that was written in stays until something else is searched, also when it fits no more.
export function Phrases({ api, drafts }: { api: Api; drafts: Drafts<Both> }) {
  const phrases = useSignal<readonly Phrase[] | undefined>(undefined);
  const touched = useSignal<ReadonlySet<string>>(new Set());
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
  const fits = (p: Phrase) => looked.every((w) => fold([p.key, p.when, p.texts.en, p.texts.es].join(" ")).includes(w));
  const shown = (phrases.value ?? []).filter((p) => drafts.all.value.has(p.key) || touched.value.has(p.key) || fits(p));
  const replace = (phrase: Phrase) => {
    touched.value = new Set(touched.value).add(phrase.key);
    phrases.value = phrases.value?.map((p) => (p.key === phrase.key ? phrase : p));
  };
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
        <input
          class="input"
          type="search"
          placeholder="Search what Emma says"
          value={look.value}
          onInput={(e) => {
            look.value = e.currentTarget.value;
            touched.value = new Set();
          }}
        />
      </label>
      <Failure text={problem.value} />
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
                  <Line key={p.key} phrase={p} api={api} drafts={drafts} stands={replace} />
                ))}
              </ul>
            </details>
          );
        })
      )}
    </main>
  );
}

interface LineProps {
  phrase: Phrase;
  api: Api;
  drafts: Drafts<Both>;
  stands: (phrase: Phrase) => void;
}

function Line({ phrase, api, drafts, stands }: LineProps) {
  const saving = useMemo(
    () =>
      new Saving<Phrase>(api, `/api/phrases/${encodeURIComponent(phrase.key)}`, "phrase", (theirs) => `Somebody else changed this phrase meanwhile: \u201c${theirs.texts.en}\u201d. Yours is still here; saving replaces theirs.`),
    [],
  );
  const texts = drafts.all.value.get(phrase.key) ?? phrase.texts;
  const dirty = texts.en !== phrase.texts.en || texts.es !== phrase.texts.es;
  const usual = phrase.texts.en === phrase.usual.en && phrase.texts.es === phrase.usual.es;
  const places = phrase.places ?? [];
  const edit = (to: Both) => {
    drafts.put(phrase.key, to);
    saving.changed();
  };
  const drop = () => {
    drafts.drop(phrase.key);
    saving.changed();
  };
  async function save(to: Both) {
    drafts.put(phrase.key, to); // so that nothing takes their place
    if (await saving.put({ revision: phrase.revision, texts: to }, stands, "Saved.")) drafts.saved(phrase.key, to);
  }
  return (
    <li class="stack">
      <p>
        {phrase.when} {!usual && <span class="badge lamp">changed</span>} {phrase.saved_by && <span class="fine">{`${phrase.saved_by}, ${momentWords(phrase.saved_at ?? 0)}`}</span>}
      </p>
      {places.length > 0 && <p class="fine">Keep {places.map((p) => `{${p}}`).join(", ")}: Emma fills it in.</p>}
      <BothFields id={phrase.key} about={phrase.when} texts={texts} wrong={saving.field.value} rows={(text) => Math.min(8, Math.ceil(text.length / 70) + 1)} set={edit} />
      {(dirty || !usual || saving.said.value) && (
        <SaveFoot saving={saving} what="this phrase" dirty={dirty} save={() => void save(texts)} drop={drop}>
          {!usual && (
            <button class="button quiet" type="button" onClick={() => void save(phrase.usual)}>
              Put back the usual words
            </button>
          )}
        </SaveFoot>
      )}
    </li>
  );
}
