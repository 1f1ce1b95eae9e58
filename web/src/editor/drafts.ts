import { signal } from "@preact/signals";

// Drafts are what is typed on a page and not saved, each under a name. They outlive the
// page.
export class Drafts<T> {
  readonly all = signal<ReadonlyMap<string, T>>(new Map());

  put(name: string, draft: T): void {
    this.all.value = new Map(this.all.peek()).set(name, draft);
  }

  drop(name: string): void {
    const left = new Map(this.all.peek());
    left.delete(name);
    this.all.value = left;
  }

  // saved drops a draft unless it was typed on meanwhile.
  saved(name: string, sent: T): void {
    if (this.all.peek().get(name) === sent) this.drop(name);
  }
}
