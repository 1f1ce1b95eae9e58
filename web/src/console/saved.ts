import { signal } from "@preact/signals";
import type { Language, Row } from "../shared/protocol";
import { fill } from "../shared/language";
import type { Api } from "../staff/api";
import { words } from "../staff/session";
import { plain } from "./list";
import { firstName, teamName } from "./words";

export interface Saved {
  readonly id: string;
  readonly short: string;
  readonly language: Language;
  readonly text: string;
  readonly team: string; // empty for everybody's and for personal ones
  readonly own: boolean;
  readonly may_change: boolean;
  readonly saved_by: string;
  readonly saved_at: number;
}

// SavedReplies are what this agent may use, kept here from the first use on.
export class SavedReplies {
  readonly list = signal<readonly Saved[]>([]);
  readonly problem = signal("");
  readonly variables = signal<readonly string[]>([]);
  private readonly hours = new Map<string, string>(); // by language
  private asked = false;

  constructor(private readonly api: Api) {}

  // need loads the list when it is not there yet.
  need(): void {
    if (!this.asked) void this.load();
  }

  async load(): Promise<void> {
    this.asked = true;
    try {
      const { replies, variables } = await this.api.get<{ replies: Saved[]; variables: string[] }>("/api/replies");
      this.list.value = replies;
      this.variables.value = variables;
      this.problem.value = "";
      await Promise.all(["en", "es"].map(async (language) => this.hours.set(language, (await this.api.get<{ hours: string }>(`/api/widget?language=${language}`)).hours)));
    } catch (error) {
      this.asked = false;
      this.problem.value = words(error);
    }
  }

  // save throws a Refusal whose text can be shown.
  async save(reply: Pick<Saved, "id" | "short" | "language" | "text" | "team" | "own">): Promise<void> {
    const { id, short, language, text, team, own } = reply;
    await this.api.call("PUT", `/api/replies/${id}`, { short, language, text, team, own });
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await this.api.call("DELETE", `/api/replies/${id}`);
    await this.load();
  }

  // filled is the text with its variables filled in for a conversation.
  filled(reply: Saved, row: Row | undefined, agent: string): string {
    return fill(reply.text, {
      agent: firstName(agent),
      team: teamName(row?.team ?? ""),
      hours: this.hours.get(reply.language) ?? "",
      reference: row ? referenceOf(row.conversation) : "",
    });
  }
}

// referenceOf is the short name of a conversation, as handoff.ChatReference makes it.
export function referenceOf(conversation: string): string {
  return `C-${conversation.slice(-8).toUpperCase()}`;
}

const SHOWN = 8;

// matching are the replies that fit what was typed after the slash: those whose short
// name begins with it first, the conversation's language before the other.
export function matching(replies: readonly Saved[], typed: string, language: string): Saved[] {
  const word = plain(typed);
  const rank = (r: Saved): number => (plain(r.short).startsWith(word) ? 0 : 2) + (r.language === (language || "en") ? 0 : 1);
  return replies
    .filter((r) => plain(r.short).includes(word) || plain(r.text).includes(word))
    .sort((a, b) => rank(a) - rank(b) || a.short.localeCompare(b.short))
    .slice(0, SHOWN);
}

// slash finds "/word" right before the cursor, at the start or after a space.
export function slash(text: string, cursor: number): { from: number; word: string } | undefined {
  const found = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, cursor));
  if (!found) return undefined;
  const word = found[1] ?? "";
  return { from: cursor - word.length - 1, word };
}
