// The figures of GET /api/report, and how they are written.

export interface Figures {
  readonly name: string;
  readonly opened: number;
  readonly silent: number;
  readonly alone: number;
  readonly handed: number;
  readonly containment: number | null; // shares are 0 to 1
  readonly reached: number;
  readonly left: number;
  readonly waiting: number;
  readonly abandonment: number | null;
  readonly wait_p50: number | null; // times are seconds
  readonly wait_p90: number | null;
  readonly handled: number;
  readonly handling_p50: number | null;
  readonly handling_p90: number | null;
  readonly ratings: number;
  readonly rating: number | null;
  readonly told: number;
  readonly kept: number | null;
}

export type FigureName = Exclude<keyof Figures, "name">;

export interface Definition {
  readonly figure: FigureName;
  readonly name: string;
  readonly means: string;
}

export interface Report {
  readonly from: string;
  readonly to: string;
  readonly definitions: readonly Definition[];
  readonly all: Figures;
  readonly hours: readonly Figures[];
  readonly reasons: readonly Figures[];
  readonly teams: readonly Figures[];
  readonly agents: readonly Figures[];
}

const shares: readonly FigureName[] = ["containment", "abandonment", "kept"];
const times: readonly FigureName[] = ["wait_p50", "wait_p90", "handling_p50", "handling_p90"];

// show writes a figure: "86 %", "4 min 10 s", "4.5", "12", or a dash when nothing is known.
export function show(figures: Figures, name: FigureName): string {
  const value = figures[name];
  if (value === null) return "\u2013";
  if (shares.includes(name)) return `${Math.round(value * 100)} %`;
  if (times.includes(name)) return seconds(value);
  return name === "rating" ? value.toFixed(1) : String(value);
}

export function seconds(value: number): string {
  if (value < 60) return `${Math.round(value)} s`;
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
  return `${Math.floor(value / 3600)} h ${Math.floor((value % 3600) / 60)} min`;
}

// daysBefore is a day as the server reads it, some days before another.
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
