import { signal } from "@preact/signals";
import type { Row } from "../shared/protocol";
import type { Api } from "../staff/api";
import { words } from "../staff/session";
import type { Narrowed } from "./place";

// A row of the list of all conversations.
export interface Found extends Row {
  readonly reference: string;
  readonly opened_at: number; // Unix milliseconds
  readonly changed_at: number;
}

export interface Listing {
  readonly rows: readonly Found[];
  readonly next: string; // where the rest begins; empty at the end
  readonly busy: boolean;
  readonly problem: string;
}

const nothing: Listing = { rows: [], next: "", busy: false, problem: "" };
const LEAST = 3; // characters that a search needs
const reference = /^\s*c\s*-/i;

// Archive reads the list of all conversations, a page at a time. Only the answer to
// the newest question counts.
export class Archive {
  readonly listing = signal<Listing>(nothing);
  private asked = 0;
  private query = "";

  constructor(private readonly api: Api) {}

  // ask begins the list anew.
  async ask(narrowed: Narrowed): Promise<void> {
    const text = narrowed.text.trim();
    if (text && text.length < LEAST) {
      this.asked++;
      this.listing.value = { ...nothing, problem: `Type at least ${LEAST} letters.` };
      return;
    }
    const query = new URLSearchParams();
    if (reference.test(text)) query.set("reference", text);
    else if (text) query.set("text", text);
    for (const name of ["state", "team", "tier", "language", "reason"] as const) if (narrowed[name]) query.set(name, narrowed[name]);
    this.query = query.toString();
    await this.read("", []);
  }

  async more(): Promise<void> {
    const { next, rows, busy } = this.listing.peek();
    if (next && !busy) await this.read(next, rows);
  }

  private async read(before: string, kept: readonly Found[]): Promise<void> {
    const mine = ++this.asked;
    this.listing.value = { ...this.listing.peek(), busy: true, problem: "" };
    try {
      const page = await readPage(this.api, before ? `${this.query}&before=${encodeURIComponent(before)}` : this.query);
      if (mine === this.asked) this.listing.value = { rows: [...kept, ...page.rows], next: page.next, busy: false, problem: "" };
    } catch (error) {
      if (mine === this.asked) this.listing.value = { ...nothing, rows: kept, problem: words(error) };
    }
  }
}

export function readPage(api: Api, query: string): Promise<{ rows: Found[]; next: string }> {
  return api.get(`/api/conversations?${query}`);
}
