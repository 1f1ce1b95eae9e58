import { signal } from "@preact/signals";
import type { Shelf } from "../shared/shelf";

// What an agent wrote, from the press of the button until the server has it. It
// lies on the shelf, so that it survives a reload, and leaves it with the ack.
export interface Parcel {
  readonly id: string; // the command's id, made here
  readonly kind: "say" | "note";
  readonly conversation: string;
  readonly text: string;
  readonly at: number; // Unix milliseconds
  // queued: not under way. sending: waits for its ack. stored: acknowledged, its
  // event has not come yet. failed: will not be sent again by itself.
  readonly state: "queued" | "sending" | "stored" | "failed";
  readonly seq?: number; // when stored
  readonly problem?: string; // when failed
}

// Outbox sends in order, one parcel of a conversation at a time, so that a refusal
// never lets a later one overtake an earlier one.
export class Outbox {
  readonly parcels = signal<readonly Parcel[]>([]);

  constructor(private readonly shelf: Shelf) {
    const kept = shelf
      .names()
      .map((name) => shelf.json<Parcel>(name))
      .filter((p): p is Parcel => p !== undefined && typeof p.id === "string" && typeof p.text === "string")
      .map((p): Parcel => (p.state === "failed" ? p : { ...p, state: "queued" }))
      .sort((a, b) => a.at - b.at);
    this.parcels.value = kept;
  }

  add(parcel: Omit<Parcel, "state">): void {
    this.put({ ...parcel, state: "queued" }, true);
  }

  // due lists what may be sent now and marks it as under way.
  due(): Parcel[] {
    const busy = new Set<string>();
    const due: Parcel[] = [];
    for (const p of this.parcels.peek()) {
      if (p.state === "failed" || p.state === "stored" || busy.has(p.conversation)) continue;
      busy.add(p.conversation);
      if (p.state === "queued") due.push(p);
    }
    for (const p of due) this.change(p.id, { state: "sending" });
    return due;
  }

  // stored is the ack: the server has it, the shelf no longer needs it.
  stored(id: string, seq: number): boolean {
    if (!this.find(id)) return false;
    this.shelf.remove(id);
    this.change(id, { state: "stored", seq });
    return true;
  }

  // seen drops what arrived as an event, by its client id or its number.
  seen(conversation: string, upTo: number, clientID?: string): void {
    const gone = this.parcels.peek().filter((p) => p.id === clientID || (p.conversation === conversation && p.state === "stored" && (p.seq ?? 0) <= upTo));
    for (const p of gone) this.discard(p.id);
  }

  fail(id: string, problem: string): void {
    this.change(id, { state: "failed", problem });
  }

  // again queues a parcel once more: with its own id after a passing trouble, with
  // a new one when the old id was used for something else.
  again(id: string, newID = id): void {
    const p = this.find(id);
    if (!p) return;
    if (newID !== id) this.shelf.remove(id);
    const { problem: _, seq: __, ...rest } = p;
    const next: Parcel = { ...rest, id: newID, state: "queued" };
    this.parcels.value = this.parcels.peek().map((q) => (q.id === id ? next : q));
    this.shelf.putJSON(newID, next);
  }

  // halt puts everything under way back into the queue: the line was lost.
  halt(): void {
    for (const p of this.parcels.peek()) if (p.state === "sending") this.change(p.id, { state: "queued" });
  }

  discard(id: string): void {
    this.shelf.remove(id);
    this.parcels.value = this.parcels.peek().filter((p) => p.id !== id);
  }

  of(conversation: string): Parcel[] {
    return this.parcels.value.filter((p) => p.conversation === conversation);
  }

  find(id: string): Parcel | undefined {
    return this.parcels.peek().find((p) => p.id === id);
  }

  private put(parcel: Parcel, last: boolean): void {
    this.shelf.putJSON(parcel.id, parcel);
    if (last) this.parcels.value = [...this.parcels.peek(), parcel];
  }

  private change(id: string, change: Partial<Parcel>): void {
    this.parcels.value = this.parcels.peek().map((p) => {
      if (p.id !== id) return p;
      const next = { ...p, ...change };
      if (next.state === "failed") this.shelf.putJSON(id, next);
      return next;
    });
  }
}
