import { count } from "../staff/count";

// Waiting time in words. The word says how late it is; colour only repeats it.

export type Urgency = "calm" | "soon" | "late";

// Limits are in milliseconds: from soon on an answer is due soon, from late on it is overdue.
export interface Limits {
  readonly soon: number;
  readonly late: number;
}

const MINUTE = 60_000;
export const usualLimits: Limits = { soon: 6 * MINUTE, late: 10 * MINUTE };

export function urgency(waited: number, limits: Limits): Urgency {
  if (waited >= limits.late) return "late";
  return waited >= limits.soon ? "soon" : "calm";
}

// span is a length of time as staff say it: "under 1 min", "4 min", "2 h 5 min", "3 days".
export function span(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  if (minutes < 1) return "under 1 min";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return count(days, "day");
}

// age is how long ago something was: "now", or a span.
export const age = (ms: number): string => (ms < MINUTE ? "now" : span(ms));

// waitingWords is the span with its urgency: "14 min, late".
export function waitingWords(waited: number, limits: Limits): string {
  const how = urgency(waited, limits);
  return how === "calm" ? span(waited) : `${span(waited)}, ${how}`;
}
