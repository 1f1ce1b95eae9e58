import css from "../../dist/widget.css";
import type { SiteUser } from "../shared/protocol";
import type { Words } from "./voice";
import { makeWidget, type EventName } from "./widget";
// Last, since that packs better.
import en from "./words/en.json";
import es from "./words/es.json";

// The script of one tag: <script src="https://…/widget.js" async></script>. Including
// it twice is harmless. Calls that were queued before it came are made then:
//   window.Emma = window.Emma || { q: [] }; Emma.q.push(["open"]);

interface Api {
  q: { push(call: unknown[]): void };
  open(): void;
  close(): void;
  toggle(): void;
  send(text: string): void;
  setLanguage(language: string): void;
  setUser(user?: SiteUser): void;
  setAttributes(attributes: Record<string, string>): void;
  reset(): void;
  show(): void;
  hide(): void;
  on(name: EventName, listener: (detail: unknown) => void): () => void;
}

// What the server adds to the script (WIDGET.md): single texts in the place of ours,
// or whole languages.
declare const emmaWords: Record<string, Record<number, string>> | undefined;

type Early = { q?: unknown[][] } | Api | undefined;

function begin(script: HTMLScriptElement, early: unknown[][]): Api {
  const { name, avatar, language, position, theme, z, mode } = script.dataset;
  const words: Words = { en, es };
  if (typeof emmaWords === "object") for (const tag in emmaWords) words[tag] = Object.assign([], words[tag], emmaWords[tag]);
  const widget = makeWidget({ words, server: new URL(script.src).origin, name, avatar, language, position, theme, layer: z, alone: mode === "page" }, dress);
  const call = ([name, ...values]: unknown[]) => {
    const method = (api as unknown as Record<string, unknown>)[String(name)];
    if (typeof method === "function") method(...values);
  };
  const api: Api = {
    q: { push: call },
    ...widget,
    open: () => widget.open(),
    toggle: () => (widget.isOpen() ? widget.close() : widget.open()),
    show: () => widget.show(true),
    hide: () => widget.show(false),
  };
  (window as unknown as { Emma: Api }).Emma = api;
  early.forEach(call);
  return api;
}

// dress needs no style-src of the page. Browsers that cannot share sheets take a
// style element, which a strict page may refuse.
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
if (script?.src) {
  const start = () => {
    const present = (window as unknown as { Emma: Early }).Emma;
    if (!(present && "open" in present)) begin(script, (present?.q as unknown[][] | undefined) ?? []);
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
