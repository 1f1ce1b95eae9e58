import { signal } from "@preact/signals";
import type { Shelf } from "../shared/shelf";

export type Field = "reply" | "note";

// Drafts keeps what is written and not sent: a reply and a private note for each
// conversation, never mixed, on this device.
export class Drafts {
  // with lists the conversations that have a draft, for the badge in the list.
  readonly with = signal<ReadonlySet<string>>(new Set());
  // durable is false when the device keeps nothing and a reload would lose drafts.
  readonly durable = signal(true);
  // changed names the draft ("<conversation>.<field>") that was put back last.
  readonly changed = signal("");

  constructor(private readonly shelf: Shelf) {
    this.count();
  }

  get(conversation: string, field: Field): string {
    return this.shelf.get(`${conversation}.${field}`) ?? "";
  }

  put(conversation: string, field: Field, text: string): void {
    const name = `${conversation}.${field}`;
    if (text === "") this.shelf.remove(name);
    else this.durable.value = this.shelf.put(name, text);
    if (text !== "" !== this.with.peek().has(conversation)) this.count();
  }

  // putBack adds a text to a draft from outside its field, below what is there.
  putBack(conversation: string, field: Field, text: string): void {
    const there = this.get(conversation, field);
    this.put(conversation, field, there ? `${there}\n\n${text}` : text);
    this.changed.value = "";
    this.changed.value = `${conversation}.${field}`;
  }

  clear(): void {
    for (const name of this.shelf.names()) this.shelf.remove(name);
    this.count();
  }

  private count(): void {
    this.with.value = new Set(this.shelf.names().map((name) => name.slice(0, name.lastIndexOf("."))));
  }
}
