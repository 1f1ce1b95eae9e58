import { deviceClock } from "../shared/clock";
import { languageOf } from "../shared/language";
import type { Language } from "../shared/protocol";
import { Shelf, deviceStore } from "../shared/shelf";
import { makeChat, type Change } from "./chat";
import { add, h, hidden, replace } from "./element";
import { mark } from "./icon";
import { makePage } from "./page";
import { makePanel, type About, type Panel } from "./panel";
import { makeVoice } from "./voice";

// What a site can say on the script tag.
export interface Settings {
  server: string; // origin of the script
  language?: string | undefined;
  position?: string | undefined; // "left" or "right"
  theme?: string | undefined; // "light" or "dark"; else as the device says
  layer?: string | undefined; // z-index
}

export type EventName = "ready" | "open" | "close" | "message" | "unread" | "handoff" | "agentjoined" | "ended" | "error";

// What stands on the page: the launcher, the panel and their host element.
export function makeWidget({ server, language, position, theme, layer }: Settings, style: (root: ShadowRoot) => void) {
  const prefix = `emma:${server}:`;
  const shelf = new Shelf(deviceStore(), prefix);
  const session = new Shelf(deviceStore("sessionStorage"), prefix); // of this tab
  const tab = session.get("tab") ?? uuid();
  session.put("tab", tab);
  let voice = makeVoice(firstLanguage(), "Emma");
  const chat = makeChat(
    {
      shelf,
      tab,
      dial: () => new WebSocket(server.replace(/^http/, "ws") + "/ws/visitor", "emma.v1"),
      clock: deviceClock(),
      random: Math.random,
      uuid,
      page: () => (location.protocol.startsWith("http") ? location.origin + location.pathname : ""),
    },
    voice.language,
  );
  const listeners: Partial<Record<EventName, Set<(detail: unknown) => void>>> = {};
  const launcher = h("button.launcher", { type: "button", "aria-haspopup": "dialog", onclick: () => open() });
  const root = h("div.root", { role: "region", class: position === "left" ? "root left" : "root" });
  const page = makePage(root, style);
  let about: About | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let unread = 0;
  let panel = build();

  if (theme) page.host.dataset.theme = theme;
  if (layer) root.style.setProperty("--z-widget", layer);

  const isOpen = () => !panel.box.hidden;
  const watched = () => isOpen() && document.visibilityState === "visible";

  // open shows the panel; focus goes to the field, or on a phone to the panel, so
  // that the keyboard does not cover the greeting.
  function open(takeFocus = true): void {
    if (isOpen()) return;
    page.measure();
    panel.box.hidden = false;
    launcher.hidden = true;
    session.put("open", "1");
    page.cover(panel.box);
    chat.start();
    void learn();
    ticking = setInterval(panel.tick, 1000);
    settle();
    if (takeFocus) focus();
    look();
    emit("open");
  }

  function close(): void {
    if (!isOpen()) return;
    const inside = page.focused();
    panel.box.hidden = true;
    launcher.hidden = false;
    session.remove("open");
    clearInterval(ticking);
    page.cover();
    if (inside) launcher.focus();
    if (!chat.unfinished) chat.rest();
    emit("close");
  }

  function send(text: string): void {
    const words = String(text).trim().slice(0, 4000);
    if (!words) return;
    open();
    chat.send({ type: "say", text: words }, words);
  }

  function setLanguage(tag: string): void {
    const next = languageOf(tag);
    if (!next || next === voice.language) return;
    shelf.put("language", next);
    chat.speak(next);
    speak(next);
  }

  function reset(): void {
    const inside = page.focused();
    panel.composer.clear();
    chat.leave();
    if (!isOpen()) return;
    chat.start();
    if (inside) focus();
  }

  function hear(change: Change): void {
    const { kind } = change;
    if (kind === "forgotten") rebuild();
    else panel.hear(change);
    if (kind === "event" && !change.late) {
      const { event } = change;
      if (event.type === "message") emit("message", { author: event.author, text: event.text, at: event.at });
      else if (event.state === "waiting") emit("handoff", { reason: event.reason });
      else if (event.state === "agent") emit("agentjoined", { agent: event.agent });
      else if (event.state === "closed") emit("ended");
    }
    if (kind === "queue" && isOpen() && about && about.open !== chat.queue?.open) void learn();
    if (kind === "error") emit("error", { code: change.code, text: change.text });
    if (kind === "event" || kind === "seen" || kind === "settled") look();
  }

  // look notes what the visitor sees now, and counts what not.
  function look(): void {
    if (watched() && chat.settled) chat.see();
    const count = watched() ? 0 : chat.unread;
    if (count === unread) return;
    unread = count;
    page.count(count);
    label();
    emit("unread", count);
  }

  function label(): void {
    const news: (Node | false)[] = unread ? [h("span.unread", { "aria-hidden": "true" }, unread + ""), hidden(", " + voice.news(unread))] : [];
    replace(launcher, mark(), h("span", voice.say(voice.words.launcher)), news);
    add(launcher, { lang: voice.language });
    add(root, { "aria-label": voice.say(voice.words.region) });
  }

  function build(): Panel {
    const switchLanguage = () => {
      setLanguage(voice.language === "en" ? "es" : "en");
      panel.switcher.focus();
    };
    const clear = () => {
      reset();
      close();
      chat.rest();
    };
    const made = makePanel(voice, chat, session, { close, switchLanguage, startOver: reset, clear });
    replace(root, launcher, made.box);
    label();
    return made;
  }

  function rebuild(): void {
    const shown = isOpen();
    clearInterval(ticking);
    panel = build();
    panel.box.hidden = !shown;
    if (about) panel.tell(about);
    if (!shown) return;
    ticking = setInterval(panel.tick, 1000);
    settle();
  }

  function settle(): void {
    panel.composer.grow();
    if (chat.settled) panel.settle();
  }

  function speak(next: Language): void {
    voice = makeVoice(next, voice.name);
    about = undefined;
    rebuild();
    if (isOpen()) void learn();
  }

  // learn asks the server for its name, the suggestions and the hours.
  async function learn(): Promise<void> {
    const asked = voice.language;
    try {
      const answer = await fetch(`${server}/api/widget?language=${asked}`, { credentials: "omit" });
      const news = (await answer.json()) as About;
      if (!answer.ok || asked !== voice.language) return;
      about = news;
      if (news.name === voice.name) return panel.tell(news);
      voice = makeVoice(asked, news.name);
      rebuild();
    } catch {
      // the chat works without it; the connection says what is wrong
    }
  }

  function focus(): void {
    (page.isPhone() || chat.phase === "closed" ? panel.box : panel.composer.text).focus();
  }

  function emit(name: EventName, detail?: unknown): void {
    for (const listener of [...(listeners[name] ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error); // the site's own mistake must not stop the chat
      }
    }
  }

  // What the visitor chose wins, then what the site says, then the page, then the browser.
  function firstLanguage(): Language {
    const tags = [shelf.get("language"), language, document.documentElement.lang, ...(navigator.languages ?? [])];
    return tags.map(languageOf).find(Boolean) ?? "en";
  }

  chat.on(hear);
  page.onresize(() => page.cover(isOpen() && panel.box));
  addEventListener("storage", ({ key, newValue, oldValue }) => {
    if (!key?.startsWith(prefix)) return;
    const name = key.slice(prefix.length);
    const chosen = name === "language" && languageOf(newValue);
    if (chosen) speak(chosen);
    else chat.shelfChanged(name, newValue, oldValue);
  });
  addEventListener("online", chat.wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    chat.wake();
    if (isOpen()) chat.start();
    look();
  });
  if (session.get("open") && !page.isPhone()) open(false);
  else if (chat.unfinished) chat.start();

  return {
    open,
    close,
    send,
    setLanguage,
    reset,
    isOpen,
    show(visible: boolean): void {
      if (!visible) close();
      root.hidden = !visible;
    },
    on(name: EventName, listener: (detail: unknown) => void): () => void {
      const set = (listeners[name] ??= new Set());
      set.add(listener);
      if (name === "ready") listener(undefined); // it has been since before anybody could ask
      return () => set.delete(listener);
    },
  };
}

// uuid is version 4; crypto.randomUUID is missing on pages without TLS.
const uuid = (): string =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+c / 4)))).toString(16));
