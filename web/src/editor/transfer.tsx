import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { languageNames, languages } from "./article";
import { Checking } from "./check";
import { Intake, type Plan, type Upload } from "./intake";
import type { Stock } from "./stock";

const LOOK = 250; // ms between two looks at a running import
const formats: readonly { code: string; name: string; what: string }[] = [
  { code: "xlsx", name: "Excel", what: "to edit in a spreadsheet" },
  { code: "csv", name: "CSV", what: "to edit in any spreadsheet" },
  { code: "jsonl", name: "JSON lines", what: "for programs" },
  { code: "zip", name: "Markdown folder", what: "one file for each article, as ZIP" },
];

// Transfer brings files in, with a dry run before anything changes, and out.
export function Transfer({ api, stock }: { api: Api; stock: Stock }) {
  const file = useRef<HTMLInputElement>(null);
  const language = useSignal<Language>("en");
  const plan = useSignal<Plan | undefined>(undefined);
  const upload = useSignal<Upload | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);
  const gone = useRef(false);
  const checking = useMemo(() => new Checking(api), []);
  useEffect(() => {
    document.title = "Import and export \u00b7 Emma";
    return () => {
      gone.current = true;
      checking.leave();
    };
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
    checking.leave();
    checking.state.value = undefined;
    try {
      const query = new URLSearchParams({ name: chosen.name, language: language.value });
      plan.value = await api.upload<Plan>(`/api/import?${query}`, chosen);
      upload.value = plan.value.upload;
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }

  // run imports: for review, or what the check let pass.
  async function run(review: boolean, reason: string) {
    const id = upload.value?.id;
    if (!id) return;
    problem.value = "";
    try {
      upload.value = await api.call<Upload>("POST", `/api/import/${id}`, { review, reason });
      while (!gone.current && upload.value?.state === "running") {
        await new Promise((done) => setTimeout(done, LOOK));
        upload.value = await api.get<Upload>(`/api/import/${id}`);
      }
      void stock.load();
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
          <Failure text={problem.value} />
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
      {plan.value && upload.value && <Intake plan={plan.value} upload={upload.value} checking={checking} stock={stock} run={(review, reason) => void run(review, reason)} />}
    </main>
  );
}
