import type { Clock } from "../shared/clock";
import type { Failure, StaffCommand } from "../shared/protocol";

// Outcome of a command that is asked for and waited for.
export type Outcome = { ok: true; seq: number } | { ok: false; code: string; text: string; winner?: string };

// A command without its id, which the desk gives.
export type Move =
  | { type: "claim" | "accept" | "return" | "takeover"; conversation: string }
  | { type: "whisper"; conversation: string; text: string }
  | { type: "escalate"; conversation: string; question: string; tried: string; facts: string; wanted: string }
  | { type: "assign"; conversation: string; agent: string }
  | { type: "priority"; conversation: string; priority: number }
  | { type: "reveal"; conversation: string; seq: number; number: number }
  | { type: "transfer"; conversation: string; team?: string; tier?: number; agent?: string; note: string }
  | { type: "close"; conversation: string; disposition: string; tags: string[] };

interface Asked {
  readonly frame: StaffCommand;
  readonly settle: (outcome: Outcome) => void;
  readonly giveUp: () => void;
}

const ANSWER_WITHIN = 20_000;
const ASK_AGAIN = 1_000;

// passing are the errors after which the same command may be sent again.
export const passing: ReadonlySet<string> = new Set(["rate", "busy", "internal"]);

// Moves are the commands that somebody waits for. Each is asked again after a break
// with the same id, and given up after 20 seconds.
export class Moves {
  private readonly asked = new Map<string, Asked>();

  constructor(
    private readonly clock: Clock,
    private readonly newID: () => string,
    private readonly send: (frame: StaffCommand) => void,
  ) {}

  ask(move: Move): Promise<Outcome> {
    const id = this.newID();
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        cancel();
        this.asked.delete(id);
        resolve(outcome);
      };
      const giveUp = () => settle({ ok: false, code: "offline", text: "The server did not answer. Look at the chat before you try again." });
      const cancel = this.clock.after(ANSWER_WITHIN, giveUp);
      const frame: StaffCommand = { ...move, id };
      this.asked.set(id, { frame, settle, giveUp });
      this.send(frame);
    });
  }

  // again sends what has no answer yet, on a new connection.
  again(): void {
    for (const { frame } of this.asked.values()) this.send(frame);
  }

  stored(id: string, seq: number): void {
    this.asked.get(id)?.settle({ ok: true, seq });
  }

  // refused says whether the refusal was of a move.
  refused({ id, code, text, winner }: Failure): boolean {
    const asked = id ? this.asked.get(id) : undefined;
    if (!asked) return false;
    if (passing.has(code)) this.clock.after(ASK_AGAIN, () => this.send(asked.frame));
    else asked.settle({ ok: false, code, text, ...(winner ? { winner } : {}) });
    return true;
  }

  giveUp(): void {
    for (const asked of [...this.asked.values()]) asked.giveUp();
  }
}
