import { signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { words } from "../staff/session";
import { blank, body, type Article } from "./article";

// What GET /api/gaps tells, as PROTOCOL.md §6 has it.
export interface Gap {
  readonly questions: readonly string[];
  readonly article: string; // whose answers did not help, or ""
  readonly title: string;
  readonly language: Language;
  readonly visitors: number;
  readonly first_at: number;
  readonly last_at: number;
  readonly outcomes: Readonly<Partial<Record<"unanswered" | "unsure" | "unhelpful" | "agent", number>>>;
  readonly wordings: readonly string[];
  readonly samples: readonly string[];
  readonly replies: readonly string[];
  readonly nearest: { readonly article: string; readonly question: string; readonly confidence: number } | null;
  readonly came_back: Closing | null;
}

export interface Closing {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly what: "dismissed" | "attached" | "created";
  readonly reason: string;
  readonly article: string;
  readonly text: string;
  readonly questions: number;
}

interface Answer {
  days: number;
  asked: number;
  missed: number;
  gaps: Gap[];
  more: number;
  closings: Closing[];
}

// Inbox holds the gaps as they were last read.
export class Inbox {
  readonly gaps = signal<readonly Gap[]>([]);
  readonly closings = signal<readonly Closing[]>([]);
  readonly counts = signal({ asked: 0, missed: 0, more: 0 });
  readonly state = signal<"new" | "ready">("new");
  readonly problem = signal("");

  constructor(readonly api: Api) {}

  async load(days: number): Promise<void> {
    try {
      const { gaps, closings, asked, missed, more } = await this.api.get<Answer>(`/api/gaps?days=${days}`);
      this.gaps.value = gaps;
      this.closings.value = closings;
      this.counts.value = { asked, missed, more };
      this.problem.value = "";
      this.state.value = "ready";
    } catch (error) {
      this.problem.value = words(error);
    }
  }

  // attach returns the draft; a failure is thrown, its words can be shown.
  async attach(gap: Gap, article: string, wordings: readonly string[]): Promise<Article> {
    const made = await this.api.call<{ article: Article }>("POST", "/api/gaps/attach", { questions: gap.questions, wordings, article, language: gap.language, title: gap.title });
    this.drop(gap);
    return made.article;
  }

  async create(gap: Gap, question: string, answer: string, wordings: readonly string[]): Promise<Article> {
    const article = body({ ...blank("", gap.language), question, answer, alternates: [...wordings] }, 0);
    const made = await this.api.call<{ article: Article }>("POST", "/api/gaps/create", { questions: gap.questions, title: gap.title, article });
    this.drop(gap);
    return made.article;
  }

  async dismiss(gap: Gap, reason: string): Promise<void> {
    const { closing } = await this.api.call<{ closing: Closing }>("POST", "/api/gaps/dismiss", { questions: gap.questions, reason, title: gap.title });
    this.closings.value = [closing, ...this.closings.peek()];
    this.drop(gap);
  }

  async reopen(closing: Closing): Promise<void> {
    await this.api.call("POST", "/api/gaps/reopen", { closing: closing.id });
    this.closings.value = this.closings.peek().filter((c) => c.id !== closing.id);
  }

  private drop(gap: Gap): void {
    this.gaps.value = this.gaps.peek().filter((g) => g !== gap);
  }
}

// asQuestion is a visitor's words as the question of an article.
export function asQuestion(text: string, language: Language): string {
  const plain = text.trim().replace(/^\u00bf\s*|[.!?\s]+$/g, "");
  if (!plain) return "";
  const first = [...plain][0] ?? "";
  return `${language === "es" ? "\u00bf" : ""}${first.toUpperCase()}${plain.slice(first.length)}?`;
}
