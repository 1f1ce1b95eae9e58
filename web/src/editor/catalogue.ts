import type { Language } from "../shared/protocol";
import { languages, type Article } from "./article";
import type { Use } from "./stock";

// The list of articles: one entry for each id, both languages in it.
export interface Entry {
  readonly id: string;
  readonly versions: Partial<Record<Language, Article>>;
  readonly main: Article; // English, or the only one there is
}

export type Standing = "published" | "changed" | "draft" | "in_review" | "retired";

export const standingNames: Record<Standing, string> = { published: "Published", changed: "Changed", draft: "Draft", in_review: "In review", retired: "Retired" };

// standing of a newest revision. Who was published once has a change number.
export function standing(a: Article): Standing {
  if (a.status === "published" || a.status === "retired" || a.status === "in_review") return a.status;
  return a.change > 0 ? "changed" : "draft";
}

export function entries(articles: readonly Article[]): Entry[] {
  const byID = new Map<string, Partial<Record<Language, Article>>>();
  for (const a of articles) byID.set(a.id, { ...byID.get(a.id), [a.language]: a });
  const list: Entry[] = [];
  for (const [id, versions] of byID) {
    const main = versions.en ?? versions.es;
    if (main) list.push({ id, versions, main });
  }
  return list;
}

const MINUTE = 60_000;

// olderThanSource says that the English text was saved after the Spanish one. Both
// saved within a minute count as saved together.
export function olderThanSource(entry: Pick<Entry, "versions">): boolean {
  const { en, es } = entry.versions;
  return !!en && !!es && Date.parse(en.saved_at) - Date.parse(es.saved_at) > MINUTE;
}

export type Twin = "missing" | "older" | "current";

export function twin(entry: Entry, language: Language): Twin {
  if (!entry.versions[language]) return "missing";
  return language === "es" && olderThanSource(entry) ? "older" : "current";
}

export type Due = "none" | "later" | "soon" | "over";

const DAY = 86_400_000;

// due says how near a review day is. today is a day as 2027-03-31; soon is 30 days.
export function due(reviewBy: string, today: string): Due {
  if (!reviewBy) return "none";
  const days = (Date.parse(reviewBy) - Date.parse(today)) / DAY;
  if (days < 0) return "over";
  return days <= 30 ? "soon" : "later";
}

export interface Filter {
  readonly q: string;
  readonly topic: string;
  readonly language: "" | "es-missing" | "es-older" | "en-missing";
  readonly status: "" | Standing;
  readonly review: "" | "due" | "none";
  readonly owner: string; // "me", "none", or the name after an equals sign
  readonly use: "" | "shown" | "never" | "unhelpful" | "handed";
  readonly flag: string; // "any", or the flag itself
}

export const noFilter: Filter = { q: "", topic: "", language: "", status: "", review: "", owner: "", use: "", flag: "" };

export function filter(list: readonly Entry[], by: Filter, today: string, use: ReadonlyMap<string, Use> = new Map(), me = ""): Entry[] {
  const words = fold(by.q).split(/\s+/).filter(Boolean);
  return list.filter((entry) => {
    const all = languages.map((l) => entry.versions[l]).filter((a): a is Article => a !== undefined);
    return (
      (!by.topic || all.some((a) => a.topic === by.topic)) &&
      (!by.status || all.some((a) => standing(a) === by.status)) &&
      (!by.flag || all.some((a) => (by.flag === "any" ? a.flag !== "" : a.flag === by.flag))) &&
      fitsLanguage(entry, by.language) &&
      fitsReview(all, by.review, today) &&
      fitsOwner(all, by.owner, me) &&
      fitsUse(use.get(entry.id), by.use) &&
      words.every((word) => all.some((a) => fold([a.id, a.question, a.topic, ...a.alternates].join(" ")).includes(word)))
    );
  });
}

function fitsLanguage(entry: Entry, by: Filter["language"]): boolean {
  if (by === "es-missing") return twin(entry, "es") === "missing";
  if (by === "es-older") return twin(entry, "es") === "older";
  return by === "en-missing" ? twin(entry, "en") === "missing" : true;
}

function fitsReview(all: readonly Article[], by: Filter["review"], today: string): boolean {
  if (by === "due") return all.some((a) => ["soon", "over"].includes(due(a.review_by, today)));
  return by === "none" ? all.some((a) => a.review_by === "") : true;
}

function fitsOwner(all: readonly Article[], by: string, me: string): boolean {
  if (!by) return true;
  const owner = by === "none" ? "" : by === "me" ? me : by.slice(1);
  return all.some((a) => a.owner === owner);
}

// fitsUse: not helpful, or handed off, is at least a tenth of the times shown.
function fitsUse(use: Use | undefined, by: Filter["use"]): boolean {
  const shown = use?.shown ?? 0;
  if (by === "shown") return shown > 0;
  if (by === "never") return shown === 0;
  if (by === "unhelpful") return !!use && use.unhelpful > 0 && use.unhelpful * 10 >= shown;
  return by === "handed" ? !!use && use.handed_off > 0 && use.handed_off * 10 >= shown : true;
}

// fold makes texts comparable: small letters without accents.
export function fold(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// readFilter and writeFilter keep the filter in the address.
export function readFilter(query: URLSearchParams): Filter {
  const pick = <T extends string>(name: string, allowed: readonly T[]): T | "" => allowed.find((v) => v === query.get(name)) ?? "";
  return {
    q: query.get("q") ?? "",
    topic: query.get("topic") ?? "",
    language: pick("language", ["es-missing", "es-older", "en-missing"]),
    status: pick("status", ["published", "changed", "draft", "in_review", "retired"]),
    review: pick("review", ["due", "none"]),
    owner: query.get("owner") ?? "",
    use: pick("use", ["shown", "never", "unhelpful", "handed"]),
    flag: query.get("flag") ?? "",
  };
}

export function writeFilter(filter: Filter, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (page > 1) query.set("page", String(page));
  const text = query.toString();
  return text ? `/editor?${text}` : "/editor";
}
