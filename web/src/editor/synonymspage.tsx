import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { languageNames } from "./article";
import { heading } from "./check";
import { momentWords } from "./days";
import { Findings } from "./gate";
import type { Stock } from "./stock";
import { Shifts } from "./shifts";
import { fitting, type Group, type Synonyms } from "./synonyms";

// SynonymsPage edits words that mean the same. They are tried on questions before they
// can be saved.
export function SynonymsPage({ synonyms, stock }: { synonyms: Synonyms; stock: Stock }) {
  const look = useSignal("");
  const touched = useSignal<ReadonlySet<number>>(new Set());
  const fresh = useRef(0);
  useEffect(() => {
    document.title = "Synonyms \u00b7 Emma";
    if (!synonyms.dirty) void synonyms.load();
  }, []);
  const groups = synonyms.groups.value;
  const shown = fitting(groups, look.value, touched.value);
  const { dirty } = synonyms;
  const change = (key: number, to: Partial<Group>) => {
    touched.value = new Set(touched.value).add(key);
    synonyms.change(key, to);
  };
  const report = synonyms.tried.value;
  const busy = synonyms.busy.value;
  return (
    <main class="page">
      <div class="row">
        <div>
          <h1>Synonyms</h1>
          <p class="fine">Words that mean the same, short forms too: EAD, work permit, permiso de trabajo.</p>
        </div>
        <button class="button push" type="button" onClick={() => (fresh.current = synonyms.add())}>
          <Icon name="plus" />
          New group
        </button>
      </div>
      <Failure text={synonyms.problem.value && dirty ? `${synonyms.problem.value} Your words are still on this page.` : synonyms.problem.value} />
      {synonyms.state.value === "new" ? (
        !synonyms.problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : (
        <>
          <div class="row">
            <label class="grow">
              <span class="sr">Search synonyms</span>
              <input class="input" type="search" placeholder="Search a word" value={look.value} onInput={(e) => {
                  look.value = e.currentTarget.value;
                  touched.value = new Set();
                }}
              />
            </label>
            <span class="fine" role="status">
              {shown.length === groups.length ? count(groups.length, "group") : `${shown.length} of ${count(groups.length, "group")}`}
              {synonyms.changed.value ? `, saved by ${synonyms.ruling.value.by}, ${momentWords(synonyms.ruling.value.at)}` : ", as they come with the program"}
            </span>
          </div>
          <div class="bar-sticky row">
            <button class={report ? "button" : "button primary"} type="button" aria-disabled={!dirty || busy !== ""} onClick={() => dirty && !busy && void synonyms.test()}>
              {busy === "trying" ? "Trying\u2026" : "Try it on real questions"}
            </button>
            <button class={report ? "button primary" : "button"} type="button" aria-disabled={!dirty || !report || busy !== ""} aria-describedby="syn-why" onClick={() => dirty && report && !busy && void synonyms.save()}>
              Save for both languages
            </button>
            {synonyms.changed.value && !dirty && (
              <button class="button quiet" type="button" onClick={() => void synonyms.save(true)}>
                Put back those of the program
              </button>
            )}
            <span class="fine" id="syn-why" role="status">
              {synonyms.said.value || (!dirty ? "Nothing is changed." : report ? heading(report, report.tests_lost > 0) : "Try your changes first. Nothing is saved by that.")}
            </span>
          </div>
          {report && (
            <>
              <Findings report={report} blocks={report.tests_lost > 0 || report.lost > report.limit} many hint={`Tried on ${report.asked} real questions and ${report.tests} kept tests.`} />
              <Shifts report={report} stock={stock} />
            </>
          )}
          {shown.length === 0 ? (
            <div class="card">
              <p>{groups.length === 0 ? "There are no synonyms. Emma then knows only the words of the articles." : "No group has this word."}</p>
            </div>
          ) : (
            <ol role="list" class="synonyms">
              {shown.map((g) => (
                <Line key={g.key} group={g} focus={fresh.current === g.key} set={(to) => change(g.key, to)} remove={() => synonyms.remove(g.key)} />
              ))}
            </ol>
          )}
        </>
      )}
    </main>
  );
}

const places: readonly (readonly [Language | "", string])[] = [
  ["", "Both languages"],
  ["en", languageNames.en],
  ["es", languageNames.es],
];

function Line({ group, focus, set, remove }: { group: Group; focus: boolean; set: (to: Partial<Group>) => void; remove: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, []);
  const name = group.text.split(",")[0] || "new group";
  return (
    <li class="row">
      <textarea class="input grow" rows={1} ref={field} aria-label={`Words that mean the same as ${name}, apart by commas`} placeholder="Words apart by commas: EAD, work permit" value={group.text} onInput={(e) => set({ text: e.currentTarget.value.replace(/\s*\n\s*/g, ", ") })} />
      <select class="input" aria-label={`Language of the group ${name}`} value={group.language} onChange={(e) => set({ language: e.currentTarget.value as Language | "" })}>
        {places.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
      <button class="button quiet icon-only" type="button" title="Remove the group" onClick={remove}>
        <Icon name="close" />
        <span class="sr">Remove the group {name}</span>
      </button>
    </li>
  );
}
