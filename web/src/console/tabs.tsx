import type { ReadonlySignal } from "@preact/signals";
import { Icon } from "../staff/icon";
import type { Rows } from "./lists";
import { writePlace, type Pane, type Place } from "./place";

// Tabs are the panes on a phone, one at a time.
export function Tabs({ place, rows }: { place: Place; rows: ReadonlySignal<Rows> }) {
  const unread = rows.value.mine.reduce((sum, row) => sum + (row.conversation === place.conversation ? 0 : row.unread), 0);
  const count = unread + rows.value.waiting.length;
  const tab = (pane: Pane, words: string, icon: "bullets" | "chat" | "info") => {
    const inside = (
      <>
        <Icon name={icon} />
        {words}
        {pane === "lists" && count > 0 && (
          <span class="badge danger">
            {count}
            <span class="sr"> waiting or unread</span>
          </span>
        )}
      </>
    );
    if (pane !== "lists" && !place.conversation) return <span class="muted">{inside}</span>;
    return (
      <a href={writePlace({ ...place, pane, sheet: "" })} aria-current={place.pane === pane ? "page" : undefined}>
        {inside}
      </a>
    );
  };
  return (
    <nav class="tabs" aria-label="Panes">
      {tab("lists", "Lists", "bullets")}
      {tab("chat", "Chat", "chat")}
      {tab("details", "Details", "info")}
    </nav>
  );
}
