import { signal } from "@preact/signals";
import type { Clock } from "../shared/clock";
import type { Revealed, Sealed } from "../shared/protocol";

// SHOWN_FOR is how long an opened number stays on the screen, in milliseconds.
export const SHOWN_FOR = 45_000;

// Unsealed holds the numbers that this agent has opened, for a short while and
// nowhere but in memory.
export class Unsealed {
  readonly values = signal<ReadonlyMap<string, string>>(new Map());

  constructor(private readonly clock: Clock) {}

  hear({ conversation, target, number, value }: Revealed): void {
    const name = key(conversation, target, number);
    this.values.value = new Map(this.values.peek()).set(name, value);
    this.clock.after(SHOWN_FOR, () => this.hide(name));
  }

  of(conversation: string, seq: number, number: number): string | undefined {
    return this.values.value.get(key(conversation, seq, number));
  }

  hideAll(): void {
    this.values.value = new Map();
  }

  private hide(name: string): void {
    const left = new Map(this.values.peek());
    left.delete(name);
    this.values.value = left;
  }
}

const key = (conversation: string, seq: number, number: number): string => `${conversation}.${seq}.${number}`;

const kinds: Record<Sealed["kind"], string> = {
  receipt: "Receipt number",
  a_number: "A-number",
  account: "Account number",
  birth_date: "Date of birth",
  email: "E-mail address",
  phone: "Phone number",
};

export function kindWords(kind: Sealed["kind"]): string {
  return kinds[kind] ?? "Number";
}
