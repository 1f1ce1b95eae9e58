import { signal } from "@preact/signals";
import type { Clock } from "../shared/clock";
import type { Viewing } from "../shared/protocol";

// Somebody else of the staff in a conversation. Times are Unix milliseconds.
export interface Viewer {
  readonly name: string;
  readonly until: number; // gone unless heard of before
  readonly typingUntil: number;
}

const HERE_FOR = 40_000;
const TYPING_FOR = 5_000;

// Viewers knows who else looks at what, so that two do not answer the same visitor.
export class Viewers {
  readonly of = signal<ReadonlyMap<string, readonly Viewer[]>>(new Map());

  constructor(private readonly clock: Clock) {}

  hear({ conversation, name, doing }: Viewing): void {
    const now = this.clock.now();
    const others = (this.of.peek().get(conversation) ?? []).filter((v) => v.name !== name);
    if (doing === "left") return this.set(conversation, others);
    const typingUntil = doing === "typing" ? now + TYPING_FOR : 0;
    this.set(conversation, [...others, { name, until: now + HERE_FOR, typingUntil }]);
    this.clock.after(doing === "typing" ? TYPING_FOR : HERE_FOR, () => this.expire(conversation));
  }

  // forget is for a lost line: nobody is known to be anywhere.
  forget(): void {
    this.of.value = new Map();
  }

  private expire(conversation: string): void {
    const now = this.clock.now();
    const before = this.of.peek().get(conversation) ?? [];
    const left = before.filter((v) => v.until > now).map((v) => (v.typingUntil > now ? v : { ...v, typingUntil: 0 }));
    this.set(conversation, left);
  }

  private set(conversation: string, viewers: readonly Viewer[]): void {
    const next = new Map(this.of.peek());
    if (viewers.length > 0) next.set(conversation, viewers);
    else next.delete(conversation);
    this.of.value = next;
  }
}

// viewerWords is "Luis Mora is looking at this" or "… is typing".
export function viewerWords(viewers: readonly Viewer[]): string {
  const typing = viewers.filter((v) => v.typingUntil > 0).map((v) => v.name);
  const names = typing.length > 0 ? typing : viewers.map((v) => v.name);
  const doing = typing.length > 0 ? "typing" : "looking at this";
  if (names.length === 0) return "";
  if (names.length === 1) return `${names[0]} is ${doing}`;
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]} are ${doing}`;
}
