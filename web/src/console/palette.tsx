import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import { Dialog } from "../staff/dialog";
import { Icon } from "../staff/icon";
import { asCaseReference, spoken } from "./casework";
import { fitting, type Command } from "./command";
import { plain } from "./list";
import { belongs, stateWords, titleOf } from "./words";

interface Props {
  commands: readonly Command[];
  rows: readonly Row[]; // my chats and the line
  openChat: (conversation: string) => void;
  searchAll: (text: string) => void;
  openCase: (reference: string) => void;
  leave: () => void;
}

interface Option {
  readonly id: string;
  readonly words: string;
  readonly more: string;
  readonly key?: string;
  readonly run: () => void;
}

const CHATS = 6;

// Palette finds a command, a chat or a reference by a few letters.
export function Palette({ commands, rows, openChat, searchAll, openCase, leave }: Props) {
  const typed = useSignal("");
  const at = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const text = typed.value.trim();
  const options = optionsFor(text);

  function optionsFor(text: string): Option[] {
    const found: Option[] = fitting(commands, text).map((c) => ({ id: c.words, words: c.words, more: "", ...(c.key ? { key: c.key.toUpperCase() } : {}), run: c.run }));
    if (!text) return found;
    const chats = rows
      .filter((row) => plain(row.title).includes(plain(text)))
      .slice(0, CHATS)
      .map((row): Option => ({ id: row.conversation, words: titleOf(row), more: `${stateWords(row)} \u00b7 ${belongs(row)}`, run: () => openChat(row.conversation) }));
    const reference = asCaseReference(text);
    const cases: Option[] = reference ? [{ id: "case", words: `Open ${spoken(reference)}`, more: "Message, call back or service request", run: () => openCase(reference) }] : [];
    return [...cases, ...chats, ...found, { id: "all", words: `Search all chats for \u201c${text}\u201d`, more: "Words, or a reference such as C-1A2B3C4D", run: () => searchAll(text) }];
  }

  function choose(option: Option | undefined) {
    if (!option) return;
    leave();
    option.run();
  }

  function key(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) {
      at.value = (at.peek() + step + options.length) % options.length;
      requestAnimationFrame(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    } else if (event.key === "Enter") choose(options[at.peek()]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog labelledby="pal-h" leave={leave}>
      <h2 class="sr" id="pal-h">
        Search and commands
      </h2>
      <label class="search">
        <span class="sr">Search or command</span>
        <Icon name="search" />
        <input
          class="input"
          autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="pal-list"
          aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? `pal-${at.value}` : undefined}
          autocomplete="off"
          placeholder="Search or command"
          onInput={(e) => {
            typed.value = e.currentTarget.value;
            at.value = 0;
          }}
          onKeyDown={key}
        />
      </label>
      <ul role="listbox" id="pal-list" aria-label="Found" class="options" ref={list}>
        {options.map((option, i) => (
          <li key={option.id} id={`pal-${i}`} role="option" aria-selected={i === at.value} onClick={() => choose(option)}>
            <span>{option.words}</span>
            {option.more && <span class="fine">{option.more}</span>}
            {option.key && <kbd>{option.key}</kbd>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
