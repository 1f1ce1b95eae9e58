import { fill } from "../shared/language";
import { h } from "./element";
import { mark } from "./icon";
import { Word } from "./words/word";

// Words are all texts by language, each in the order of Word.
export type Words = Record<string, string[]>;

export type Voice = ReturnType<typeof makeVoice>;

// A voice says the widget's own words in one language.
export function makeVoice(words: Words, language: string, name: string, avatar?: string) {
  const own = words[language]!;
  const tag = language + "-US";
  const tags = Object.keys(words);
  const next = tags[(tags.indexOf(language) + 1) % tags.length]!;

  // say fills in a sentence; {name} is the assistant's.
  function say(word: Word, values: Record<string, string | number> = {}): string {
    const text = fill(own[word] ?? "", { name, ...values });
    return language === "es" ? text.replace(/\blas (1:)/, "la $1") : text; // one o'clock is singular
  }

  return {
    language,
    say,
    name,
    avatar,

    // next is the language that the switch leads to, with its own name.
    next,
    nextName: words[next]![Word.language]!,

    mark: (): Element => (avatar ? h("img.mark", { src: avatar, alt: "" }) : mark()),

    news: (n: number): string => say(Word.news, { n }),

    // time is the time of day on this device.
    time(at: number): string {
      const text = new Date(at).toLocaleTimeString(tag, { timeStyle: "short" });
      return text.replace(/\s/g, " ").replace(/[AP]M/, (half) => half.toLowerCase());
    },

    day: (at: number): string => new Date(at).toLocaleDateString(tag, { dateStyle: "long" }),

    place(n: number): string {
      if (language === "es") return n + ".\u00aa";
      const teen = n % 100 > 10 && n % 100 < 14;
      return n + (language !== "en" ? "" : (!teen && ["", "st", "nd", "rd"][n % 10]) || "th");
    },

    // minutes are whole ones, the lower rounded down and the upper up, so that the
    // range is never narrower than what was measured.
    minutes(wait: { p50: number; p90: number }): { low: number; high: number; text: string } {
      const low = Math.max(1, Math.floor(wait.p50 / 60));
      const high = Math.max(low + 1, Math.ceil(wait.p90 / 60));
      return { low, high, text: low >= 60 ? say(Word.rangeLong) : say(Word.range, { low, high }) };
    },
  };
}
