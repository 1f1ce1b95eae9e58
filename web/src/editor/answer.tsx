import { useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { Icon, type IconName } from "../staff/icon";
import { languageNames } from "./article";
import { link, prefix, surround, type Selected } from "./markdown";

interface Props {
  language: Language;
  value: string;
  set: (value: string) => void;
}

const tools: readonly { name: string; icon: IconName; apply: (s: Selected) => Selected }[] = [
  { name: "Bold", icon: "bold", apply: (s) => surround(s, "**") },
  { name: "Heading", icon: "heading", apply: (s) => prefix(s, "heading") },
  { name: "List", icon: "bullets", apply: (s) => prefix(s, "bullets") },
  { name: "Numbered steps", icon: "numbers", apply: (s) => prefix(s, "numbers") },
  { name: "Link", icon: "link", apply: link },
];

// Answer is the Markdown of one language with its toolbar.
export function Answer({ language, value, set }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const id = `answer-${language}`;

  function use(apply: (s: Selected) => Selected) {
    const field = area.current;
    if (!field) return;
    const next = apply({ text: field.value, from: field.selectionStart, to: field.selectionEnd });
    set(next.text);
    field.value = next.text;
    field.focus();
    field.setSelectionRange(next.from, next.to);
  }

  // One stop for Tab, arrows between the tools, as a toolbar has it.
  function move(event: KeyboardEvent) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const bar = event.currentTarget as HTMLElement;
    const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + by + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
  }

  return (
    <div class="field">
      <label for={id}>Answer</label>
      <div class="tools" role="toolbar" aria-label={`Format the ${languageNames[language]} answer`} aria-controls={id} onKeyDown={move}>
        {tools.map(({ name, icon, apply }, i) => (
          <button key={name} class="button quiet icon-only" type="button" title={name} tabIndex={i === 0 ? 0 : -1} onClick={() => use(apply)}>
            <Icon name={icon} />
            <span class="sr">{name}</span>
          </button>
        ))}
      </div>
      <textarea
        class="input mono"
        id={id}
        ref={area}
        rows={8}
        lang={language}
        value={value}
        onInput={(e) => set(e.currentTarget.value)}
        onKeyDown={(e) => {
          if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "b") {
            e.preventDefault();
            use((s) => surround(s, "**"));
          }
        }}
      />
    </div>
  );
}
