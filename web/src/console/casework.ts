import { signal } from "@preact/signals";
import type { CaseKind, CaseMark, CaseState, Language, LogEvent } from "../shared/protocol";
import type { Api } from "../staff/api";
import { words } from "../staff/session";

// What stays to be done after the chat: PROTOCOL.md §6, GET /api/cases.
export interface Case {
  readonly reference: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly due: number; // Unix milliseconds, as all times here
  readonly ageing: "fresh" | "soon" | "late" | "done";
  readonly conversation: string;
  readonly team: string;
  readonly tier: number;
  readonly language: Language | "";
  readonly request?: string;
  readonly text: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly from?: number;
  readonly until?: number;
  readonly assignee?: string;
  readonly assignee_name?: string;
  readonly office?: string;
  readonly sealed: boolean;
  readonly created: number;
}

export interface CaseStep {
  readonly at: number;
  readonly name?: string;
  readonly state: CaseState;
  readonly text?: string;
  readonly for_staff: boolean;
}

export interface RequestType {
  readonly id: string;
  readonly label: Record<Language, string>;
}

// A step of the work; empty fields keep what is.
export interface CaseUpdate {
  readonly state?: CaseState | "";
  readonly assignee?: string;
  readonly office?: string;
  readonly text?: string;
  readonly note?: string;
}

// Casework reads and changes cases. The list is asked for again when told so.
export class Casework {
  readonly cases = signal<readonly Case[]>([]);
  readonly types = signal<readonly RequestType[]>([]);
  readonly loaded = signal(false);
  readonly problem = signal("");

  constructor(private readonly api: Api, private readonly newID: () => string) {}

  async load(): Promise<void> {
    try {
      const { cases, requests } = await this.api.get<{ cases: Case[]; requests: RequestType[] }>("/api/cases");
      this.cases.value = cases;
      this.types.value = requests;
      this.problem.value = "";
    } catch (error) {
      this.problem.value = words(error);
    }
    this.loaded.value = true;
  }

  read(reference: string): Promise<{ case: Case; history: CaseStep[] }> {
    return this.api.get(`/api/cases/${encodeURIComponent(reference)}`);
  }

  // answer, update and request throw a Refusal whose text can be shown.
  async answer(reference: string, text: string): Promise<void> {
    await this.api.call("POST", `/api/cases/${encodeURIComponent(reference)}/answer`, { id: this.newID(), text });
  }

  async update(reference: string, update: CaseUpdate): Promise<void> {
    await this.api.call("POST", `/api/cases/${encodeURIComponent(reference)}`, { id: this.newID(), ...update });
  }

  async reveal(reference: string): Promise<string> {
    return (await this.api.call<{ receipt: string }>("POST", `/api/cases/${encodeURIComponent(reference)}/reveal`, {})).receipt;
  }

  async request(fields: { conversation: string; request: string; text: string; receipt: string; name: string; email: string; phone: string }): Promise<Case> {
    return (await this.api.call<{ case: Case }>("POST", "/api/cases", { id: this.newID(), ...fields })).case;
  }
}

// marks are the cases of a conversation as its log tells them, the newest state of each.
export function marks(events: readonly LogEvent[]): CaseMark[] {
  const found = new Map<string, CaseMark>();
  for (const event of events) if ((event.type === "message" || event.type === "note") && event.case) found.set(event.case.reference, event.case);
  return [...found.values()];
}

// asCaseReference reads the number of a case as people type it; "" when it is none.
export function asCaseReference(text: string): string {
  const digits = text.replace(/[\s.#-]/g, "");
  return /^1\d{9}$/.test(digits) ? digits : "";
}

// spoken is a reference in groups, as it is read out: 1482-739-060.
export function spoken(reference: string): string {
  return reference.replace(/^(\d{4})(\d{3})(\d{3})$/, "$1-$2-$3");
}

const kindNames: Record<CaseKind, string> = { message: "Message", call_back: "Call back", service_request: "Service request" };
const stateNames: Record<CaseState, string> = {
  open: "Open",
  working: "Being worked on",
  office: "With another office",
  answered: "Answered",
  closed: "Closed without an answer",
};

export const kindName = (kind: CaseKind): string => kindNames[kind] ?? kind;
export const stateName = (state: CaseState): string => stateNames[state] ?? state;
