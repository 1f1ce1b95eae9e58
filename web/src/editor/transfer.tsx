import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { languageNames, languages } from "./article";
import type { Library } from "./library";

interface Upload {
  readonly id: string;
  readonly state: "read" | "running" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly changed: number;
  readonly problem: string;
}

interface Line {
  readonly id: string;
  readonly language: Language;
  readonly question: string;
}

interface Plan {
  readonly upload: Upload;
  readonly flaws: readonly string[];
  readonly hints: readonly string[];
  readonly added: readonly Line[];
  readonly changed: readonly Line[];
  readonly counts: Record<"added" | "changed" | "unchanged" | "flaws" | "hints", number>;
}

const LOOK = 250; // ms between two looks at a running import
const formats: readonly { code: string; name: string; what: string }[] = [
  { code: "xlsx", name: "Excel", what: "to edit in a spreadsheet" },
  { code: "csv", name: "CSV", what: "to edit in any spreadsheet" },
  { code: "jsonl", name: "JSON lines", what: "for programs" },
  { code: "zip", name: "Markdown folder", what: "one file for each article, as ZIP" },
];

// Transfer brings files in, with a dry run before anything changes, and out.
export function Transfer({ api, library }: { api: Api; library: Library }) {
  const file = useRef<HTMLInputElement>(null);
  const language = useSignal<Language>("en");
  const plan = useSignal<Plan | undefined>(undefined);
  const upload = useSignal<Upload | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);
  const gone = useRef(false);
  useEffect(() => {
    document.title = "Import and export \u00b7 Emma";
    return () => void (gone.current = true);
  }, []);

  async function read(event: Event) {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    if (!chosen || busy.value) {
      if (!chosen) problem.value = "Choose a file first.";
      return;
    }
    busy.value = true;
    problem.value = "";
    plan.value = undefined;
    upload.value = undefined;
    try {
      const query = new URLSearchParams({ name: chosen.name, language: language.value });
      plan.value = await api.upload<Plan>(`/api/import?${query}`, chosen);
      upload.value = plan.value.upload;
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }

  async function run() {
    const id = upload.value?.id;
    if (!id) return;
    try {
      upload.value = await api.call<Upload>("POST", `/api/import/${id}`);
      while (!gone.current && upload.value?.state === "running") {
        await new Promise((done) => setTimeout(done, LOOK));
        upload.value = await api.get<Upload>(`/api/import/${id}`);
      }
      void library.load();
    } catch (error) {
      problem.value = words(error);
    }
  }

  return (
    <main class="page">
      <h1>Import and export</h1>
      <div class="split even">
        <form class="card stack" aria-labelledby="in-h" onSubmit={read}>
          <h2 id="in-h">Import</h2>
          <p class="fine">Excel, CSV, JSON lines, a Markdown folder as ZIP, or a TSV file from QnA Maker. First you see what would change.</p>
          {problem.value && (
            <p class="field-error" role="alert">
              {problem}
            </p>
          )}
          <div class="field">
            <label for="file">File</label>
            <input class="input" id="file" ref={file} type="file" accept=".xlsx,.csv,.jsonl,.zip,.tsv" />
          </div>
          <div class="field">
            <label for="file-language">Language of rows that name none</label>
            <select class="input" id="file-language" value={language.value} onChange={(e) => (language.value = e.currentTarget.value as Language)}>
              {languages.map((l) => (
                <option key={l} value={l}>
                  {languageNames[l]}
                </option>
              ))}
            </select>
          </div>
          <div class="row">
            <button class="button primary" type="submit" aria-disabled={busy.value}>
              {busy.value ? "Reading\u2026" : "Show what would change"}
            </button>
          </div>
        </form>
        <section class="card stack" aria-labelledby="out-h">
          <h2 id="out-h">Export</h2>
          <p class="fine">What visitors get now. The same file can be imported again.</p>
          <ul role="list" class="stack">
            {formats.map((f) => (
              <li key={f.code} class="row">
                <a class="button" href={`/api/export?format=${f.code}`} download>
                  {f.name}
                </a>
                <span class="fine">{f.what}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {plan.value && upload.value && <Preview plan={plan.value} upload={upload.value} run={() => void run()} />}
    </main>
  );
}

function Preview({ plan, upload, run }: { plan: Plan; upload: Upload; run: () => void }) {
  const { added, changed, unchanged, flaws, hints } = plan.counts;
  const nothing = added + changed === 0;
  if (upload.state === "done") {
    return (
      <div class="notice good" role="status">
        <Icon name="check" />
        <h2>Imported</h2>
        <p>{upload.changed === 1 ? "1 article was added or changed." : `${upload.changed} articles were added or changed.`} Emma answers with them now.</p>
      </div>
    );
  }
  return (
    <section class="card stack" aria-labelledby="plan-h">
      <h2 id="plan-h">{flaws > 0 ? `${flaws === 1 ? "1 error" : `${flaws} errors`}: nothing can be imported yet` : nothing ? "The file changes nothing" : "What would change"}</h2>
      {upload.state === "failed" && <p role="alert">{upload.problem}</p>}
      {flaws > 0 && (
        <>
          <p>Mend these in the file and choose it again. Nothing was changed.</p>
          <ul class="why">
            {plan.flaws.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
          {flaws > plan.flaws.length && <p class="fine">And {flaws - plan.flaws.length} more.</p>}
        </>
      )}
      {flaws === 0 && (
        <p>
          {added} new, {changed} changed, {unchanged} as they are.
        </p>
      )}
      {hints > 0 && (
        <details>
          <summary>{hints === 1 ? "1 hint" : `${hints} hints`}</summary>
          <ul class="why">
            {plan.hints.map((h) => (
              <li key={h}>{h}</li>
            ))}
          </ul>
        </details>
      )}
      {flaws === 0 && <Lines title="New" lines={plan.added} all={added} />}
      {flaws === 0 && <Lines title="Changed" lines={plan.changed} all={changed} />}
      {upload.state === "running" ? (
        <>
          <progress class="bar" max={Math.max(1, upload.total)} value={upload.done} aria-label="Import">
            {upload.done}
          </progress>
          <p class="fine" role="status">
            {upload.done} of {upload.total}. All of them, or none.
          </p>
        </>
      ) : (
        flaws === 0 &&
        !nothing && (
          <div class="row">
            <button class="button primary" type="button" onClick={run}>
              Import {added + changed === 1 ? "1 article" : `${added + changed} articles`}
            </button>
            <span class="fine">They are published at once, all or none.</span>
          </div>
        )
      )}
    </section>
  );
}

function Lines({ title, lines, all }: { title: string; lines: readonly Line[]; all: number }) {
  if (all === 0) return null;
  return (
    <details open={all <= 12}>
      <summary>
        {title}: {all}
      </summary>
      <ul class="why">
        {lines.map((l) => (
          <li key={l.id + l.language}>
            <span lang={l.language}>{l.question}</span> <span class="fine">{`${l.id}, ${languageNames[l.language]}`}</span>
          </li>
        ))}
      </ul>
      {all > lines.length && <p class="fine">And {all - lines.length} more.</p>}
    </details>
  );
}
