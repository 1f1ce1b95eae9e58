import type { Choice } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Change, Chat } from "./chat";
import { makeComposer, makePersonBar } from "./composer";
import { add, button, h, hidden, replace } from "./element";
import { makeEnded } from "./ended";
import { makeForm } from "./form";
import { face, icon } from "./icon";
import { first } from "./message";
import { makeForgetPin, makeLinkPin, makeQueuePin } from "./pin";
import { makeTalk } from "./talk";
import type { Voice } from "./voice";
import { Word } from "./words/word";

// What the server says about itself in one language (GET /api/widget).
export interface About {
  suggestions: Choice[];
  open: boolean;
  hours: string;
}

export interface Actions {
  save(): void; // a copy of what was said
  close(): void;
  switchLanguage(): void;
  startOver(): void;
  clear(): void;
  suggest(text: string): Promise<Choice[]>;
  stay(): void; // somebody is still at the shared computer
  left(): number; // seconds until it forgets; NaN when it is not shared
  shared(): boolean; // is this a shared computer?
  share(): void; // says the opposite
  rings(): boolean; // does a new message make a sound?
  ring(): void; // says the opposite
}

const enum Ms {
  patience = 2_000, // without connection before it is said
  announceEvery = 60_000,
}

export type Panel = ReturnType<typeof makePanel>;

// The panel in one language: head, pins, log, status, foot. Switching the language
// makes a new one.
export function makePanel(voice: Voice, chat: Chat, drafts: Shelf, actions: Actions) {
  const { say } = voice;
  const talk = makeTalk(voice, chat, write);
  const queue = makeQueuePin(voice, chat, write);
  const link = makeLinkPin(voice, chat);
  const forget = makeForgetPin(voice, actions.stay);
  const bar = makePersonBar(voice, chat, person);
  const composer = makeComposer(voice, chat, drafts, actions.suggest, talk.toEnd);
  let form: HTMLElement | undefined; // in the place of the log
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
    hidden(say(Word.more)),
  );
  const switcher = h("button.button.quiet", { type: "button", lang: voice.next, onclick: actions.switchLanguage }, voice.nextName);
  const closer = h("button.button.quiet.icon-only.closer", { type: "button", onclick: actions.close }, icon("close"), hidden(say(Word.close)));
  const box = h(
    "section.panel",
    { role: "dialog", "aria-labelledby": "name", lang: voice.language, dir: say(Word.dir), tabindex: -1, hidden: true, onkeydown: key, onclick: aside },
    h("div.head", who, switcher, menuButton, closer, menu),
    queue.box,
    link.box,
    forget.box,
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
        if (!link.box.hidden) announce(say(Word.back));
        lostSince = 0;
      }
    }
    tick();
  }

  // tick brings up to date what depends on the time; once a second while it is open.
  function tick(): void {
    forget.show(actions.left());
    const now = Date.now();
    const { status } = chat;
    const lost = status.kind === "ended" || (lostSince && status.kind !== "idle" && now - lostSince >= Ms.patience);
    link.show(lost ? status : undefined, now);
    const hours = about?.hours ?? "";
    const news = queue.show(now, hours);
    if (news && now - announced >= Ms.announceEvery) announce(news);
    bar.show(hours);
  }

  // person asks for one, or for a message when nobody is there.
  function person(): void {
    if (about?.open === false) write();
    else chat.send({ type: "agent" }, say(Word.talk));
  }

  function write(): void {
    form?.remove();
    form = makeForm(voice, chat, about?.open !== false, about?.hours ?? "", composer.text.value, back);
    talk.box.before(form);
    talk.box.hidden = foot.hidden = true;
    form.querySelector("h3")?.focus();
  }

  // back returns to the log; a message that was not sent stays as the draft.
  function back(sent: boolean): void {
    if (!form) return;
    composer.put(sent ? "" : form.querySelector("textarea")!.value);
    form.remove();
    form = undefined;
    talk.box.hidden = foot.hidden = false;
    talk.toEnd();
    composer.text.focus();
  }

  function announce(text: string): void {
    announced = Date.now();
    announcer.textContent = text;
  }

  function phase(): void {
    const human = chat.phase === "agent";
    const name = human ? chat.agent || say(Word.person) : voice.name;
    if (shownFace !== chat.phase + name) {
      shownFace = chat.phase + name;
      const role = h("p", { class: human && "is-person" }, human ? say(Word.person) : say(Word.computer));
      replace(who, human ? face(name) : voice.mark(), h("div", h("h2", { id: "name" }, name), role));
    }
    composer.name();
    const over = chat.phase === "closed";
    if (over || human) back(false);
    if (over !== end.hidden) return;
    foot.hidden = over;
    end.hidden = !over;
    replace(end, over && makeEnded(voice, chat, actions));
    if (over) talk.toEnd();
    if (over && ending) end.querySelector("h3")?.focus();
    ending = false;
  }

  function types(): void {
    const name = chat.typing === "agent" ? first(chat.agent) || say(Word.person) : voice.name;
    typing.textContent = chat.typing ? say(Word.typing, { name }) : "";
  }

  function openMenu(open: boolean): void {
    menu.hidden = !open;
    menuButton.setAttribute("aria-expanded", open + "");
    if (!open) return;
    const item = (text: string, act: () => void, on?: boolean) => {
      const press = () => {
        openMenu(false);
        menuButton.focus();
        act();
      };
      return add(button((on ? "\u2713 " : "") + text, press, "quiet"), { "aria-pressed": on?.toString() });
    };
    const said = chat.log.length > 0;
    replace(
      menu,
      said && item(say(Word.save), actions.save),
      said && chat.phase !== "closed" && item(say(Word.end), finish),
      item(say(Word.startOver), actions.startOver),
      item(say(Word.sound), actions.ring, actions.rings()),
      item(say(Word.sharedMode), actions.share, actions.shared()),
      item(say(Word.clear), actions.clear),
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

  if ("ResizeObserver" in window) new ResizeObserver(talk.resized).observe(talk.box);
  phase();
  types();
  tick();

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
