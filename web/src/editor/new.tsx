import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Address } from "../staff/address";
import { blank, languageNames, languages, slug, validID } from "./article";
import type { Stock } from "./stock";
import type { UnsavedShelf } from "./unsaved";

interface Props {
  stock: Stock;
  unsaved: UnsavedShelf;
  address: Address;
}

// New asks for what an article cannot be without before it can be edited: the
// question and the id, which stays for good.
export function New({ stock, unsaved, address }: Props) {
  const language = useSignal<Language>("en");
  const question = useSignal(address.query.peek().get("question") ?? "");
  const id = useSignal("");
  const problem = useSignal<{ field: "question" | "id"; text: string } | undefined>(undefined);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "New article \u00b7 Emma";
    if (stock.state.peek() === "new") void stock.load();
    first.current?.focus();
  }, []);
  const proposed = id.value || slug(question.value);

  function start(event: Event) {
    event.preventDefault();
    const taken = stock.entries.peek().some((e) => e.id === proposed) || unsaved.get(proposed, "en") || unsaved.get(proposed, "es");
    if (!question.value.trim()) problem.value = { field: "question", text: "Type the question that the article answers." };
    else if (!validID(proposed)) problem.value = { field: "id", text: "Use small letters, digits and hyphens only." };
    else if (taken) problem.value = { field: "id", text: "There is an article with this id. Choose another one." };
    else {
      const empty = blank(proposed, language.value);
      unsaved.put({ base: empty, mine: { ...empty, question: question.value.trim() } });
      address.go(`/editor/articles/${encodeURIComponent(proposed)}`, true);
      return;
    }
    (problem.value.field === "id" ? second : first).current?.focus();
  }

  const error = (field: "question" | "id") =>
    problem.value?.field === field && (
      <p key="error" class="field-error" id={`new-${field}-error`} role="alert">
        {problem.value.text}
      </p>
    );
  const describe = (field: "question" | "id", hint: string) => (problem.value?.field === field ? `${hint} new-${field}-error` : hint);
  return (
    <main class="page">
      <div>
        <p class="fine">
          <a href="/editor">Articles</a> / new
        </p>
        <h1>New article</h1>
      </div>
      <form class="card stack narrow" onSubmit={start} noValidate>
        <fieldset>
          <legend class="legend">Written first in</legend>
          <div class="segments">
            {languages.map((l) => (
              <label key={l}>
                <input type="radio" name="language" checked={language.value === l} onChange={() => (language.value = l)} />
                <span>{languageNames[l]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="new-question">Question</label>
          <p class="fine" id="new-question-hint">
            As a visitor would ask it.
          </p>
          {error("question")}
          <input class="input" id="new-question" ref={first} lang={language.value} value={question.value} onInput={(e) => (question.value = e.currentTarget.value)} aria-invalid={problem.value?.field === "question"} aria-describedby={describe("question", "new-question-hint")} />
        </div>
        <div class="field">
          <label for="new-id">Id</label>
          <p class="fine" id="new-id-hint">
            Stands in reports and imports and stays for good. Small letters, digits, hyphens.
          </p>
          {error("id")}
          <input class="input mono" id="new-id" ref={second} value={proposed} autocomplete="off" spellcheck={false} onInput={(e) => (id.value = e.currentTarget.value.trim())} aria-invalid={problem.value?.field === "id"} aria-describedby={describe("id", "new-id-hint")} />
        </div>
        <div class="row">
          <button class="button primary" type="submit">
            Write the answer
          </button>
          <a class="button" href="/editor">
            Cancel
          </a>
        </div>
      </form>
    </main>
  );
}
