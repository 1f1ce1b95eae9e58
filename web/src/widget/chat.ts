import type { Clock } from "../shared/clock";
import { makeConnection, type Socket, type Status } from "../shared/connection";
import type { Author, Language, Message, Queue, State, StateChange, ToVisitor, VisitorWelcome } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import { makeDelivery } from "./delivery";
import { makeOutbox, type Command, type Entry } from "./outbox";

// The visitor's conversation without anything to look at: what was said, what is
// under way, how the connection stands. It survives reloads on the shelf, and tabs
// of one browser share it there. Nothing is shown twice (numbers and client ids),
// nothing leaves the outbox before the server has it.

export interface Surroundings {
  shelf: Shelf; // of this server alone
  tab: string; // stable over reloads of one tab
  dial(): Socket;
  clock: Clock;
  random(): number; // 0 ≤ x < 1
  uuid(): string;
  page(): string; // the address, without its query
  who(): object; // what the site says about the visitor, for the hello
}

export type LogEntry = Message | StateChange;

// late means that the event is history that was missed or seen before.
export type Change =
  | { kind: "event"; event: LogEntry; late: boolean }
  | { kind: "pending" | "status" | "phase" | "queue" | "typing" | "forgotten" | "settled" | "seen" }
  | { kind: "error"; code: string; text: string };

export interface Pending {
  entry: Entry;
  state: "sending" | "stored" | "kept" | "failed";
}

const enum Ms { // what is an enum stands as a number in the built script
  typingEvery = 2_000,
  typingLasts = 5_000,
  quietAfter = 400, // without history: it has all arrived
  resumeBotWithin = 30 * 60_000,
}

export type Chat = ReturnType<typeof makeChat>;

export function makeChat({ shelf, tab, dial, clock, random, uuid, page, who }: Surroundings, language: Language | "", tell: (change: Change) => void) {
  const log: LogEntry[] = [];
  const outbox = makeOutbox(shelf.within("out:"), tab);
  const stored = new Map<string, Entry>(); // acknowledged, event not here yet
  let phase: State = "bot";
  let agent = "";
  let since = 0; // of the phase, Unix ms
  let queue: Queue | undefined;
  let typing: Author | undefined;
  let seq = 0;
  let welcomed = { seq: 0, state: "bot" as State };
  let lastTyping = 0;
  let typingTimer: (() => void) | undefined;
  let quietTimer: (() => void) | undefined;

  const connection = makeConnection<ToVisitor>({
    dial,
    clock,
    random,
    hello: () => ({ type: "hello", token: shelf.get("token") ?? "", after: seq, language, page: page(), earlier: shelf.get("token") ? undefined : shelf.get("earlier"), ...who() }),
    heard,
    changed: connected,
  });

  const delivery = makeDelivery(outbox, {
    clock,
    random,
    uuid,
    send: (frame) => connection.send(frame),
    again: () => connection.again(),
    delivered,
    gaveUp: (code, text) => tell({ kind: "error", code, text }),
    moved: () => tell({ kind: "pending" }),
  });

  const isOpen = () => connection.now.kind === "open";
  const seen = () => Number(shelf.get("seen") ?? 0);

  // pending are the visitor's words that are not in the log yet, oldest first.
  function pending(): Pending[] {
    const logged = new Set(log.map((e) => e.client_id));
    const usable = isOpen() || connection.now.kind === "connecting";
    const waiting = outbox.all().map((entry): Pending => ({ entry, state: entry.failed ? "failed" : usable ? "sending" : "kept" }));
    return [...[...stored.values()].map((entry): Pending => ({ entry, state: "stored" })), ...waiting].filter(({ entry }) => entry.shown && !logged.has(entry.id));
  }

  // send puts a command into the outbox; shown are the words that stand for it. What
  // is asked for already is not asked for again.
  function send(command: Command, shown = ""): void {
    const once = ["agent", "cancel", "end"].includes(command.type);
    if (once && outbox.all().some((e) => e.command.type === command.type)) return;
    outbox.add(uuid(), clock.now(), command, shown);
    tell({ kind: "pending" });
    connection.start();
    delivery.pump();
  }

  function connected(status: Status): void {
    if (status.kind !== "open") delivery.free();
    if (status.kind === "ended") {
      const head = outbox.next(clock.now());
      if (status.code === 1009 && head) outbox.fail(head.id, "too_long");
      if (status.code === 4504) forget(false);
      if (status.code === 4504 || status.code === 1009) return connection.again();
    }
    tell({ kind: "status" });
    tell({ kind: "pending" });
  }

  function heard(frame: ToVisitor): void {
    switch (frame.type) {
      case "welcome":
        return welcome(frame);
      case "message":
      case "state":
        return append(frame);
      case "queue":
        queue = frame;
        return tell({ kind: "queue" });
      case "typing":
        return types(frame.author);
      case "ack":
        return delivery.settle(frame.id);
      case "error":
        return delivery.refused(frame);
    }
  }

  function welcome(frame: VisitorWelcome): void {
    const other = shelf.get("epoch") !== frame.epoch;
    shelf.put("epoch", frame.epoch);
    shelf.put("token", frame.token);
    if (other) {
      shelf.remove("seen");
      if (seq > 0) {
        forgetLog();
        return connection.again(); // the hello asked for the rest of another log
      }
    }
    welcomed = frame;
    if (frame.seq > seq) expectMore();
    become(frame.state);
    delivery.pump();
  }

  function append(event: LogEntry): void {
    if (event.seq <= seq) return;
    seq = event.seq;
    const late = seq <= welcomed.seq;
    log.push(event);
    if (event.client_id) delivery.settle(event.client_id);
    if (event.type === "state") {
      agent = event.agent ?? "";
      if (event.reason !== "language") since = event.at ?? clock.now(); // else only the line is another
      types();
      become(late ? welcomed.state : event.state);
    } else if (event.author === typing) {
      types();
    }
    shelf.putJSON("resume", { phase, at: clock.now() });
    tell({ kind: "event", event, late });
    if (seq < welcomed.seq) expectMore();
    else calm();
  }

  // History has no end mark for visitors, who do not get every number.
  function expectMore(): void {
    quietTimer?.();
    quietTimer = clock.after(Ms.quietAfter, calm);
  }

  function calm(): void {
    if (!quietTimer) return;
    quietTimer();
    quietTimer = undefined;
    tell({ kind: "settled" });
  }

  function become(next: State): void {
    phase = next;
    if (phase !== "waiting") queue = undefined;
    tell({ kind: "phase" });
  }

  // delivered keeps the words on the screen until they come in the log.
  function delivered(id: string): void {
    const entry = outbox.get(id);
    if (log.some((e) => e.client_id === id)) stored.delete(id);
    else if (entry?.shown) stored.set(id, entry);
  }

  function types(author?: Author): void {
    typingTimer?.();
    typing = author === "visitor" ? undefined : author;
    if (typing) typingTimer = clock.after(Ms.typingLasts, types);
    tell({ kind: "typing" });
  }

  // forget drops the conversation on this device, with what is not sent or without. Who
  // goes on lets the agents know that it is the same visitor; who forgets does not.
  function forget(unsent: boolean): void {
    const before = shelf.get("token");
    for (const name of ["token", "epoch", "seen", "resume", "earlier"]) shelf.remove(name);
    if (unsent) outbox.clear();
    else if (before) shelf.put("earlier", before);
    forgetLog();
  }

  function forgetLog(): void {
    log.length = seq = 0;
    stored.clear();
    agent = "";
    delivery.free();
    types();
    become("bot");
    tell({ kind: "forgotten" });
  }

  return {
    log: log as readonly LogEntry[],
    pending,
    send,
    start: () => connection.start(),
    wake: () => connection.wake(),

    // forget drops what this device knows; the conversation stays open.
    forget(): void {
      connection.stop();
      forget(true);
    },

    // renew says hello again.
    renew(): void {
      if (connection.now.kind !== "idle") connection.again();
    },

    // rest closes the connection of a chat in which nothing is under way.
    rest: () => connection.stop(),

    get phase() {
      return phase;
    },
    get agent() {
      return agent;
    },
    get since() {
      return since;
    },
    get queue() {
      return queue;
    },
    get typing() {
      return typing;
    },
    get status() {
      return connection.now;
    },
    // settled is false while history may still be coming.
    get settled() {
      return !quietTimer;
    },
    get unread() {
      return log.filter((e) => e.type === "message" && e.author !== "visitor" && e.seq > seen()).length;
    },

    // unfinished reports whether to connect although nobody opened the chat.
    get unfinished(): boolean {
      if (outbox.all().some((e) => e.shown && !e.failed)) return true;
      const kept = shelf.json<{ phase: State; at: number }>("resume");
      if (!kept || !shelf.get("token")) return false;
      return kept.phase === "bot" ? clock.now() - kept.at < Ms.resumeBotWithin : kept.phase !== "closed";
    },

    // again is for a message that was not sent: now, as a new one if it was refused.
    again(id: string): void {
      const entry = outbox.get(id);
      if (entry?.failed) {
        outbox.remove(id);
        if (phase === "closed") {
          connection.stop();
          forget(false);
        }
        send(entry.command, entry.shown);
      }
      connection.start();
      connection.wake();
      delivery.pump();
    },

    drop(id: string): void {
      outbox.remove(id);
      tell({ kind: "pending" });
    },

    // speak says in which language the server shall; empty: in the visitor's.
    speak(next: Language | ""): void {
      language = next;
      if (language) connection.send({ type: "language", language });
    },

    // writes tells an agent that the visitor is typing.
    writes(): void {
      const now = clock.now();
      if (phase !== "agent" || now - lastTyping < Ms.typingEvery) return;
      lastTyping = now;
      connection.send({ type: "typing" });
    },

    // see marks everything as seen; an agent gets to know it.
    see(): void {
      if (seen() >= seq) return;
      shelf.put("seen", seq + "");
      const last = log[log.length - 1];
      if (last?.type === "message" && last.author === "agent") connection.send({ type: "read", seq });
      tell({ kind: "seen" });
    },

    // leave ends the conversation and forgets all of it on this device.
    leave(): void {
      if (log.length && phase !== "closed") connection.send({ type: "end", id: uuid() });
      connection.stop();
      forget(true);
    },

    // shelfChanged is for what another tab did; key is without prefix.
    shelfChanged(key: string, now: string | null, before: string | null): void {
      if (key === "token" && now !== before) {
        const live = connection.now.kind !== "idle";
        if (!now) connection.stop();
        forgetLog();
        if (now && live) connection.again();
      } else if (key === "seen") {
        tell({ kind: "seen" });
      } else if (key.startsWith("out:")) {
        tell({ kind: "pending" });
      }
    },
  };
}
