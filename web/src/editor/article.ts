import type { Language } from "../shared/protocol";

// Article is one revision of one question in one language, as PROTOCOL.md §6 has it.
export interface Article {
  id: string;
  language: Language;
  revision: number; // 0: never saved
  change: number; // 0: never published
  status: "draft" | "in_review" | "published" | "retired" | "";
  topic: string;
  question: string;
  alternates: string[];
  answer: string; // Markdown; empty in lists
  source: { title: string; url: string };
  follow_ups: string[];
  route: string;
  review_by: string; // days as 2027-03-31, or empty
  owner: string; // the name of who reviews it, or empty
  effective_from: string;
  expires_on: string;
  flag: string;
  saved_at: string;
  saved_by: string;
}

export { languages } from "../shared/language";
export const languageNames: Record<Language, string> = { en: "English", es: "Spanish" };
export const routes: readonly { code: string; name: string }[] = [
  { code: "", name: "No route" },
  { code: "general", name: "General" },
  { code: "tier1", name: "Tier 1" },
  { code: "tier2", name: "Tier 2" },
  { code: "military", name: "Military" },
  { code: "premium", name: "Premium" },
  { code: "international", name: "International" },
];

// What an editor writes. Everything else is the server's.
export const contentFields = ["question", "alternates", "answer", "source", "topic", "follow_ups", "route", "review_by", "owner", "effective_from", "expires_on", "flag"] as const;
export type ContentField = (typeof contentFields)[number];

export const fieldNames: Record<ContentField, string> = {
  question: "Question",
  alternates: "Other wordings",
  answer: "Answer",
  source: "Source",
  topic: "Topic",
  follow_ups: "Follow-ups",
  route: "Route",
  review_by: "Review by",
  owner: "Review owner",
  effective_from: "Effective from",
  expires_on: "Expires on",
  flag: "Flag",
};

export function blank(id: string, language: Language): Article {
  return {
    id, language, revision: 0, change: 0, status: "", topic: "", question: "", alternates: [], answer: "", source: { title: "", url: "" },
    follow_ups: [], route: "", review_by: "", owner: "", effective_from: "", expires_on: "", flag: "", saved_at: "", saved_by: "",
  };
}

// whole fills in what an article from the wire may lack: absent lists come as null.
export function whole(article: Article): Article {
  return {
    ...blank(article.id, article.language),
    ...article,
    alternates: article.alternates ?? [],
    follow_ups: article.follow_ups ?? [],
    source: article.source ?? { title: "", url: "" },
  };
}

// same compares one field of two articles.
export function same(a: Article, b: Article, field: ContentField): boolean {
  return JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

export function changedFields(a: Article, b: Article): ContentField[] {
  return contentFields.filter((field) => !same(a, b, field));
}

// take is a with one field of b.
export function take(a: Article, b: Article, field: ContentField): Article {
  return { ...a, [field]: b[field] };
}

// body is what a PUT sends.
export function body(mine: Article, revision: number): Record<string, unknown> {
  const content = Object.fromEntries(contentFields.map((field) => [field, mine[field]]));
  return { id: mine.id, language: mine.language, revision, ...content };
}

// lines reads one entry a line: trimmed, no empty ones, each once.
export function lines(text: string): string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean))];
}

// slug makes an id of a question: small letters, digits, hyphens, at most 60.
export function slug(question: string): string {
  const plain = question.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");
}

export const validID = (id: string): boolean => /^[a-z0-9_-]{1,80}$/.test(id);

// complaint says what a server would refuse, or "".
export function complaint(a: Article): string {
  if (!a.question.trim()) return "The question is empty.";
  if ([...a.question].length > 300) return "The question is longer than 300 characters.";
  if (!a.answer.trim()) return "The answer is empty.";
  if ([...a.answer].length > 10_000) return "The answer is longer than 10,000 characters.";
  const long = a.alternates.find((alternate) => [...alternate].length > 300);
  if (long) return `The wording "${long.slice(0, 40)}\u2026" is longer than 300 characters.`;
  if (a.source.url && !/^https?:\/\/[^\s/]+/.test(a.source.url)) return "The source is not a web address. It begins with https://";
  return "";
}
