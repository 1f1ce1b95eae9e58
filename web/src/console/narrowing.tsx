import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../staff/icon";
import { isNarrowed, nothingNarrowed, type ListName, type Narrowed } from "./place";
import { reasonCodes, reasonWords, teams } from "./words";

interface Props {
  narrowed: Narrowed;
  lists: readonly { name: ListName; words: string; count?: number }[];
  href: (list: ListName) => string;
  change: (to: Partial<Narrowed>) => void;
}

const QUIET = 250;

// Narrowing is the head of the list pane: which list, a search, and filters.
export function Narrowing({ narrowed, lists, href, change }: Props) {
  const search = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const filtered = isNarrowed({ ...narrowed, text: "" });
  const open = useSignal(filtered);
  useEffect(() => {
    const field = search.current;
    if (field && document.activeElement !== field) field.value = narrowed.text;
  }, [narrowed.text]);

  function typed(text: string) {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => change({ text: text.trim() }), QUIET);
  }
  const select = (name: "state" | "team" | "tier" | "language" | "reason", words: string, options: readonly (readonly [string, string])[]) => (
    <label key={name}>
      <span class="sr">{words}</span>
      <select class="input" value={narrowed[name]} onChange={(e) => change({ [name]: e.currentTarget.value })}>
        <option value="">{words}: all</option>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="narrowing">
      <nav class="which" aria-label="Lists">
        {lists.map(({ name, words, count }) => (
          <a key={name} href={href(name)} aria-current={narrowed.list === name ? "page" : undefined}>
            {words}
            {count ? <span class="muted"> {count}</span> : null}
          </a>
        ))}
      </nav>
      <div class="row">
        <label class="search">
          <span class="sr">{narrowed.list === "live" ? "Search in my chats and the line" : "Search in all chats"}</span>
          <Icon name="search" />
          <input class="input" type="search" id="list-search" ref={search} defaultValue={narrowed.text} placeholder={narrowed.list === "live" ? "Search" : "Words or C-1A2B3C4D"} maxLength={200} onInput={(e) => typed(e.currentTarget.value)} />
        </label>
        <button class="button" type="button" aria-expanded={open.value} aria-controls="filters" onClick={() => (open.value = !open.value)}>
          Filter{filtered ? " (on)" : ""}
        </button>
      </div>
      <div class="filters" id="filters" hidden={!open.value}>
        {narrowed.list === "all" &&
          select("state", "State", [
            ["bot", "With Emma"],
            ["waiting", "Waiting"],
            ["agent", "With an agent"],
            ["closed", "Closed"],
          ])}
        {select("team", "Team", teams.value.map((team) => [team.id, team.name] as const))}
        {select("tier", "Tier", [
          ["1", "Tier 1"],
          ["2", "Tier 2"],
        ])}
        {select("language", "Language", [
          ["en", "English"],
          ["es", "Spanish"],
        ])}
        {select("reason", "Reason", reasonCodes.map((code) => [code, reasonWords(code).badge] as const))}
        {isNarrowed(narrowed) && (
          <button class="button quiet" type="button" onClick={() => change({ ...nothingNarrowed, list: narrowed.list })}>
            Show everything
          </button>
        )}
      </div>
    </div>
  );
}
