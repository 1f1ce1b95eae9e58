import type { Choice } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Change, Chat } from "./chat";
import { makeComposer, makePersonBar } from "./composer";
import { button, h, hidden, replace } from "./element";
import { makeEnded } from "./ended";
import { face, icon, mark } from "./icon";
import { first } from "./message";
import { makeLinkPin, makeQueuePin } from "./pin";
import { describe, makeTalk } from "./talk";
import type { Voice } from "./voice";

// What the server says about itself in one language (GET /api/widget).
export interface About {
  name: string;
  suggestions: Choice[];
  open: boolean;
  hours: string;
}

export interface Actions {
  close(): void;
  switchLanguage(): void;
  startOver(): void;
  clear(): void;
}

const patience = 2_000; // ms without connection before it is said
const announceEvery = 60_000;

export type Panel = ReturnType<typeof makePanel>;

// The panel in one language: head, pins, log, status, foot. Switching the language
// makes a new one.
export function makePanel(voice: Voice, chat: Chat, drafts: Shelf, actions: Actions) {
  const { words, say } = voice;
  const english = voice.language === "en";
  const talk = makeTalk(voice, chat);
  const queue = makeQueuePin(voice, chat);
  const link = makeLinkPin(voice, chat);
  const bar = makePersonBar(voice, chat);
  const composer = makeComposer(voice, chat, drafts, talk.toEnd);
  let about: About | undefined;
  let shownFace = "";
  let lostSince = 0;
  let announced = 0;
  let ending = false; // the visitor asked for the end

  const typing = h("span");
  const announcer = h("span.sr");
  const end = h("div", { hidden: true });
  talk.box.append(end);
  const foot = h("div.foot", composer.box, bar.box);
  const who = h("div.who-is");
  const menu = h("div.menu", { id: "menu", hidden: true });
  const menuButton = h(
    "button.button.quiet.icon-only",
    { type: "button", "aria-expanded": "false", "aria-controls": "menu", onclick: () => openMenu(!!menu.hidden) },
    icon("menu"),
    hidden(words.more),
  );
  const switcher = h("button.button.quiet", { type: "button", lang: english ? "es" : "en", onclick: actions.switchLanguage }, english ? "Espa\u00f1ol" : "English");
  const closer = h("button.button.quiet.icon-only", { type: "button", onclick: actions.close }, icon("close"), hidden(words.close));
  const box = h(
    "section.panel",
    { role: "dialog", "aria-labelledby": "name", lang: voice.language, tabindex: -1, hidden: true, onkeydown: key, onclick: aside },
    h("div.head", who, switcher, menuButton, closer, menu),
    queue.box,
    link.box,
    talk.box,
    talk.news,
    h("p.status", { role: "status" }, typing, announcer),
    foot,
  );

  function hear(change: Change): void {
    const { kind } = change;
    if (kind === "event") talk.append(change.event, change.late);
    if (kind === "pending") talk.refresh();
    if (kind === "settled") talk.settle();
    if (kind === "typing") types();
    if (kind === "phase") phase();
    if (kind === "status") {
      if (chat.status.kind !== "open") lostSince ||= Date.now();
      else {
        if (!link.box.hidden) announce(words.back);
        lostSince = 0;
      }
    }
    tick();
  }

  // tick brings up to date what depends on the time; once a second while it is open.
  function tick(): void {
    const now = Date.now();
    const { status } = chat;
    const lost = status.kind === "ended" || (lostSince && status.kind !== "idle" && now - lostSince >= patience);
    link.show(lost ? status : undefined, now);
    const hours = about?.hours ?? "";
    const news = queue.show(now, hours);
    if (news && now - announced >= announceEvery) announce(news);
    bar.show(hours);
  }

  function announce(text: string): void {
    announced = Date.now();
    announcer.textContent = text;
  }

  function phase(): void {
    const person = chat.phase === "agent";
    const name = person ? chat.agent || words.person : voice.name;
    if (shownFace !== chat.phase + name) {
      shownFace = chat.phase + name;
      const role = h("p", { class: person && "is-person" }, person ? words.person : words.computer);
      replace(who, person ? face(name) : mark(), h("div", h("h2", { id: "name" }, name), role));
    }
    composer.name();
    const over = chat.phase === "closed";
    if (over !== end.hidden) return;
    foot.hidden = over;
    end.hidden = !over;
    replace(end, over && makeEnded(voice, chat, { save, ...actions }));
    if (over) talk.toEnd();
    if (over && ending) end.querySelector("h3")?.focus();
    ending = false;
  }

  function types(): void {
    const name = chat.typing === "agent" ? first(chat.agent) || words.person : voice.name;
    typing.textContent = chat.typing ? say(words.typing, { name }) : "";
  }

  function openMenu(open: boolean): void {
    menu.hidden = !open;
    menuButton.setAttribute("aria-expanded", open + "");
    if (!open) return;
    const item = (text: string, act: () => void) => {
      const press = () => {
        openMenu(false);
        menuButton.focus();
        act();
      };
      return button(text, press, "quiet");
    };
    const said = chat.log.length > 0;
    replace(
      menu,
      said && item(words.save, save),
      said && chat.phase !== "closed" && item(words.end, finish),
      item(words.startOver, actions.startOver),
      item(words.clear, actions.clear),
    );
    menu.querySelector("button")?.focus();
  }

  function aside(event: Event): void {
    const path = event.composedPath();
    if (!menu.hidden && !path.includes(menu) && !path.includes(menuButton)) openMenu(false);
  }

  function finish(): void {
    ending = true;
    chat.send({ type: "end" });
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    if (menu.hidden) return actions.close();
    openMenu(false);
    menuButton.focus();
  }

  function save(): void {
    const href = URL.createObjectURL(new Blob([describe(chat.log, voice)], { type: "text/plain;charset=utf-8" }));
    h("a", { href, download: "chat.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }

  if ("ResizeObserver" in window) new ResizeObserver(talk.resized).observe(talk.box);
  phase();
  types();

  return {
    box,
    composer,
    switcher,
    hear,
    tick,
    settle: talk.settle,
    tell(news: About): void {
      about = news;
      talk.suggest(news.suggestions);
      tick();
    },
  };
}
