import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { Icon } from "../staff/icon";
import { languageNames, lines } from "./article";

interface Props {
  language: Language;
  value: readonly string[];
  base: readonly string[]; // what is not in it is marked as new
  set: (value: string[]) => void;
}

// Wordings are the other ways to ask: chips, or lines of text, one wording each.
export function Wordings({ language, value, base, set }: Props) {
  const asLines = useSignal(false);
  const text = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const name = languageNames[language];

  function add(more: string) {
    const next = lines([...value, ...lines(more)].join("\n"));
    set(next);
    if (field.current) field.current.value = "";
  }

  function remove(at: number) {
    set(value.filter((_, i) => i !== at));
    const buttons = list.current?.querySelectorAll("button");
    (buttons?.[at + 1] ?? buttons?.[at - 1] ?? field.current)?.focus();
  }

  function paste(event: ClipboardEvent) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!pasted.trim().includes("\n")) return;
    event.preventDefault();
    add(pasted);
  }

  return (
    <fieldset class="stack">
      <legend class="legend">
        Other wordings <span class="muted">{value.length}</span>
      </legend>
      {asLines.value ? (
        <textarea
          class="input"
          rows={Math.min(16, Math.max(5, value.length + 1))}
          lang={language}
          aria-label={`Wordings in ${name}, one per line`}
          value={text.value}
          onInput={(e) => {
            text.value = e.currentTarget.value;
            set(lines(text.value));
          }}
        />
      ) : (
        value.length > 0 && (
          <ul role="list" class="chips" ref={list} lang={language}>
            {value.map((wording, i) => (
              <li key={wording} class={base.includes(wording) ? undefined : "new"}>
                {wording}{" "}
                <button type="button" onClick={() => remove(i)}>
                  <Icon name="close" />
                  <span class="sr">
                    <span lang="en">Remove:</span> {wording}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )
      )}
      <div class="row">
        {!asLines.value && (
          <>
            <input
              class="input grow"
              ref={field}
              lang={language}
              aria-label={`Add a wording in ${name}`}
              placeholder="Add a wording, or paste lines"
              onPaste={paste}
              onKeyDown={(e) => {
                if (e.key !== "Enter") return;
                e.preventDefault();
                add(e.currentTarget.value);
              }}
            />
            <button class="button" type="button" onClick={() => add(field.current?.value ?? "")}>
              Add
            </button>
          </>
        )}
        <button
          class="button quiet"
          type="button"
          aria-pressed={asLines.value}
          onClick={() => {
            text.value = value.join("\n");
            asLines.value = !asLines.value;
          }}
        >
          {asLines.value ? "Show as list" : "Edit as lines"}
        </button>
      </div>
    </fieldset>
  );
}
