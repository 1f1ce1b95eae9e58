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

export const pingEvery = 25_000;
export const pongWithin = 10_000;
export const welcomeWithin = 10_000;
const firstPause = 500;
const longestPause = 30_000;
// A connection that lived this long counts as good: the next pause is short again.
const steadyAfter = 5_000;

// reconnects says what to do after a close code (PROTOCOL.md §5). Codes that are
// not named there come from the network, for example 1006.
export function reconnects(code: number): boolean {
  if (code >= 4500 && code < 5000) return false;
  return ![1000, 1003, 1007, 1008, 1009].includes(code);
}

// pauseBefore is full jitter: anything up to a bound that doubles with each try.
export function pauseBefore(attempt: number, random: number): number {
  return random * Math.min(longestPause, firstPause * 2 ** attempt);
}

export class Connection<In extends { type: string }> {
  private status: Status = { kind: "idle" };
  private socket: Socket | undefined;
  private attempt = 0;
  private openedAt = 0;
  private timer: (() => void) | undefined;

  constructor(private readonly wiring: Wiring<In>) {}

  get now(): Status {
    return this.status;
  }

  // start connects unless it is connected or about to be.
  start(): void {
    if (this.status.kind === "idle" || this.status.kind === "ended") this.dial();
  }

  // again drops what is there and connects at once, with a new hello.
  again(): void {
    this.hangUp(1000);
    this.attempt = 0;
    this.dial();
  }

  stop(): void {
    this.hangUp(1000);
    this.become({ kind: "idle" });
  }

  // wake is for when the device may have slept or is online again: it tries now, or
  // asks whether the connection is still alive.
  wake(): void {
    if (this.status.kind === "waiting") {
      this.hangUp();
      this.dial();
    } else if (this.status.kind === "open") {
      this.ping();
    }
  }

  // send reports false when there is no open connection; then nothing was sent.
  send(frame: object): boolean {
    if (this.status.kind !== "open" || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private dial(): void {
    this.become({ kind: "connecting" });
    let socket: Socket;
    try {
      socket = this.wiring.dial();
    } catch {
      this.retry();
      return;
    }
    this.socket = socket;
    this.wait(welcomeWithin, () => this.lose());
    socket.onopen = () => socket.send(JSON.stringify(this.wiring.hello()));
    socket.onmessage = (event: { data: unknown }) => this.hear(socket, event.data);
    socket.onclose = (event: { code: number }) => {
      this.letGo();
      if (reconnects(event.code)) this.retry();
      else this.become({ kind: "ended", code: event.code });
    };
  }

  private hear(socket: Socket, data: unknown): void {
    const frame = typeof data === "string" ? decode<In>(data) : undefined;
    if (!frame) return;
    if (this.status.kind === "connecting" && frame.type === "welcome") {
      this.openedAt = this.wiring.clock.now();
      this.become({ kind: "open" });
    }
    if (this.status.kind === "open") this.wait(pingEvery, () => this.ping()); // every frame is a sign of life
    if (this.socket === socket && frame.type !== "pong") this.wiring.heard(frame);
  }

  private ping(): void {
    this.send({ type: "ping" });
    this.wait(pongWithin, () => this.lose());
  }

  // lose is for a connection that does not answer.
  private lose(): void {
    this.hangUp();
    this.retry();
  }

  private retry(): void {
    const { clock, random } = this.wiring;
    if (this.openedAt && clock.now() - this.openedAt >= steadyAfter) this.attempt = 0;
    this.openedAt = 0;
    const pause = pauseBefore(this.attempt++, random());
    this.wait(pause, () => this.dial());
    this.become({ kind: "waiting", until: clock.now() + pause });
  }

  private hangUp(code?: number): void {
    const socket = this.socket;
    this.letGo();
    try {
      socket?.close(code);
    } catch {
      // it was never open
    }
  }

  private letGo(): void {
    this.timer?.();
    this.timer = undefined;
    if (this.socket) this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket = undefined;
  }

  private wait(ms: number, run: () => void): void {
    this.timer?.();
    this.timer = this.wiring.clock.after(ms, run);
  }

  private become(status: Status): void {
    this.status = status;
    this.wiring.changed(status);
  }
}
