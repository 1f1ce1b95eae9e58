import type { Choice, State } from "../shared/protocol";
import type { Chat, LogEntry } from "./chat";
import { h, replace } from "./element";
import { doors, icon } from "./icon";
import { change, heard, mend, options, said } from "./message";
import type { Voice } from "./voice";
import { Word } from "./words/word";

const enum Px {
  nearEnd = 60, // counts as "at the end"
}

// The log: greeting, what was said, what is not sent yet. Items are only appended
// (or changed in place), so that a reader hears each once. A new answer is shown
// from its first line; a reader who has scrolled up is not moved.
export function makeTalk(voice: Voice, chat: Chat, write: () => void) {
  const { say } = voice;
  const own = new Map<string, HTMLLIElement>(); // the visitor's words by command id
  let unread: HTMLElement[] = []; // below what the reader looks at
  let last: HTMLElement | undefined; // the visitor's last words in the log
  let before: State = "bot";
  let held = true; // stays at the end when the room changes
  let expected = 0; // where we scrolled to ourselves

  const list = h("ol.talk", { role: "list" });
  const ask = h("section.ask", { hidden: true });
  const box = h(
    "div.log",
    { role: "log", tabindex: 0, "aria-label": say(Word.conversation) },
    h("div.hello", doors(), h("h3", say(Word.helloTitle)), h("p", say(Word.helloText))),
    ask,
    h("p.privacy", icon("lock"), h("span", say(Word.privacy))),
    list,
  );
  const newsText = h("span");
  const news = h("button.button.primary.news", { type: "button", hidden: true, onclick: showNews }, newsText);

  const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < Px.nearEnd;
  const scroll = (top: number, item?: HTMLElement) => {
    box.scrollTop = top;
    if (getComputedStyle(box).overflowY === "visible") (item ?? box).scrollIntoView(!!item); // on a short screen the panel scrolls
    expected = box.scrollTop;
    held = atEnd();
  };
  const toEnd = () => scroll(box.scrollHeight);
  const toStart = (item: HTMLElement) => scroll(item.offsetTop - 12, item);

  function showNews(): void {
    const item = unread[0];
    count([]);
    if (item) toStart(item);
    box.focus({ preventScroll: true });
  }

  function count(items: HTMLElement[]): void {
    unread = items;
    news.hidden = !items.length;
    newsText.textContent = voice.news(items.length);
  }

  function put(event: LogEntry): HTMLElement | undefined {
    let item: HTMLLIElement | undefined;
    if (event.type === "state") {
      item = change(event, before, voice);
      before = event.state;
    } else if (event.author === "visitor") {
      const id = event.client_id || event.seq + "";
      last = item = own.get(id) ?? said(event.text, voice);
      item.dataset.logged = "1";
      own.set(id, item);
      for (const used of list.querySelectorAll<HTMLButtonElement>(".once button")) used.disabled = true;
    } else {
      item = heard(event, voice, chat, write);
      if (event.decision?.action === "answer") list.querySelector(".helpful")?.remove();
    }
    if (!item) return undefined;
    const unsent = [...own.values()].find((o) => !o.dataset.logged && o.parentNode);
    if (unsent || !item.parentNode) list.insertBefore(item, unsent ?? null);
    return item;
  }

  // refresh brings the visitor's own words up to date.
  function refresh(): void {
    const pending = new Map(chat.pending().map((p) => [p.entry.id, p]));
    for (const [id, item] of own) {
      if (item.dataset.logged || pending.has(id)) continue;
      item.remove();
      own.delete(id);
    }
    let grown = false;
    for (const [id, { entry }] of pending) {
      if (own.has(id)) continue;
      const item = said(entry.shown, voice);
      own.set(id, item);
      list.append(item);
      grown = true;
    }
    for (const [id, item] of own) mend(item, pending.get(id), !pending.size && item === last, voice, chat);
    if (grown) toEnd();
  }

  // settle ends the silence in which history came: from now on readers hear.
  function settle(): void {
    box.setAttribute("aria-busy", "false");
    const end = list.lastElementChild as HTMLElement | null;
    if (end?.classList.contains("visitor")) toEnd();
    else if (end) toStart(end);
  }

  box.addEventListener("scroll", () => {
    if (Math.abs(box.scrollTop - expected) > 2) held = atEnd();
    if (unread.length && atEnd()) count([]);
  });
  chat.log.forEach(put);
  refresh();
  if (chat.settled) settle();

  return {
    box,
    news,
    refresh,
    settle,
    toEnd,

    suggest(choices: Choice[]): void {
      replace(ask, h("h4", say(Word.ask)), options(choices, chat, say(Word.ask)));
      ask.hidden = !choices.length;
    },

    // append puts an event below what is logged and above what is not sent yet.
    append(event: LogEntry, late: boolean): void {
      const follow = atEnd();
      if (late) box.setAttribute("aria-busy", "true");
      const item = put(event);
      if (!item || late) return;
      if (item === last) toEnd();
      else if (follow) toStart(item);
      else count([...unread, item]);
    },

    // resized keeps the end in view when the keyboard or a notice takes room.
    resized(): void {
      if (held) toEnd();
    },
  };
}
