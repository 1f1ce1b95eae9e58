import { signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { words } from "../staff/session";

// What GET /api/precision tells, as PROTOCOL.md §6 has it. Shares are 0 to 1.
export interface Level {
  readonly answer: number;
  readonly achieved: number;
  readonly bound: number;
  readonly most: number;
  readonly coverage: number;
}

export interface Promised {
  readonly target: number;
  readonly answer: number;
  readonly clarify: number;
  readonly achieved: number;
  readonly bound: number;
  readonly coverage: number;
  readonly trials: number;
  readonly levels?: readonly Level[];
}

export interface Mark {
  readonly at: number;
  readonly language: Language;
  readonly target: number;
  readonly answer: number;
  readonly achieved: number;
  readonly bound: number;
  readonly coverage: number;
}

// Correction is how Emma's confidence was corrected by what visitors and agents said.
export interface Correction {
  readonly language: Language;
  readonly version: number;
  readonly at: number;
  readonly labels: number;
  readonly right: number;
  readonly sure: number;
  readonly shift: number;
  readonly stretch: number;
}

export interface Ruling {
  readonly revision: number;
  readonly by: string;
  readonly at: number;
}

interface Answer {
  readonly ruling: Ruling;
  readonly settled: boolean;
  readonly promises: Partial<Record<Language, Promised>>;
  readonly choices: readonly { target: number; promises: Partial<Record<Language, Promised>> }[];
  readonly history: readonly Mark[];
  readonly corrections: readonly Correction[];
}

const AGAIN = 2000; // ms until it is looked again while Emma measures

// Precision holds the target and what follows from it as it was last read.
export class Precision {
  readonly answer = signal<Answer | undefined>(undefined);
  readonly problem = signal("");
  readonly said = signal("");
  readonly busy = signal(false);
  private gone = false;

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    try {
      this.answer.value = await this.api.get<Answer>("/api/precision");
      this.problem.value = "";
    } catch (error) {
      this.problem.value = words(error);
    }
    if (!this.gone && this.answer.peek()?.settled === false) setTimeout(() => !this.gone && void this.load(), AGAIN);
  }

  async set(target: number): Promise<void> {
    const revision = this.answer.peek()?.ruling.revision ?? 0;
    this.busy.value = true;
    this.said.value = "";
    try {
      this.answer.value = await this.api.call<Answer>("PUT", "/api/precision", { target, revision });
      this.problem.value = "";
      this.said.value = "Saved. It holds for the next answer.";
      if (!this.answer.peek()?.settled) void this.load();
    } catch (error) {
      this.problem.value = words(error);
    }
    this.busy.value = false;
  }

  leave(): void {
    this.gone = true;
  }
}

export const tenths = (share: number): string => `${(100 * share).toFixed(1)} %`;

// kept says whether a promise holds, as far as it could be measured.
export function kept(p: Promised): "kept" | "open" | "unknown" {
  if (p.bound === 0) return "unknown";
  return p.bound >= p.target ? "kept" : "open";
}
