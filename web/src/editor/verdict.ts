import type { Choice, Link } from "../shared/protocol";
import { percent } from "../staff/count";
import type { Explained } from "./explanation";

// What POST /api/try tells: the decision that Emma would make now.
export interface Tried {
  readonly action: string;
  readonly reason: string;
  readonly confidence: number;
  readonly article: string;
  readonly language: string;
  readonly text: string;
  readonly html: string;
  readonly choices: readonly Choice[] | null;
  readonly links: readonly Link[] | null;
  readonly signals: readonly string[] | null;
  readonly candidates: readonly { article: string; question: string; confidence: number }[] | null;
  readonly thresholds: { answer: number; clarify: number };
  readonly explanation: Explained;
  readonly known: number; // share 0..1 of the words that the base knows
}

const actions: Record<string, { words: string; kind: "good" | "lamp" | "person" | "" }> = {
  answer: { words: "Emma answers", kind: "good" },
  clarify: { words: "Emma asks back", kind: "lamp" },
  handoff: { words: "Emma brings a person", kind: "person" },
  decline: { words: "Emma declines kindly", kind: "" },
  smalltalk: { words: "Small talk", kind: "" },
};

const reasons: Record<string, string> = {
  safety: "The words may be about somebody's safety.",
  wants_person: "The words ask for a person.",
  case_specific: "The question is about one case.",
  abusive: "The words are abusive.",
  legal_advice: "The question asks for legal advice.",
  low_confidence: "No article is sure enough.",
  repeated_miss: "Emma missed more than once.",
  unknown_words: "The base does not know these words.",
  route: "The article leads to a person.",
};

export function verdict(tried: Tried): { words: string; kind: string } {
  return actions[tried.action] ?? { words: tried.action, kind: "" };
}

// explanations say why, one sentence each.
export function explanations(tried: Tried): string[] {
  const { answer, clarify } = tried.thresholds;
  const [first, second] = tried.candidates ?? [];
  const said: string[] = [];
  if (tried.reason) said.push(reasons[tried.reason] ?? tried.reason.replace(/_/g, " "));
  if (first && answer > 0) {
    const at = percent(first.confidence);
    if (first.confidence >= answer) said.push(`The best article is right with ${at}; from ${percent(answer)} on Emma may answer.`);
    else if (first.confidence >= clarify) said.push(`The best article is right with ${at}. That is under ${percent(answer)} for an answer, but enough to ask back (${percent(clarify)}).`);
    else said.push(`The best article is right with ${at} only. Emma needs ${percent(answer)} to answer and ${percent(clarify)} to ask back.`);
  }
  if (first && second) said.push(`The second is ${percent(first.confidence - second.confidence)} behind.`);
  if (!first) said.push("No article fits at all.");
  if (tried.known < 1) said.push(`${percent(1 - tried.known)} of the words do not occur in the base.`);
  return said;
}
