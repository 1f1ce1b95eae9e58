import type { ComponentChildren } from "preact";
import type { Language } from "../shared/protocol";
import { languageNames, languages } from "./article";
import type { Saving } from "./saving";

export type Both = Record<Language, string>;

interface FieldsProps {
  id: string; // of the fields, with the language behind it
  about: string; // for readers, behind the label
  texts: Both;
  wrong: string; // the language of the text that is not taken, or ""
  rows: (text: string) => number;
  label?: (name: string) => string; // of a field, from the name of its language
  above?: (language: Language) => ComponentChildren;
  set: (texts: Both) => void;
}

// BothFields is a text in both languages, side by side.
export function BothFields({ id, about, texts, wrong, rows, label, above, set }: FieldsProps) {
  return (
    <div class="pairs">
      {languages.map((l) => (
        <div class="field" key={l}>
          {above?.(l)}
          <label class="fine" for={`${id}-${l}`}>
            {label?.(languageNames[l]) ?? languageNames[l]}
            <span class="sr">: {about}</span>
          </label>
          <textarea class="input" id={`${id}-${l}`} lang={l} rows={rows(texts[l])} value={texts[l]} aria-invalid={wrong === l} onInput={(e) => set({ ...texts, [l]: e.currentTarget.value })} />
        </div>
      ))}
    </div>
  );
}

interface FootProps {
  saving: Pick<Saving<unknown>, "problem" | "said" | "busy">;
  what: string; // is saved: "this phrase"
  dirty: boolean;
  save: () => void;
  drop: () => void;
  said?: string; // while nothing was said of the last saving
  children?: ComponentChildren; // instead of the buttons, while nothing is changed
}

// SaveFoot stands below what is saved by itself: what is wrong with it, and the buttons.
export function SaveFoot({ saving, what, dirty, save, drop, said = "", children }: FootProps) {
  return (
    <>
      {saving.problem.value && (
        <p class="field-error" role="alert">
          {saving.problem}
        </p>
      )}
      <div class="row">
        {dirty ? (
          <>
            <button class="button primary" type="button" aria-disabled={saving.busy.value} onClick={save}>
              Save {what}
            </button>
            <button class="button" type="button" onClick={drop}>
              Drop changes
            </button>
          </>
        ) : (
          children
        )}
        <span class="fine" role="status">
          {saving.said.value || said}
        </span>
      </div>
    </>
  );
}
