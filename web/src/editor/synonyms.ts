import { signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import { Refusal, type Api } from "../staff/api";
import { words } from "../staff/session";
import type { Ruling } from "./aim";
import type { Report } from "./check";
import { fold } from "./catalogue";

// A group of wordings for one thing while it is edited. The key is only of this page.
export interface Group {
  readonly key: number;
  readonly language: Language | "";
  readonly text: string; // wordings apart by commas
}

interface Wire {
  readonly language: Language | "";
  readonly words: readonly string[];
}

interface Answer {
  readonly ruling: Ruling;
  readonly groups: readonly Wire[];
  readonly changed: boolean; // they are not those of the program
  readonly usual: readonly Wire[];
}

// Synonyms holds the groups on the screen, those that are in force, and the last trial.
export class Synonyms {
  readonly groups = signal<readonly Group[]>([]);
  readonly state = signal<"new" | "ready">("new");
  readonly changed = signal(false);
  readonly ruling = signal<Ruling>({ revision: 0, by: "", at: 0 });
  readonly tried = signal<Report | undefined>(undefined);
  readonly problem = signal("");
  readonly said = signal("");
  readonly busy = signal<"" | "trying" | "saving">("");
  private saved = "";
  private next = 1;

  constructor(private readonly api: Api) {}

  get dirty(): boolean {
    return this.state.value === "ready" && JSON.stringify(wire(this.groups.value)) !== this.saved;
  }

  async load(): Promise<void> {
    try {
      this.take(await this.api.get<Answer>("/api/synonyms"));
      this.problem.value = "";
    } catch (error) {
      this.problem.value = words(error);
    }
  }

  add(): number {
    const key = this.next++;
    this.set([{ key, language: "", text: "" }, ...this.groups.peek()]);
    return key;
  }

  change(key: number, to: Partial<Group>): void {
    this.set(this.groups.peek().map((g) => (g.key === key ? { ...g, ...to } : g)));
  }

  remove(key: number): void {
    this.set(this.groups.peek().filter((g) => g.key !== key));
  }

  async test(): Promise<void> {
    this.busy.value = "trying";
    this.problem.value = "";
    try {
      this.tried.value = (await this.api.call<{ report: Report }>("POST", "/api/synonyms/try", { groups: wire(this.groups.peek()) })).report;
    } catch (error) {
      this.problem.value = words(error);
    }
    this.busy.value = "";
  }

  // save puts the groups on the screen in force; usual puts those of the program back.
  async save(usual = false): Promise<void> {
    this.busy.value = "saving";
    this.problem.value = "";
    try {
      this.take(await this.api.call<Answer>("PUT", "/api/synonyms", { groups: usual ? null : wire(this.groups.peek()), revision: this.ruling.peek().revision }));
      this.said.value = "Saved. Emma reads with them now.";
    } catch (error) {
      this.problem.value = error instanceof Refusal && error.code === "stale" ? "Somebody else saved other synonyms meanwhile. Copy what you changed, then load the page again." : words(error);
    }
    this.busy.value = "";
  }

  private set(groups: readonly Group[]): void {
    this.groups.value = groups;
    this.tried.value = undefined;
    this.said.value = "";
  }

  private take(answer: Answer): void {
    // What stands as it was written keeps its keys, and with them its place on the page.
    const stands = JSON.stringify(wire(this.groups.peek())) === JSON.stringify(answer.groups);
    this.set(stands ? this.groups.peek() : answer.groups.map((g) => ({ key: this.next++, language: g.language, text: g.words.join(", ") })));
    this.saved = JSON.stringify(wire(this.groups.peek()));
    this.ruling.value = answer.ruling;
    this.changed.value = answer.changed;
    this.state.value = "ready";
  }
}

function wire(groups: readonly Group[]): Wire[] {
  return groups.map((g) => ({ language: g.language, words: g.text.split(",").map((w) => w.trim()).filter(Boolean) })).filter((g) => g.words.length > 0);
}

// fitting are the groups that hold all words looked for, and those that were touched
// since: none goes away under the hands of who writes in it.
export function fitting(groups: readonly Group[], text: string, touched: ReadonlySet<number>): Group[] {
  const looked = fold(text).split(/\s+/).filter(Boolean);
  return groups.filter((g) => g.text === "" || touched.has(g.key) || looked.every((w) => fold(g.text).includes(w)));
}
