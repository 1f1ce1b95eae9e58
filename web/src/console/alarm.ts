import type { Row } from "../shared/protocol";
import { urgency, type Limits, type Urgency } from "./waiting";
import { belongs } from "./words";

// What an agent must notice, decided from what changed. Pure: it rings nothing.

export interface Alarm {
  readonly kind: "new" | "offer" | "unread" | "soon" | "late" | "away";
  readonly conversation: string; // "" when it is about the agent
  readonly text: string; // for a desktop notification: without the visitor's words
}

export interface Scene {
  readonly mine: readonly Row[];
  readonly waiting: readonly Row[]; // of the agent's teams
  readonly offers: readonly Row[]; // to the agent
  readonly away: boolean; // the desk set the agent away
}

const order: readonly Urgency[] = ["calm", "soon", "late"];

// Watch remembers what was rung for, so that everything rings once and a wait rings
// again when it becomes pressing.
export class Watch {
  private waits = new Map<string, Urgency>();
  private unread = new Map<string, number>();
  private offered = new Set<string>();
  private away = false;
  private begun = false;

  constructor(private readonly limits: Limits) {}

  // look returns what is new since the last look. The first look rings for nothing.
  // looking is the conversation that the agent has before their eyes.
  look(scene: Scene, now: number, looking: string): Alarm[] {
    const alarms: Alarm[] = [];
    const waits = new Map<string, Urgency>();
    for (const row of scene.waiting) {
      const before = this.waits.get(row.conversation);
      const is = urgency(now - row.waiting_since, this.limits);
      waits.set(row.conversation, is);
      if (!before) alarms.push({ kind: "new", conversation: row.conversation, text: `New in line: ${belongs(row)}` });
      else if (order.indexOf(is) > order.indexOf(before) && is !== "calm") {
        alarms.push({ kind: is, conversation: row.conversation, text: is === "late" ? `Late: ${belongs(row)} still waits` : `Soon late: ${belongs(row)} waits` });
      }
    }
    for (const row of scene.offers) {
      if (!this.offered.has(row.conversation)) alarms.push({ kind: "offer", conversation: row.conversation, text: `Offered to you: ${belongs(row)}` });
    }
    this.offered = new Set(scene.offers.map((row) => row.conversation));
    const unread = new Map<string, number>();
    for (const row of scene.mine) {
      unread.set(row.conversation, row.unread);
      if (row.unread > (this.unread.get(row.conversation) ?? 0) && row.conversation !== looking) {
        alarms.push({ kind: "unread", conversation: row.conversation, text: `A visitor of yours wrote: ${belongs(row)}` });
      }
    }
    if (scene.away && !this.away) alarms.push({ kind: "away", conversation: "", text: "You were set away: no new chat is offered to you" });
    this.away = scene.away;
    this.waits = waits;
    this.unread = unread;
    if (this.begun) return alarms;
    this.begun = true;
    return [];
  }
}
