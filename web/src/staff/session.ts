import { signal } from "@preact/signals";
import type { Staff } from "../shared/protocol";
import { Api, Refusal, type Fetch } from "./api";

// Who is signed in. "out" with ended means that a session was lost: what was
// written is still here.
export type SessionState =
  | { kind: "asking" }
  | { kind: "failed"; text: string }
  | { kind: "out"; ended: boolean }
  | { kind: "in"; staff: Staff };

export class Session {
  readonly state = signal<SessionState>({ kind: "asking" });
  readonly api: Api;

  constructor(fetch: Fetch) {
    this.api = new Api(fetch, () => this.end());
  }

  // resume asks who is signed in by the cookie that this browser may have.
  async resume(): Promise<void> {
    this.state.value = { kind: "asking" };
    try {
      const { staff } = await this.api.get<{ staff: Staff }>("/api/me");
      this.state.value = { kind: "in", staff };
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.state.value = { kind: "out", ended: false };
      else this.state.value = { kind: "failed", text: words(error) };
    }
  }

  // signIn throws a Refusal whose text can be shown.
  async signIn(name: string, password: string): Promise<void> {
    const { staff } = await this.api.call<{ staff: Staff }>("POST", "/api/login", { name, password });
    this.state.value = { kind: "in", staff };
  }

  async signOut(): Promise<void> {
    await this.api.call("POST", "/api/logout");
    this.state.value = { kind: "out", ended: false };
  }

  // end is for a session that the server no longer knows.
  end(): void {
    if (this.state.peek().kind === "in") this.state.value = { kind: "out", ended: true };
  }
}

// words is the sentence of any failure.
export function words(error: unknown): string {
  return error instanceof Refusal ? error.message : "Something went wrong on this page. Reload it; what you wrote is kept.";
}

export const usesDesk = (staff: Staff): boolean => staff.role !== "editor";
export const leads = (staff: Staff): boolean => staff.role === "supervisor" || staff.role === "admin";
export const editsKnowledge = (staff: Staff): boolean => staff.role === "editor" || staff.role === "admin";
