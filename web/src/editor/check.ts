import { signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import { Refusal, type Api } from "../staff/api";
import { count } from "../staff/count";
import { words } from "../staff/session";

// A run of the publish gate, as PROTOCOL.md §6 has it.
export interface CheckState {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly state: "running" | "done" | "cancelled" | "failed";
  readonly progress: number;
  readonly doing: "" | "tests" | "wordings" | "asked";
  readonly took_ms: number;
  readonly report: Report | null;
  readonly blocks: boolean;
}

export interface Step {
  readonly id: string;
  readonly language: Language;
  readonly revision: number;
}

export interface Said {
  readonly article: string;
  readonly confidence: number;
  readonly answers: boolean;
}

export type Change = "won" | "lost" | "silent" | "answered" | "otherwise";

export interface Shift {
  readonly kind: "test" | "wording" | "asked";
  readonly text: string;
  readonly language: Language;
  readonly right: string;
  readonly times: number;
  readonly live: Said;
  readonly draft: Said;
  readonly change: Change;
}

export interface Report {
  readonly tests: number;
  readonly wordings: number;
  readonly asked: number;
  readonly won: number;
  readonly lost: number;
  readonly answered: number;
  readonly silent: number;
  readonly tests_lost: number;
  readonly limit: number;
  readonly articles: readonly { article: string; won: number; lost: number; answered: number; silent: number }[];
  readonly shifts: readonly Shift[];
  readonly more: number;
}

export interface Rules {
  readonly four_eyes: boolean;
  readonly limit: number;
  readonly days: number;
}

const LOOK = 250; // ms between two looks at a run

// Checking follows one run from its start to publishing.
export class Checking {
  readonly state = signal<CheckState | undefined>(undefined);
  readonly problem = signal("");
  readonly published = signal<"" | "now" | "planned">("");
  readonly busy = signal(false);
  private turn = 0;

  constructor(private readonly api: Api) {}

  start(steps: readonly Step[]): Promise<void> {
    return this.follow("/api/checks", { steps: steps.map(({ id, language, revision }) => ({ id, language, revision })) });
  }

  // startUpload checks all articles of a file together.
  startUpload(upload: string): Promise<void> {
    return this.follow(`/api/import/${upload}/check`, undefined);
  }

  private async follow(path: string, body: unknown): Promise<void> {
    const turn = ++this.turn;
    this.state.value = undefined;
    this.problem.value = "";
    this.published.value = "";
    try {
      const begun = await this.api.call<CheckState>("POST", path, body);
      if (turn !== this.turn) return;
      this.state.value = begun;
      while (turn === this.turn && this.state.peek()?.state === "running") {
        await new Promise((done) => setTimeout(done, LOOK));
        const now = await this.api.get<CheckState>(`/api/checks/${this.state.peek()?.id}`);
        if (turn === this.turn) this.state.value = now;
      }
    } catch (error) {
      if (turn === this.turn) this.problem.value = words(error);
    }
  }

  async cancel(): Promise<void> {
    const id = this.state.peek()?.id;
    if (id) await this.api.call("DELETE", `/api/checks/${id}`).catch(() => undefined); // it ends by itself
  }

  // leave stops following; the run ends too, since nobody will publish it.
  leave(): void {
    this.turn++;
    if (this.state.peek()?.state === "running") void this.cancel();
  }

  // publish reports whether it is done. at is Unix milliseconds, or 0 for now.
  async publish(reason: string, at: number): Promise<boolean> {
    const id = this.state.peek()?.id;
    if (!id || this.busy.peek()) return false;
    this.busy.value = true;
    this.problem.value = "";
    try {
      await this.api.call("POST", `/api/checks/${id}/publish`, { reason, at });
      this.published.value = at > 0 ? "planned" : "now";
      return true;
    } catch (error) {
      this.problem.value = words(error);
      if (error instanceof Refusal && error.code === "unchecked") this.state.value = undefined;
      return false;
    } finally {
      this.busy.value = false;
    }
  }
}

// heading is the result of a check in one sentence.
export function heading(report: Report, blocks: boolean): string {
  if (report.tests_lost > 0) return report.tests_lost === 1 ? "One kept test is lost" : `${report.tests_lost} kept tests are lost`;
  if (blocks) return `${count(report.lost, "answer becomes", "answers become")} wrong, more than the limit of ${report.limit}`;
  if (report.lost + report.silent > 0) return "Fit to publish, with small losses";
  if (report.won + report.answered > 0) return "Better, and nothing is lost";
  return "Nothing else changes";
}
