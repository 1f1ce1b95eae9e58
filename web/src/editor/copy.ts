import { computed, signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import { Refusal, type Api } from "../staff/api";
import { words } from "../staff/session";
import { blank, body, changedFields, complaint, contentFields, take, whole, type Article, type ContentField } from "./article";
import type { UnsavedShelf } from "./unsaved";

export interface Revision {
  readonly revision: number;
  readonly saved_at: string | number;
  readonly saved_by: string;
  readonly status: string;
}

// Deed says who moved a revision when and why.
export interface Deed {
  readonly revision: number;
  readonly at: number;
  readonly status: string;
  readonly by: string;
  readonly note: string;
}

interface Answer {
  article: Article;
  published: number;
  revisions: Revision[];
  records: Deed[];
}

// Copy is one language of one article while it is edited: what it began with, what
// is on the screen, and what somebody else saved meanwhile.
export class Copy {
  readonly state = signal<"loading" | "ready" | "missing" | "failed">("loading");
  readonly base = signal<Article>(blank("", "en"));
  readonly mine = signal<Article>(blank("", "en"));
  // theirs is the newest revision of somebody else while the two are not brought together.
  readonly theirs = signal<Article | undefined>(undefined);
  readonly published = signal(0);
  readonly revisions = signal<readonly Revision[]>([]);
  readonly records = signal<readonly Deed[]>([]);
  readonly problem = signal("");
  readonly busy = signal(false);
  readonly durable = signal(true);

  readonly dirty = computed(() => this.state.value === "ready" && changedFields(this.base.value, this.mine.value).length > 0);
  readonly unpublished = computed(() => this.state.value === "ready" && this.base.value.revision > 0 && ["draft", "in_review"].includes(this.base.value.status));

  constructor(
    readonly id: string,
    readonly language: Language,
    private readonly api: Api,
    private readonly shelf: UnsavedShelf,
  ) {}

  private get path(): string {
    return `/api/articles/${encodeURIComponent(this.id)}/${this.language}`;
  }

  // load reads the newest revision and puts unsaved words of this device on top.
  // absent says that there is none to be read.
  async load(absent = false): Promise<void> {
    const kept = this.shelf.get(this.id, this.language);
    if (absent && !kept) {
      this.state.value = "missing";
      return;
    }
    try {
      const { article, published, revisions, records } = await this.api.get<Answer>(this.path);
      const newest = whole(article);
      this.published.value = published;
      this.revisions.value = revisions ?? [];
      this.records.value = records ?? [];
      if (!kept) this.settle(newest);
      else if (kept.base.revision === newest.revision) this.begin(newest, kept.mine);
      else this.overtaken(kept.base, kept.mine, newest);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) {
        this.published.value = 0;
        this.revisions.value = [];
        if (kept) this.begin(blank(this.id, this.language), kept.mine);
        else this.state.value = "missing";
      } else {
        this.problem.value = words(error);
        if (this.state.peek() !== "ready") this.state.value = "failed";
      }
    }
  }

  // start makes an empty version with what it shares with another one.
  start(like?: Article): void {
    const empty = blank(this.id, this.language);
    const shared = like ? { ...empty, topic: like.topic, route: like.route, follow_ups: like.follow_ups, review_by: like.review_by, owner: like.owner } : empty;
    this.begin(empty, shared);
    this.keep();
  }

  set<F extends ContentField>(field: F, value: Article[F]): void {
    this.mine.value = { ...this.mine.peek(), [field]: value };
    this.problem.value = "";
    this.keep();
  }

  // undo drops what is unsaved.
  undo(): void {
    this.shelf.remove(this.id, this.language);
    if (this.base.peek().revision === 0) this.state.value = "missing";
    this.mine.value = this.base.peek();
    this.problem.value = "";
  }

  // save stores the next revision and reports whether the server has it now.
  async save(): Promise<boolean> {
    if (this.theirs.peek() || this.busy.peek()) return false;
    if (!this.dirty.peek()) return true;
    const sent = this.mine.peek();
    const wrong = complaint(sent);
    if (wrong) {
      this.problem.value = wrong;
      return false;
    }
    return this.ask(async () => {
      const saved = whole(await this.api.call<Article>("PUT", this.path, body(sent, this.base.peek().revision)));
      this.saved(saved, sent);
    });
  }

  // move sends the saved revision on: to review, back to a draft, or out of sight.
  async move(to: "review" | "withdraw" | "retire"): Promise<boolean> {
    if (to === "review" && !(await this.save())) return false;
    return this.ask(async () => {
      const article = whole(await this.api.call<Article>("POST", `${this.path}/${to}`, { revision: this.base.peek().revision, note: "" }));
      this.saved(article, this.base.peek());
      if (to === "retire") this.published.value = 0;
    });
  }

  // restore puts the words of an earlier revision on the screen, to be saved as the next.
  restore(earlier: Article): void {
    this.mine.value = { ...this.base.peek(), ...content(earlier) };
    this.problem.value = "";
    this.keep();
  }

  // agree ends a clash: the merged words go on from the other one's revision.
  agree(merged: Article): void {
    const theirs = this.theirs.peek();
    if (!theirs) return;
    this.theirs.value = undefined;
    this.begin(theirs, { ...theirs, ...content(merged) });
    this.keep();
  }

  private async ask(run: () => Promise<void>): Promise<boolean> {
    this.busy.value = true;
    this.problem.value = "";
    try {
      await run();
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === "stale") await this.stale(error);
      else this.problem.value = words(error);
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  private async stale(refusal: Refusal): Promise<void> {
    const told = (refusal.body as { article?: Article | null } | undefined)?.article;
    try {
      const newest = whole(told ?? (await this.api.get<Answer>(this.path)).article);
      this.overtaken(this.base.peek(), this.mine.peek(), newest);
    } catch (error) {
      this.problem.value = words(error);
    }
  }

  // overtaken is the moment when it is known that somebody else saved a later revision.
  private overtaken(base: Article, mine: Article, newest: Article): void {
    const untouched = changedFields(base, mine).length === 0;
    if (untouched || changedFields(mine, newest).length === 0) {
      this.settle(newest);
      if (untouched) this.problem.value = `${newest.saved_by || "Somebody"} saved revision ${newest.revision} meanwhile. It is shown now; read it before you go on.`;
      return;
    }
    this.begin(base, mine);
    this.theirs.value = newest;
  }

  // saved takes over what the server stored and keeps what was typed meanwhile.
  private saved(stored: Article, sent: Article): void {
    let mine = stored;
    for (const field of changedFields(sent, this.mine.peek())) mine = take(mine, this.mine.peek(), field);
    this.begin(stored, mine);
    this.keep();
    this.revisions.value = [
      { revision: stored.revision, saved_at: stored.saved_at, saved_by: stored.saved_by, status: stored.status },
      ...this.revisions.peek().filter((r) => r.revision !== stored.revision),
    ];
  }

  private settle(article: Article): void {
    this.shelf.remove(this.id, this.language);
    this.theirs.value = undefined;
    this.begin(article, article);
  }

  private begin(base: Article, mine: Article): void {
    this.base.value = base;
    this.mine.value = mine;
    this.state.value = "ready";
  }

  private keep(): void {
    const base = this.base.peek();
    const mine = this.mine.peek();
    if (base.revision > 0 && changedFields(base, mine).length === 0) this.shelf.remove(this.id, this.language);
    else this.durable.value = this.shelf.put({ base, mine });
  }
}

function content(article: Article): Partial<Article> {
  return Object.fromEntries(contentFields.map((field) => [field, article[field]]));
}
