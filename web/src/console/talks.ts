import { signal, type Signal } from "@preact/signals";
import type { LogEvent, Row } from "../shared/protocol";
import { append, noTalk, place, type Talk } from "./talk";

const KEPT = 60;

// Talks are the conversations that this page holds, the newest KEPT of them.
export class Talks {
  private readonly held = new Map<string, Signal<Talk>>();

  // keep names the conversation that is never forgotten.
  constructor(private readonly keep: () => string) {}

  of(conversation: string): Signal<Talk> {
    let talk = this.held.get(conversation);
    if (!talk) {
      talk = signal(noTalk);
      this.held.set(conversation, talk);
      this.forgetOldest();
    }
    return talk;
  }

  change(conversation: string, change: Partial<Talk>): void {
    const talk = this.of(conversation);
    talk.value = { ...talk.peek(), ...change };
  }

  // add appends an event and reports false when one before it is missing.
  add(event: LogEvent): boolean {
    const talk = this.of(event.conversation ?? "");
    if (place(talk.peek(), event) === "gap") return false;
    talk.value = append(talk.peek(), event);
    return true;
  }

  // refresh gives a talk the row of a snapshot unless its log is further already.
  refresh(row: Row): void {
    const talk = this.held.get(row.conversation);
    if (talk?.peek().row && row.seq >= (talk.peek().row?.seq ?? 0)) talk.value = { ...talk.peek(), row };
  }

  // lost is for a broken line: nothing is open at the server any more.
  lost(): void {
    for (const talk of this.held.values()) if (talk.peek().open) talk.value = { ...talk.peek(), open: false, typingUntil: 0 };
  }

  // clear is for another database: what was held is of no use.
  clear(): void {
    for (const talk of this.held.values()) talk.value = noTalk;
  }

  private forgetOldest(): void {
    for (const conversation of this.held.keys()) {
      if (this.held.size <= KEPT) return;
      if (conversation !== this.keep()) this.held.delete(conversation);
    }
  }
}
