import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { languageNames } from "./article";
import type { Stock } from "./stock";

interface Test {
  readonly id: string;
  readonly language: Language;
  readonly text: string;
  readonly article: string; // "": nothing may be answered
  readonly by: string;
}

// Kept lists the questions that every publication is checked with.
export function Kept({ api, stock }: { api: Api; stock: Stock }) {
  const tests = useSignal<readonly Test[] | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    void api.get<{ tests: Test[] }>("/api/tests").then(
      (a) => (tests.value = a.tests),
      (error) => (problem.value = words(error)),
    );
  }, []);
  async function drop(test: Test) {
    try {
      await api.call("DELETE", `/api/tests/${encodeURIComponent(test.id)}`);
      tests.value = tests.value?.filter((t) => t !== test);
    } catch (error) {
      problem.value = words(error);
    }
  }
  const name = (t: Test) => stock.entries.value.find((e) => e.id === t.article)?.versions[t.language]?.question ?? t.article;
  return (
    <section class="card stack" aria-labelledby="kept-h">
      <h2 id="kept-h">Kept tests</h2>
      <Failure text={problem.value} />
      {tests.value?.length === 0 && <p>None yet. Ask a question below an article and keep it: no publication may lose it unnoticed.</p>}
      {tests.value && tests.value.length > 0 && (
        <ul role="list" class="revs">
          {tests.value.map((t) => (
            <li key={t.id}>
              <strong lang={t.language}>{t.text}</strong>
              <span class="badge">{languageNames[t.language]}</span>
              <button class="button quiet push" type="button" onClick={() => void drop(t)}>
                Do not keep<span class="sr">: {t.text}</span>
              </button>
              <span class="fine">
                {t.article ? (
                  <>
                    Answered by <a href={`/editor/articles/${encodeURIComponent(t.article)}`}>{name(t)}</a>
                  </>
                ) : (
                  "Nothing may be answered"
                )}
                {`, kept by ${t.by}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
