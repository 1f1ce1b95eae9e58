import type { LogEvent, Message, Row, SiteVisitor, StateChange } from "../shared/protocol";

// A talk is what this page holds of one conversation: a row and the log without
// gaps from 1 up to `seen`. Values are never changed in place.
export interface Talk {
  readonly row: Row | undefined;
  readonly visitor?: SiteVisitor | undefined; // as the site says
  readonly events: readonly LogEvent[];
  readonly seen: number; // highest seq held
  readonly readTo: number; // the visitor has seen everything up to here
  readonly typingUntil: number; // Unix milliseconds; 0 when nobody is typing
  readonly problem: string; // why it cannot be shown; empty when it can
  readonly open: boolean; // the server has answered since the line came up
}

export const noTalk: Talk = { row: undefined, events: [], seen: 0, readTo: 0, typingUntil: 0, problem: "", open: false };

// place says whether an event is the next one, is held already, or leaves a gap.
export function place(talk: Talk, event: LogEvent): "next" | "held" | "gap" {
  if (event.seq <= talk.seen) return "held";
  return event.seq === talk.seen + 1 ? "next" : "gap";
}

// append adds the next event; a change of state reaches the row too.
export function append(talk: Talk, event: LogEvent): Talk {
  if (place(talk, event) !== "next") return talk;
  const spoke = event.type === "message" && event.author === "visitor";
  return {
    ...talk,
    events: [...talk.events, event],
    seen: event.seq,
    typingUntil: spoke ? 0 : talk.typingUntil,
    row: event.type === "state" ? moved(talk.row, event) : talk.row,
  };
}

function moved(row: Row | undefined, change: StateChange): Row | undefined {
  if (!row || row.seq > change.seq) return row; // the row is newer than this event
  const next: Row = { ...row, seq: change.seq, state: change.state, team: change.team ?? row.team, reason: change.reason || row.reason };
  if (change.state === "agent" && change.agent) next.agent = change.agent;
  else delete next.agent;
  return next;
}

// The part with Emma is everything before the first person came; undefined while none has.
export interface EmmaPart {
  readonly events: readonly LogEvent[];
  readonly messages: number; // of Emma and the visitor
  readonly minutes: number; // at least 1
  readonly reason: string;
}

export function emmaPart(events: readonly LogEvent[]): EmmaPart | undefined {
  const joined = events.findIndex((e) => e.type === "state" && e.state === "agent");
  if (joined < 1) return undefined;
  const before = events.slice(0, joined);
  const spoken = before.filter((e): e is Message => e.type === "message" && e.author !== "system");
  const [first, last] = [spoken[0], spoken[spoken.length - 1]];
  if (!first || !last) return undefined;
  const asked = before.find((e): e is StateChange => e.type === "state" && e.state === "waiting");
  return {
    events: before,
    messages: spoken.length,
    minutes: Math.max(1, Math.round((last.at - first.at) / 60_000)),
    reason: asked?.reason ?? "",
  };
}

// lastDecision is Emma's newest decision that names candidates or a reason.
export function lastDecision(events: readonly LogEvent[]): Message | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.type === "message" && event.author === "emma" && event.decision) return event;
  }
  return undefined;
}

// lastSaid are the visitor's newest messages, at most so many, the newest last.
export function lastSaid(events: readonly LogEvent[], most: number): Message[] {
  const said: Message[] = [];
  for (let i = events.length - 1; i >= 0 && said.length < most; i--) {
    const event = events[i];
    if (event?.type === "message" && event.author === "visitor") said.unshift(event);
  }
  return said;
}

// arrivedAt is when the agent took it, by the log; 0 when the log does not say.
export function arrivedAt(events: readonly LogEvent[]): number {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.type !== "state") continue;
    if (event.state !== "agent") return 0;
    return event.at ?? timeNear(events, i);
  }
  return 0;
}

// timeNear is the time of the closest event that carries one.
export function timeNear(events: readonly LogEvent[], index: number): number {
  for (let step = 0; step < events.length; step++) {
    for (const event of [events[index - step], events[index + step]]) {
      if (event?.at) return event.at;
    }
  }
  return 0;
}
