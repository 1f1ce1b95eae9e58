import type { Clock } from "../shared/clock";
import type { Failure } from "../shared/protocol";
import type { Outbox } from "./outbox";

const enum Ms {
  ackWithin = 20_000,
}

export interface Road {
  clock: Clock;
  random(): number; // 0 ≤ x < 1
  uuid(): string;
  send(frame: object): boolean; // false: there is no connection
  again(): void; // connects anew
  delivered(id: string): void; // the server has it
  gaveUp(code: string, text: string): void; // the server does not take it
  moved(): void; // something changed in the outbox
}

// Delivery brings what lies in the outbox to the server: one command at a time, in
// order, the same id as often as it takes, and nothing leaves before its receipt.
export function makeDelivery(outbox: Outbox, { clock, random, uuid, send, again, delivered, gaveUp, moved }: Road) {
  let inFlight = "";
  let tries = 0;
  let timer: (() => void) | undefined;

  function pump(): void {
    const entry = !inFlight && outbox.next(clock.now());
    if (!entry || !send({ ...entry.command, id: entry.id })) return;
    inFlight = entry.id;
    timer = clock.after(Ms.ackWithin, again);
  }

  // free is for a connection that is gone: what was under way is sent again.
  function free(): void {
    timer?.();
    inFlight = "";
  }

  return {
    pump,
    free,

    settle(id: string): void {
      delivered(id);
      outbox.remove(id);
      if (id === inFlight) {
        free();
        tries = 0;
      }
      moved();
      pump();
    },

    refused({ id, code, text }: Failure): void {
      if (!id) return gaveUp(code, text); // about no command: the site's mistake
      const entry = id === inFlight && outbox.get(id);
      if (!entry) return;
      timer?.();
      if (["rate", "busy", "internal"].includes(code)) {
        timer = clock.after(500 + random() * 2000 * ++tries, () => {
          free();
          pump();
        });
        return;
      }
      free();
      const words = !!entry.shown;
      if (words && code !== "conflict") outbox.fail(id, code);
      else outbox.remove(id);
      if (code === "conflict") outbox.add(uuid(), entry.at, entry.command, entry.shown);
      else gaveUp(code, text);
      moved();
      pump();
    },
  };
}
