import { signal } from "@preact/signals";
import type { Shelf } from "../shared/shelf";
import type { Article } from "./article";

// What is written and not saved on the server: for each article and language the
// words on the screen and the revision that they began with.
export interface Unsaved {
  readonly base: Article;
  readonly mine: Article;
}

export class UnsavedShelf {
  // ids lists the articles with something unsaved.
  readonly ids = signal<ReadonlySet<string>>(new Set());

  constructor(private readonly shelf: Shelf) {
    this.count();
  }

  get(id: string, language: string): Unsaved | undefined {
    const kept = this.shelf.json<Unsaved>(`${id}/${language}`);
    return kept?.base?.id === id && kept.mine?.id === id ? kept : undefined;
  }

  // put reports whether it will survive a reload.
  put(unsaved: Unsaved): boolean {
    const { id, language } = unsaved.mine;
    const kept = this.shelf.putJSON(`${id}/${language}`, unsaved);
    if (!this.ids.peek().has(id)) this.count();
    return kept;
  }

  remove(id: string, language: string): void {
    this.shelf.remove(`${id}/${language}`);
    this.count();
  }

  clear(): void {
    for (const name of this.shelf.names()) this.shelf.remove(name);
    this.count();
  }

  private count(): void {
    this.ids.value = new Set(this.shelf.names().map((name) => name.slice(0, name.lastIndexOf("/"))));
  }
}
