import type { Row, Staff } from "../shared/protocol";
import { leads } from "../staff/session";
import type { Field } from "./draft";
import { plain } from "./list";
import type { Pane, Place, Sheet } from "./place";

// Everything that can be done at the desk, once: keys, the palette and the list of
// keys read it from here.
export interface Command {
  readonly words: string;
  readonly key?: string; // a single letter, or "?"
  readonly possible: () => boolean;
  readonly run: () => void;
}

// Hands are what the commands need of the room.
export interface Hands {
  staff: Staff;
  here(): Place;
  row(): Row | undefined; // of the open conversation
  go(to: Partial<Place>): void;
  step(by: 1 | -1): void;
  take(): void;
  offered(): boolean; // a chat is offered to this agent
  giveBack(): void;
  write(field: Field): void;
  insertFirst(what: "text" | "link"): void;
  canInsert(what: "text" | "link"): boolean;
  focusSearch(): void;
  setStatus(status: "available" | "away"): void;
  status(): string;
}

export function commands(hands: Hands): Command[] {
  const mine = () => {
    const row = hands.row();
    return row?.state === "agent" && row.agent === hands.staff.name;
  };
  const waits = () => hands.row()?.state === "waiting";
  const always = () => true;
  const sheet = (name: Sheet) => () => hands.go({ sheet: name });
  const pane = (name: Pane) => () => hands.go({ pane: name });
  return [
    { words: "Next chat in the list", key: "j", possible: always, run: () => hands.step(1) },
    { words: "Chat before it in the list", key: "k", possible: always, run: () => hands.step(-1) },
    { words: "Accept the offer, or take the open chat from the line", key: "a", possible: () => hands.offered() || waits(), run: hands.take },
    { words: "Write a reply", key: "r", possible: mine, run: () => hands.write("reply") },
    { words: "Write a private note", key: "n", possible: () => hands.row() !== undefined, run: () => hands.write("note") },
    { words: "Insert the first suggested article", key: "i", possible: () => mine() && hands.canInsert("text"), run: () => hands.insertFirst("text") },
    { words: "Insert the link of the first suggested article", key: "l", possible: () => mine() && hands.canInsert("link"), run: () => hands.insertFirst("link") },
    { words: "Transfer the open chat", key: "t", possible: mine, run: sheet("transfer") },
    { words: "Close the open chat", key: "e", possible: mine, run: sheet("close") },
    { words: "Give the open chat back to Emma", possible: () => mine() || waits(), run: hands.giveBack },
    { words: "Details of the open chat", key: "d", possible: () => hands.here().conversation !== "", run: pane("details") },
    { words: "Search in the lists", key: "/", possible: () => hands.here().room === "desk", run: hands.focusSearch },
    { words: "Desk: my chats and the line", possible: always, run: () => hands.go({ room: "desk", list: "live" }) },
    { words: "All chats", possible: always, run: () => hands.go({ room: "desk", list: "all" }) },
    { words: "Saved replies", possible: always, run: () => hands.go({ room: "replies" }) },
    { words: "Board", possible: () => leads(hands.staff), run: () => hands.go({ room: "board" }) },
    { words: "Reports", possible: () => leads(hands.staff), run: () => hands.go({ room: "reports" }) },
    { words: "I am available", key: "b", possible: () => hands.status() !== "available", run: () => hands.setStatus("available") },
    { words: "I am away", possible: () => hands.status() !== "away", run: () => hands.setStatus("away") },
    { words: "My day: own figures", possible: always, run: sheet("day") },
    { words: "Alerts: sound and notifications", possible: always, run: sheet("alerts") },
    { words: "List of keys", key: "?", possible: always, run: sheet("keys") },
  ];
}

// fitting are the commands that are possible now and whose words hold what was typed.
export function fitting(list: readonly Command[], typed: string): Command[] {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  return list.filter((c) => c.possible() && parts.every((part) => plain(c.words).includes(part)));
}
