import type { Clock } from "../shared/clock";

// Presence tells the server that a person is here: at most once in the time that it asks
// for, and not while what the person does tells it anyway.
export class Presence {
  private every = 0; // in milliseconds; 0: the server does not want to hear it
  private told = 0; // at this time
  private later: (() => void) | undefined; // calls off what is told at the end of the pause

  constructor(
    private readonly clock: Clock,
    private readonly send: () => boolean, // false while there is no connection
  ) {}

  // asked takes over what the welcome said, in seconds.
  asked(every = 0): void {
    this.every = every * 1000;
  }

  // shown notes that the server heard of the person by another command.
  shown(): void {
    this.told = this.clock.now();
    this.later?.();
    this.later = undefined;
  }

  // touch notes a sign of the person. One that comes in the pause is told at its end, so
  // that the server is never behind by more than the pause.
  touch(): void {
    if (this.every === 0 || this.later) return;
    const rest = this.told + this.every - this.clock.now();
    if (rest <= 0) this.tell();
    else this.later = this.clock.after(rest, () => this.tell());
  }

  private tell(): void {
    this.later = undefined;
    if (this.send()) this.told = this.clock.now();
  }
}
