import { deviceClock } from "../shared/clock";
import { languageOf } from "../shared/language";
import type { Choice, SiteUser } from "../shared/protocol";
import { makeShelf, deviceStore } from "../shared/shelf";
import { makeChat, type Change } from "./chat";
import { add, h, hidden, replace } from "./element";
import { makePage } from "./page";
import { makePanel, type About, type Panel } from "./panel";
import { makeVoice, type Words } from "./voice";
import { Word } from "./words/word";

// What a site can say on the script tag.
export interface Settings {
  server: string; // origin of the script
  words: Words;
  name?: string | undefined; // of the assistant; else Emma
  avatar?: string | undefined; // address of a picture in the place of Emma's mark
  language?: string | undefined;
  position?: string | undefined; // "left" or "right"
  theme?: string | undefined; // "light" or "dark"; else as the device says
  layer?: string | undefined; // z-index
  alone: boolean; // the page is there for the chat alone: it is open and fills it
}

export type EventName = "ready" | "open" | "close" | "message" | "unread" | "handoff" | "agentjoined" | "ended" | "error";

// What stands on the page: the launcher, the panel and their host element.
export function makeWidget({ server, words, name, avatar, language, position, theme, layer, alone }: Settings, style: (root: ShadowRoot) => void) {
  const prefix = `emma:${server}:`;
  const shelf = makeShelf(deviceStore(), prefix);
  const session = makeShelf(deviceStore("sessionStorage"), prefix); // of this tab
  const tab = session.get("tab") ?? uuid();
  session.put("tab", tab);
  let voice = makeVoice(words, firstLanguage(), name || "Emma", avatar);
  let user: SiteUser | undefined;
  let attributes: Record<string, string> | undefined;
  const chat = makeChat(
    {
      shelf,
      tab,
      dial: () => new WebSocket(server.replace(/^http/, "ws") + "/ws/visitor", "emma.v1"),
      clock: deviceClock(),
      random: Math.random,
      uuid,
      who: () => ({ user, attributes }),
      page: () => (location.protocol.startsWith("http") ? location.origin + location.pathname : ""),
    },
    languageOf(voice.language) ?? "",
    (change) => hear(change),
  );
  const launcher = h("button.launcher", { type: "button", "aria-haspopup": "dialog", onclick: () => open() });
  const root = h("div", { role: "region", class: "root" + (alone ? " alone" : position === "left" ? " left" : "") });
  const page = makePage(root, style, alone);
  let about: About | undefined;
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
    panel.tick();
    settle();
    if (takeFocus) focus();
    look();
    emit("open");
  }

  function close(): void {
    if (!isOpen() || alone) return;
    const inside = page.focused();
    panel.box.hidden = true;
    launcher.hidden = false;
    session.remove("open");
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
    const next = known(tag);
    if (!next || next === voice.language) return;
    shelf.put("language", next);
    chat.speak(languageOf(next) ?? "");
    speak(next);
  }

  function reset(): void {
    const inside = page.focused();
    panel.composer.put("");
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
      const name = event.type === "message" ? "message" : ({ waiting: "handoff", agent: "agentjoined", closed: "ended", bot: "" } as const)[event.state];
      if (name) emit(name, event);
      if (event.type === "message" && event.author !== "visitor" && rings() && !watched()) beep();
    }
    if (kind === "queue" && isOpen() && about && about.open !== chat.queue?.open) void learn();
    if (kind === "error") emit("error", change);
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
    replace(launcher, voice.mark(), h("span", voice.say(Word.launcher)), news);
    add(launcher, { lang: voice.language, dir: voice.say(Word.dir) });
    add(root, { "aria-label": voice.say(Word.launcher) });
  }

  function build(): Panel {
    const switchLanguage = () => {
      setLanguage(voice.next);
      panel.switcher.focus();
    };
    const clear = () => {
      reset();
      close();
      chat.rest();
    };
    const suggest = async (text: string) => (await ask<{ suggestions: Choice[] }>("suggest", "&text=" + encodeURIComponent(text)))?.suggestions ?? [];
    const save = async () => {
      const answer = await get(`transcript?format=text&language=${voice.language}`, { Authorization: "Bearer " + shelf.get("token") });
      if (!answer) return;
      const href = URL.createObjectURL(await answer.blob());
      h("a", { href, download: "chat.txt" }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
    };
    const made = makePanel(voice, chat, session, { save, close, switchLanguage, startOver: reset, clear, suggest, stay, left, shared, share, rings, ring });
    replace(root, launcher, made.box);
    label();
    return made;
  }

  function rebuild(): void {
    const shown = isOpen();
    const draft = panel.composer.text.value;
    panel = build();
    panel.composer.put(draft);
    panel.box.hidden = !shown;
    if (about) panel.tell(about);
    if (shown) settle();
  }

  function settle(): void {
    panel.composer.grow();
    if (chat.settled) panel.settle();
  }

  function speak(next: string): void {
    voice = makeVoice(words, next, voice.name, avatar);
    about = undefined;
    rebuild();
    if (isOpen()) void learn();
  }

  // learn asks the server for the suggestions and the hours.
  async function learn(): Promise<void> {
    const asked = voice.language;
    const news = await ask<About>("widget");
    if (news && asked === voice.language) panel.tell((about = news));
  }

  const ask = async <T>(what: string, more = ""): Promise<T | undefined> => (await get(`${what}?language=${voice.language}${more}`))?.json();

  // get is for what the chat works without; the connection says what is wrong.
  async function get(what: string, headers?: Record<string, string>): Promise<Response | undefined> {
    try {
      const answer = await fetch(`${server}/api/${what}`, { credentials: "omit", headers });
      return answer.ok ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  // A site says who the visitor is; somebody else does not see what was said before.
  function setUser(next?: SiteUser): void {
    const before = shelf.get("user");
    user = next;
    if (before && before !== next?.id) chat.forget();
    if (next) shelf.put("user", next.id);
    else shelf.remove("user");
    if (isOpen()) chat.start();
    chat.renew();
  }

  // A shared computer keeps when somebody touched the chat last.
  function shared(): boolean {
    return !!shelf.get("touched");
  }

  function share(): void {
    if (shared()) shelf.remove("touched");
    else shelf.put("touched", Date.now() + "");
  }

  function rings(): boolean {
    return !!shelf.get("sound");
  }

  function ring(): void {
    if (rings()) return shelf.remove("sound");
    shelf.put("sound", "1");
    beep();
  }

  function stay(): void {
    if (shared()) shelf.put("touched", Date.now() + "");
    panel.tick();
  }

  // left counts the three minutes without a sign of life after which a shared computer
  // forgets; all tabs count as one.
  function left(): number {
    if (!shelf.get("token")) return NaN;
    return Math.ceil((Number(shelf.get("touched") ?? NaN) + 180_000 - Date.now()) / 1000);
  }

  function second(): void {
    if (left() <= 0) {
      reset();
      close();
    } else if (isOpen()) {
      panel.tick();
    }
  }

  function focus(): void {
    (page.isPhone() || chat.phase === "closed" ? panel.box : panel.composer.text).focus();
  }

  // emit tells the site; a mistake of its own does not stop the chat.
  function emit(name: EventName, detail?: unknown): void {
    page.host.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // known is the language of a tag such as "es-MX", if there are words for it.
  function known(tag?: string | null): string | undefined {
    return Object.keys(words).find((l) => l === tag?.toLowerCase().split(/[-_]/)[0]);
  }

  // What the visitor chose wins, then what the site says, then the page, then the browser.
  function firstLanguage(): string {
    const tags = [shelf.get("language"), language, document.documentElement.lang, ...(navigator.languages ?? [])];
    return tags.map(known).find(Boolean) ?? "en";
  }

  page.onresize(() => page.cover(isOpen() && panel.box));
  addEventListener("storage", ({ key, newValue, oldValue }) => {
    if (!key?.startsWith(prefix)) return;
    const name = key.slice(prefix.length);
    const chosen = name === "language" && known(newValue);
    if (chosen) speak(chosen);
    else chat.shelfChanged(name, newValue, oldValue);
    if (name === "token" && !newValue && shared()) close(); // another tab has forgotten it
  });
  addEventListener("online", chat.wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    chat.wake();
    if (isOpen()) chat.start();
    look();
  });
  for (const sign of ["keydown", "pointerdown"]) root.addEventListener(sign, stay);
  setInterval(second, 1000);
  second();
  if (alone || (session.get("open") && !page.isPhone())) open(false);
  else if (chat.unfinished) chat.start();

  return {
    open,
    close,
    send,
    setLanguage,
    setUser,
    setAttributes(next: Record<string, string>): void {
      attributes = { ...attributes, ...next };
      chat.renew();
    },
    reset,
    isOpen,
    show(visible: boolean): void {
      if (!visible) close();
      root.hidden = !visible;
    },
    on(event: EventName, listener: (detail: unknown) => void): () => void {
      const hear = (e: Event) => listener((e as CustomEvent).detail);
      page.host.addEventListener(event, hear);
      if (event === "ready") listener(undefined); // it has been since before anybody could ask
      return () => page.host.removeEventListener(event, hear);
    },
  };
}

// beep is short and soft.
function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.1;
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => audio.close();
  tone.start();
  tone.stop(0.2);
}

// uuid is version 4; crypto.randomUUID is missing on pages without TLS.
const uuid = (): string =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+c / 4)))).toString(16));
