import { computed, signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { words } from "../staff/session";
import { whole, type Article } from "./article";
import { entries } from "./catalogue";
import type { Rules } from "./check";

// Use is how an article did with visitors in the last 30 days.
export interface Use {
  readonly article: string;
  readonly shown: number;
  readonly helpful: number;
  readonly unhelpful: number;
  readonly handed_off: number;
  readonly corrected: number;
}

// Stock is the list of all articles as it was last read. What it held stays on the
// screen while it is read again.
export class Stock {
  readonly articles = signal<readonly Article[]>([]);
  readonly topics = signal<readonly string[]>([]);
  private readonly editors = signal<readonly string[]>([]);
  readonly state = signal<"new" | "loading" | "ready">("new");
  readonly rules = signal<Rules>({ four_eyes: false, limit: 0, days: 30 });
  readonly use = signal<ReadonlyMap<string, Use>>(new Map());
  readonly problem = signal("");
  readonly entries = computed(() => entries(this.articles.value));
  // owners are those who may review, and those who own an article already.
  readonly owners = computed(() => [...new Set([...this.editors.value, ...this.articles.value.map((a) => a.owner).filter(Boolean)])].sort());
  readonly flags = computed(() => [...new Set(this.articles.value.map((a) => a.flag).filter(Boolean))].sort());

  constructor(
    readonly api: Api,
    readonly me: string, // the name of who is signed in
  ) {}

  // lacks says that the article exists, but not in this language.
  lacks(id: string, language: Language): boolean {
    const entry = this.entries.peek().find((e) => e.id === id);
    return !!entry && !entry.versions[language];
  }

  // loadUse reads how the articles did; the list is shown without it too.
  async loadUse(): Promise<void> {
    const found = await this.api.get<{ articles: Use[] }>("/api/use?days=30").catch(() => undefined);
    if (found) this.use.value = new Map(found.articles.map((u) => [u.article, u]));
  }

  async load(): Promise<void> {
    if (this.state.peek() === "new") this.state.value = "loading";
    try {
      const [{ articles, topics, owners }, { rules }] = await Promise.all([
        this.api.get<{ articles: Article[]; topics: string[]; owners: string[] }>("/api/articles"),
        this.api.get<{ rules: Rules }>("/api/publishing"),
      ]);
      this.rules.value = rules;
      this.articles.value = (articles ?? []).map(whole);
      this.topics.value = topics ?? [];
      this.editors.value = owners ?? [];
      this.problem.value = "";
      this.state.value = "ready";
    } catch (error) {
      this.problem.value = words(error);
    }
  }
}
