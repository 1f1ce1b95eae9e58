import { signal } from "@preact/signals";
import type { Row } from "../shared/protocol";

// The names of what the wire carries as codes, for staff, in English.

export interface Reason {
  readonly badge: string; // as a label
  readonly short: string; // in a row of the list
  readonly because: string; // completes "because …"
  readonly more: string; // a sentence for the side pane
}

// asked are why Emma brought a person; moved is what happened to a chat at the desk.
const asked: Record<string, Reason> = {
  safety: { badge: "Safety", short: "safety", because: "it may be about somebody's safety", more: "The words point to danger. Emma showed where to get help at once and brought you." },
  wants_person: { badge: "Asked for a person", short: "asked for a person", because: "the visitor asked for a person", more: "The visitor asked for a person in their own words or pressed the button." },
  case_specific: { badge: "About one case", short: "case question", because: "it is about one case", more: "The question is about the visitor's own case. Emma does not answer such questions." },
  abusive: { badge: "Abusive words", short: "abusive words", because: "the words were abusive", more: "The visitor used abusive words." },
  legal_advice: { badge: "Legal advice", short: "legal advice", because: "it asks for legal advice", more: "The visitor asks for legal advice. Neither Emma nor agents may give it." },
  low_confidence: { badge: "Not sure enough", short: "not sure enough", because: "Emma was not sure enough", more: "No article was sure enough to be shown." },
  repeated_miss: { badge: "Missed more than once", short: "missed more than once", because: "Emma missed more than once", more: "Emma could not answer several times in a row." },
  unknown_words: { badge: "Unknown words", short: "unknown words", because: "Emma did not know the words", more: "The knowledge base does not know these words." },
  route: { badge: "Route of the article", short: "route of the article", because: "the article leads to a person", more: "The article that fits leads to a person after its general part." },
};

const moved: Record<string, Reason> = {
  transferred: { badge: "Transferred", short: "transferred", because: "an agent transferred it", more: "Another agent transferred this chat. Read the note in the conversation." },
  taken_over: { badge: "Taken over", short: "taken over", because: "a supervisor took it over", more: "A supervisor took this chat over." },
  assigned: { badge: "Assigned", short: "assigned", because: "a supervisor assigned it", more: "A supervisor gave this chat to an agent." },
  escalated: { badge: "Second tier", short: "second tier", because: "an agent asked the second tier", more: "An agent brought this chat to the second tier. Read the note in the conversation." },
  language: { badge: "Other language", short: "other language", because: "the visitor changed the language", more: "The visitor changed the language in line. This team answers in it. The place in line was kept." },
  reopened: { badge: "Opened again", short: "opened again", because: "the visitor opened it again", more: "The visitor came back and opened this chat again." },
  agent_lost: { badge: "Agent left", short: "agent left", because: "the agent lost the connection", more: "The agent before you lost the connection. The visitor kept the place in line." },
};

// reasonWords knows every reason of the protocol; a newer one is shown as it is.
export function reasonWords(code: string): Reason {
  const known = asked[code] ?? moved[code];
  if (known) return known;
  const plain = code.replace(/_/g, " ") || "no reason given";
  return { badge: plain, short: plain, because: plain, more: "" };
}

// reasonCodes are those that a row can be narrowed to.
export const reasonCodes = Object.keys(asked);

// A team of the desk, from GET /api/teams.
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly tiers: readonly number[];
  readonly languages: readonly string[];
  readonly dispositions: readonly string[];
  readonly disposition_required: boolean;
  readonly tag_required: boolean;
}

// teams are those of this desk; until the server has told them, none.
export const teams = signal<readonly Team[]>([]);

export function teamName(code: string): string {
  return teams.value.find((team) => team.id === code)?.name ?? (code || "No team");
}

export function languageName(code: string): string {
  return code === "es" ? "Spanish" : code === "en" ? "English" : "language not known";
}

// belongs is "General, Tier 1 · Spanish".
export function belongs(row: Row): string {
  const tier = row.tier ? `, Tier ${row.tier}` : "";
  return `${teamName(row.team)}${tier} \u00b7 ${languageName(row.language)}`;
}

export function titleOf(row: Row | undefined): string {
  return row?.title || "No words yet";
}

// pagePath is the part of a page's address that staff need.
export function pagePath(address: string): string {
  try {
    const url = new URL(address);
    return url.pathname === "/" ? url.host : url.pathname;
  } catch {
    return address;
  }
}

const actions: Record<string, string> = {
  answer: "answered",
  clarify: "asked back",
  handoff: "brought a person",
  decline: "declined",
  smalltalk: "small talk",
};

export function actionWords(action: string): string {
  return actions[action] ?? action;
}

const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric" });

// timeWords is "2:21 pm", with the day when it was not today.
export function timeWords(at: number, now: number): string {
  const time = clock.format(at).replace(/\s?AM$/, " am").replace(/\s?PM$/, " pm");
  return new Date(at).toDateString() === new Date(now).toDateString() ? time : `${day.format(at)}, ${time}`;
}

// stateWords says where a conversation is: "With Dana Reyes".
export function stateWords(row: Row): string {
  switch (row.state) {
    case "bot":
      return "With Emma";
    case "waiting":
      return "Waiting";
    case "agent":
      return `With ${row.agent ?? "an agent"}`;
    case "closed":
      return "Closed";
  }
}

// firstName is how an agent is named to a visitor.
export function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
