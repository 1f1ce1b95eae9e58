import type { Clock } from "./clock";
import { decode } from "./protocol";

// One socket of PROTOCOL.md that is opened again for as long as that makes sense.
// It knows nothing of what is said: it sends the hello, hands on frames and says
// how it stands. After a break the hello must carry `after`; what was not
// acknowledged is the caller's to send again.

// A WebSocket, or what a test has in its place: a message event has `data`, a close
// event has `code`.
export interface Socket {
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

// open means that the server has said welcome. waiting names the time of the next
// try in Unix milliseconds. ended is final until start: the code says why.
export type Status =
  | { kind: "idle" }
  | { kind: "connecting" }
  | { kind: "open" }
  | { kind: "waiting"; until: number }
  | { kind: "ended"; code: number };

export interface Wiring<In extends { type: string }> {
  dial(): Socket;
  hello(): object; // the first frame, made anew for each try
  heard(frame: In): void; // in order; welcome comes after the change to open
  changed(status: Status): void;
  clock: Clock;
  random(): number; // 0 ≤ x < 1
}

// In milliseconds; what is an enum stands as a number in the built script.
const enum Ms {
  pingEvery = 25_000,
  pongWithin = 10_000,
  welcomeWithin = 10_000,
  shortPause = 2_000, // at most, before the first tries: most outages are a restart
  longPause = 30_000,
  steadyAfter = 5_000, // a connection that lived this long was good: the next pause is short again
}

// reconnects says what to do after a close code (PROTOCOL.md §5). Codes that are
// not named there come from the network, for example 1006.
export function reconnects(code: number): boolean {
  if (code >= 4500 && code < 5000) return false;
  return ![1000, 1003, 1007, 1008, 1009].includes(code);
}

const shortTries = 8;

export type Connection<In extends { type: string }> = ReturnType<typeof makeConnection<In>>;

export function makeConnection<In extends { type: string }>({ dial, hello, heard, changed, clock, random }: Wiring<In>) {
  let status: Status = { kind: "idle" };
  let socket: Socket | undefined;
  let attempt = 0;
  let openedAt = 0;
  let timer: (() => void) | undefined;

  function connect(): void {
    become({ kind: "connecting" });
    let made: Socket;
    try {
      made = dial();
    } catch {
      retry();
      return;
    }
    socket = made;
    wait(Ms.welcomeWithin, lose);
    made.onopen = () => made.send(JSON.stringify(hello()));
    made.onmessage = (event: { data: unknown }) => hear(made, event.data);
    made.onclose = ({ code }: { code: number }) => {
      letGo();
      if (reconnects(code)) retry();
      else become({ kind: "ended", code });
    };
  }

  function hear(from: Socket, data: unknown): void {
    const frame = typeof data === "string" ? decode<In>(data) : undefined;
    if (!frame) return;
    if (status.kind === "connecting" && frame.type === "welcome") {
      openedAt = clock.now();
      become({ kind: "open" });
    }
    if (status.kind === "open") wait(Ms.pingEvery, ping); // every frame is a sign of life
    if (socket === from && frame.type !== "pong") heard(frame);
  }

  function ping(): void {
    send({ type: "ping" });
    wait(Ms.pongWithin, lose);
  }

  // send reports false when there is no open connection; then nothing was sent.
  function send(frame: object): boolean {
    if (status.kind !== "open" || !socket) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  // lose is for a connection that does not answer.
  function lose(): void {
    hangUp();
    retry();
  }

  function retry(): void {
    if (openedAt && clock.now() - openedAt >= Ms.steadyAfter) attempt = 0;
    openedAt = 0;
    // Full jitter: thousands who lost the server do not come back at the same moment.
    const pause = random() * (attempt++ < shortTries ? Ms.shortPause : Ms.longPause);
    wait(pause, connect);
    become({ kind: "waiting", until: clock.now() + pause });
  }

  function hangUp(code?: number): void {
    const was = socket;
    letGo();
    try {
      was?.close(code);
    } catch {
      // it was never open
    }
  }

  function letGo(): void {
    timer?.();
    timer = undefined;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    socket = undefined;
  }

  function wait(ms: number, run: () => void): void {
    timer?.();
    timer = clock.after(ms, run);
  }

  function become(next: Status): void {
    status = next;
    changed(status);
  }

  return {
    send,

    get now(): Status {
      return status;
    },

    // start connects unless it is connected or about to be.
    start(): void {
      if (status.kind === "idle" || status.kind === "ended") connect();
    },

    // again drops what is there and connects at once, with a new hello.
    again(): void {
      hangUp(1000);
      attempt = 0;
      connect();
    },

    stop(): void {
      hangUp(1000);
      become({ kind: "idle" });
    },

    // wake is for when the device may have slept or is online again: it tries now, or
    // asks whether the connection is still alive.
    wake(): void {
      if (status.kind === "waiting") {
        hangUp();
        connect();
      } else if (status.kind === "open") {
        ping();
      }
    },
  };
}
