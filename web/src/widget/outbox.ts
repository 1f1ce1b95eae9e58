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

export type Outbox = ReturnType<typeof makeOutbox>;

export function makeOutbox(shelf: Shelf, tab: string) {
  // all is in the order in which the visitor did it.
  const all = (): Entry[] =>
    shelf
      .names()
      .map((name) => shelf.json<Entry>(name))
      .filter((e): e is Entry => !!e?.id && !!e.command?.type)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

  const get = (id: string) => shelf.json<Entry>(id);

  return {
    all,
    get,

    add(id: string, at: number, command: Command, shown = ""): void {
      const last = all().pop()?.at ?? 0;
      shelf.putJSON(id, { id, at: Math.max(at, last + 1), tab, shown, command });
    },

    // next is what this tab should send now: one at a time, so that nothing overtakes.
    next: (now: number): Entry | undefined => all().find((e) => !e.failed && (e.tab === tab || now - e.at > orphanedAfter)),

    fail(id: string, code: string): void {
      const entry = get(id);
      if (entry) shelf.putJSON(id, { ...entry, failed: code });
    },

    remove: (id: string) => shelf.remove(id),

    clear(): void {
      for (const name of shelf.names()) shelf.remove(name);
    },
  };
}
