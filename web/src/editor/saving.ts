import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refusal, type Api } from "../staff/api";
import { words } from "../staff/session";

// Saving follows the saving of one thing that has a revision of its own. The server names
// it in its answers, also when somebody else was faster.
export class Saving<T> {
  readonly problem = signal("");
  readonly field = signal(""); // the one that the server does not take, or ""
  readonly said = signal("");
  readonly busy = signal(false);

  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly name: string, // in the answer
    private readonly overtaken: (theirs: T) => string, // what is said when somebody else was faster
  ) {}

  // put reports whether it is saved and tells stands what holds now: ours, or theirs.
  async put(body: object, stands: (it: T) => void, done: string): Promise<boolean> {
    if (this.busy.peek()) return false;
    this.busy.value = true;
    this.changed();
    try {
      stands(this.named(await this.api.call("PUT", this.path, body)) as T);
      this.said.value = done;
      return true;
    } catch (error) {
      const answer = error instanceof Refusal ? error.body : undefined;
      const theirs = this.named(answer);
      if (theirs) stands(theirs);
      this.problem.value = theirs ? this.overtaken(theirs) : words(error);
      this.field.value = (answer as { field?: string } | undefined)?.field ?? "";
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  // changed takes back what was said of the words before.
  changed(): void {
    this.problem.value = this.field.value = this.said.value = "";
  }

  private named(answer: unknown): T | undefined {
    return (answer as Record<string, T> | undefined)?.[this.name];
  }
}

// useLeaveWarning lets the browser ask before a page with unsaved words is closed or loaded anew.
export function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
