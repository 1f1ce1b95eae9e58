import type { Shelf } from "../shared/shelf";

// What the visitor did, from the press of a button until the server has stored it.
// Each entry is a key of its own on the shelf, so that tabs never overwrite each
// other; what one tab leaves behind another one sends. Sending twice is harmless
// (PROTOCOL.md §2), so tabs only try to avoid it.

export type Command =
  | { type: "say"; text: string }
  | { type: "choose"; choice: string }
  | { type: "agent" | "cancel" | "end" }
  | { type: "feedback"; seq: number; helpful: boolean; comment?: string | undefined }
  | { type: "rate"; stars: number; comment?: string | undefined }
  | { type: "leave_message"; text: string; email: string; consent: true };

export interface Entry {
  id: string;
  at: number; // Unix milliseconds, by this device
  tab: string; // who sends it
  shown: string; // the visitor's words in the log; empty when it shows nothing there
  command: Command;
  failed?: string; // the error code; it is not sent again by itself
}

// How long another tab may take before its entries are sent from here.
const orphanedAfter = 10_000;

export class Outbox {
  constructor(private readonly shelf: Shelf, private readonly tab: string) {}

  // all is in the order in which the visitor did it.
  all(): Entry[] {
    return this.shelf
      .names()
      .map((name) => this.shelf.json<Entry>(name))
      .filter((e): e is Entry => typeof e?.id === "string" && typeof e.command?.type === "string")
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  add(id: string, at: number, command: Command, shown = ""): Entry {
    const last = this.all().pop()?.at ?? 0;
    const entry: Entry = { id, at: Math.max(at, last + 1), tab: this.tab, shown, command };
    this.shelf.putJSON(id, entry);
    return entry;
  }

  // next is what this tab should send now: one at a time, so that nothing overtakes.
  next(now: number): Entry | undefined {
    return this.all().find((e) => !e.failed && (e.tab === this.tab || now - e.at > orphanedAfter));
  }

  get(id: string): Entry | undefined {
    return this.shelf.json<Entry>(id);
  }

  fail(id: string, code: string): void {
    const entry = this.get(id);
    if (entry) this.shelf.putJSON(id, { ...entry, failed: code });
  }

  remove(id: string): void {
    this.shelf.remove(id);
  }

  clear(): void {
    for (const name of this.shelf.names()) this.shelf.remove(name);
  }
}
