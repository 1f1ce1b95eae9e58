import type { Language } from "./protocol";

export const languages: readonly Language[] = ["en", "es"];

// languageOf reads a language tag such as "es-MX"; undefined when we do not have it.
export function languageOf(tag: string | null | undefined): Language | undefined {
  const base = (tag ?? "").toLowerCase().split(/[-_]/)[0];
  return languages.find((l) => l === base);
}

const common: Record<Language, RegExp> = {
  en: /\b(the|you|is|are|do|my|of|to|and|how)\b/gi,
  es: /[\u00bf\u00a1\u00f1]|\b(el|la|los|es|de|en|y|que|mi|su|por)\b/gi,
};

// guessLanguage is for marking a text so that a reader pronounces it right;
// undefined when its words do not tell.
export function guessLanguage(text: string): Language | undefined {
  const [en = 0, es = 0] = languages.map((l) => text.match(common[l])?.length);
  return en === es ? undefined : en > es ? "en" : "es";
}

// fill puts values into a sentence: "{name} joined" with { name }.
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
