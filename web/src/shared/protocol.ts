// The frames of ../../PROTOCOL.md as types. Nothing here does anything but name
// and check; the examples in ../../testdata/protocol are decoded by its test.

export type State = "bot" | "waiting" | "agent" | "closed";
export type Author = "visitor" | "emma" | "agent" | "system";
export type Language = "en" | "es";
export type Status = "available" | "away";
export type Absence = "missed" | "idle"; // why the desk set somebody away by itself

export type Action = "answer" | "clarify" | "handoff" | "decline" | "smalltalk";

export interface Candidate { article: string; confidence: number }
export interface Decision {
  action: Action;
  reason?: string;
  confidence: number;
  article?: string;
  revision?: number;
  checked_at?: number;
  candidates?: Candidate[]; // staff only
  signals?: string[]; // staff only
}
export interface Link { title: string; url: string }
export interface Choice { id: string; label: string }
export interface Staff { id: string; name: string; role: string; teams: string[] }

// What a visitor's client sends.
export interface SiteUser { id: string; hash: string; name?: string; email?: string }
export type VisitorCommand =
  | { type: "hello"; token: string; after: number; language: Language | ""; page: string; earlier?: string; user?: SiteUser; attributes?: Record<string, string> }
  | { type: "say"; id: string; text: string }
  | { type: "choose"; id: string; choice: string }
  | { type: "agent" | "cancel" | "end" | "reopen"; id: string }
  | { type: "feedback"; id: string; seq: number; helpful: boolean; comment?: string }
  | { type: "rate"; id: string; stars: number; comment?: string }
  | { type: "leave_message"; id: string; text: string; name: string; email: string; phone: string; consent: boolean }
  | { type: "call_back"; id: string; phone: string; name: string; email: string; text: string; from: number; until: number; consent: boolean }
  | { type: "transcript"; id: string; email: string }
  | { type: "case"; id: string; reference: string; proof: string }
  | { type: "language"; language: Language }
  | { type: "typing" }
  | { type: "read"; seq: number }
  | { type: "ping" };

// What a staff client sends.
export type StaffCommand =
  | { type: "hello" | "status"; status: Status }
  | { type: "open"; conversation: string; after: number; silent?: boolean }
  | { type: "leave" | "typing" | "viewing"; conversation: string }
  | { type: "claim" | "accept" | "return" | "takeover"; id: string; conversation: string }
  | { type: "decline" | "done"; conversation: string }
  | { type: "say" | "note" | "whisper"; id: string; conversation: string; text: string }
  | { type: "escalate"; id: string; conversation: string; question: string; tried?: string; facts?: string; wanted?: string }
  | { type: "assign"; id: string; conversation: string; agent: string }
  | { type: "priority"; id: string; conversation: string; priority: number }
  | { type: "transfer"; id: string; conversation: string; team?: string; tier?: number; agent?: string; note: string }
  | { type: "close"; id: string; conversation: string; disposition: string; tags: string[] }
  | { type: "read"; conversation: string; seq: number }
  | { type: "reveal"; id: string; conversation: string; seq: number; number: number }
  | { type: "active" | "ping" };

// Sealed is a mark in a visitor's text behind which a number or an address was put away.
export interface Sealed { number: number; kind: "receipt" | "a_number" | "account" | "birth_date" | "email" | "phone" }
export type CaseKind = "message" | "call_back" | "service_request";
export type CaseState = "open" | "working" | "office" | "answered" | "closed";
export interface CaseMark { reference: string; kind: CaseKind; state: CaseState; due: number }
export type Offer = "leave_message" | "call_back" | "case";

export interface Message {
  type: "message";
  conversation?: string; // staff only
  seq: number;
  author: Author;
  name?: string;
  text: string;
  html: string;
  at: number;
  client_id?: string;
  decision?: Decision;
  links?: Link[];
  choices?: Choice[];
  sealed?: Sealed[]; // staff only
  case?: CaseMark;
  offers?: Offer[];
}
export interface StateChange {
  type: "state";
  conversation?: string;
  seq: number;
  state: State;
  reason?: string;
  team?: string;
  agent?: string;
  at?: number;
  client_id?: string;
}
export interface Brief { question: string; tried?: string; facts?: string; wanted?: string }
export interface Note { type: "note" | "whisper"; brief?: Brief; priority?: number; conversation: string; seq: number; name: string; text: string; at: number; client_id?: string; case?: CaseMark }
export interface Feedback { type: "feedback"; conversation: string; seq: number; target: number; helpful: boolean; comment?: string; at: number }
export interface Rating { type: "rating"; conversation: string; seq: number; stars: number; comment?: string; at: number }
// Reveal says who looked at a mark of the message target; Revealed is what they saw.
export interface Reveal { type: "reveal"; conversation: string; seq: number; target: number; number: number; kind: Sealed["kind"]; name: string; at: number; client_id?: string }
export interface Revealed { type: "revealed"; id: string; conversation: string; target: number; number: number; kind: Sealed["kind"]; value: string }

// LogEvent is what has a place in the log of a conversation.
export type LogEvent = Message | StateChange | Note | Feedback | Rating | Reveal;

export interface VisitorWelcome { type: "welcome"; token: string; conversation: string; epoch: string; seq: number; state: State }
export interface StaffWelcome { type: "welcome"; staff: Staff; epoch: string; active_every_s?: number }
export interface Ack { type: "ack"; id: string; seq: number; duplicate: boolean }
// wait_s is 0 and 0 when nothing can be said: closed, or nobody of the team is there.
export interface Queue {
  type: "queue";
  position: number;
  wait_s: { p50: number; p90: number };
  open: boolean;
  opens_at?: number;
  staffed: boolean;
  long?: boolean; // offer other ways than waiting
}
export interface Typing { type: "typing"; author: Author; conversation?: string }
export interface Pong { type: "pong" }
export interface Failure { type: "error"; id?: string; code: string; text: string; winner?: string; field?: string }
export interface CaseStatus { type: "case"; id: string; reference: string; kind: CaseKind; state: CaseState; due: number; text: string; changed: number }
export interface Cases { type: "cases"; pending: number; late: number }
export interface Row {
  conversation: string;
  state: State;
  team: string;
  tier: number;
  language: Language | "";
  reason: string;
  title: string;
  page: string;
  waiting_since: number;
  seq: number;
  agent?: string;
  unread: number;
  priority?: number;
  offered_to?: string;
  offer_until?: number;
  claimed_at?: number;
  after_chat_until?: number;
}
export interface Colleague { id: string; name: string; role: string; teams: string[]; status: Status; load: number; capacity: number }
export interface Me { status: Status; absence?: Absence; load: number; capacity: number }
export interface Desk {
  type: "desk";
  waiting: Row[];
  mine: Row[];
  offers?: Row[]; // of waiting: offered to me until offer_until
  after_chat?: Row[]; // work after the chat until after_chat_until
  held?: Row[]; // of all agents, for supervisors
  agents?: Colleague[];
  me?: Me;
}
// What the site says about a visitor; verified: its server vouched for it.
export interface SiteVisitor { verified: boolean; id?: string; name?: string; email?: string; attributes?: Record<string, string> }
export interface Opened { type: "opened"; row: Row; visitor?: SiteVisitor }
export interface Viewing { type: "viewing"; conversation: string; name: string; doing: "viewing" | "typing" | "left" }
export interface Read { type: "read"; conversation: string; seq: number }

export type ToVisitor = VisitorWelcome | Message | StateChange | Queue | Typing | CaseStatus | Ack | Pong | Failure;
export type ToStaff = StaffWelcome | Desk | Opened | LogEvent | Revealed | Typing | Viewing | Read | Cases | Ack | Pong | Failure;

// decode turns a text frame from the server into an object with a type, or
// undefined when it is none. Unknown types come through: callers ignore them.
export function decode<T extends { type: string }>(text: string): T | undefined {
  try {
    const frame = JSON.parse(text) as T | null;
    if (typeof frame?.type === "string") return frame;
  } catch {
    // not JSON: the caller treats it like an unknown frame
  }
  return undefined;
}
