import { guessLanguage } from "../shared/language";
import type { Choice, Message, StateChange } from "../shared/protocol";
import { isAddress, render } from "../shared/richtext";
import type { Chat, Pending } from "./chat";
import { add, button, h, hidden, replace, type Child } from "./element";
import { face, icon } from "./icon";
import type { Voice } from "./voice";
import { Word } from "./words/word";

// One entry of the conversation as a list item. Items are made once and only
// changed in place, so that readers hear each of them once.

export function heard(message: Message, voice: Voice, chat: Chat, write: () => void): HTMLLIElement {
  const { say } = voice;
  const text = h("div.rich", { dir: "auto" }, render(message.html, say(Word.newTab)));
  const lang = other(message.text, voice);
  const offer = message.offers?.includes("leave_message") && h("div", button(say(Word.write), write));
  const answer = message.decision?.action === "answer";
  const choices = message.choices && options(message.choices, chat, undefined, lang, !answer);
  if (message.author === "system") return h("li.event", { lang }, h("div.stack", text, choices, offer));
  const person = message.author === "agent";
  const name = person ? message.name || say(Word.person) : voice.name;
  return h(
    "li",
    { class: "msg " + message.author },
    h("p.who", person ? face(name, "small") : voice.mark(), h("b", name), " ", h("span", person ? say(Word.isPerson) : say(Word.isComputer))),
    h("div.say", { lang }, hidden(say(Word.says, { name })), text, sources(message, voice)),
    answer && helpful(message.seq, voice, chat),
    choices,
    offer,
  );
}

function other(text: string, voice: Voice): string | undefined {
  const language = guessLanguage(text);
  return language === voice.language ? undefined : language;
}

// A source on the site that the visitor is on opens in place: the chat goes on there.
function sources({ links, decision }: Message, { say, day }: Voice): Child[] {
  const at = decision?.checked_at;
  const checked = at && say(Word.checked, { day: day(at) });
  return (links ?? [])
    .filter(({ url }) => isAddress(url))
    .map(({ url, title }) => {
      const site = siteOf(url);
      const link =
        site === siteOf(location.href)
          ? h("a", { href: url }, say(Word.openPage), " ", title || url)
          : h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title || url, hidden(" " + say(Word.newTab)), icon("out"));
      return h("p.source", icon("page"), h("span", link, h("br"), h("span.fine", site, !!checked && " \u00b7 " + checked)));
    });
}

const siteOf = (url: string): string => url.replace(/^\w+:\/*(www\.)?|[/?#].*/g, "");

// options are rows to press. Those that answer a question can be used once.
export function options(choices: Choice[], chat: Chat, label?: string, lang?: string, once = false, then?: () => void): HTMLElement {
  return h(
    "ul",
    { class: once ? "options once" : "options", role: "list", lang, "aria-label": label },
    choices.map(({ id, label }) => {
      const person = id === "agent"; // drawn as the way to a person; its meaning is the server's
      const onclick = () => {
        chat.send({ type: "choose", choice: id }, label);
        then?.();
      };
      return h("li", h("button", { type: "button", dir: "auto", class: person && "to-person", onclick }, person && icon("person"), label));
    }),
  );
}

function helpful(seq: number, { say }: Voice, chat: Chat): HTMLElement {
  const group = h("div.helpful", { role: "group", "aria-label": say(Word.helpful), tabindex: -1 });
  const send = (helpful: boolean, comment?: string) => chat.send({ type: "feedback", seq, helpful, comment });
  const done = () => {
    replace(group, say(Word.thanks));
    group.focus(); // the button that had it is gone
  };
  const yes = () => {
    send(true);
    done();
  };
  const no = () => {
    send(false);
    const text = h("input.input", { maxlength: 1000 });
    const onsubmit = (event: Event) => {
      event.preventDefault();
      const comment = text.value.trim();
      if (comment) send(false, comment);
      done();
    };
    const reasons = [Word.why1, Word.why2, Word.why3].map((word) =>
      button(say(word), () => {
        send(false, say(word));
        done();
      }),
    );
    replace(group, h("form.stack", { onsubmit }, reasons, h("label.field", h("span", say(Word.better)), text), h("div", h("button.button", say(Word.send)))));
    group.focus(); // so that all of it is in view
  };
  return add(group, h("span", { "aria-hidden": "true" }, say(Word.helpful)), button(say(Word.yes), yes), button(say(Word.no), no));
}

// change is what a change of state says in the log; nothing for those that Emma or
// the foot of the panel already put into words.
export function change(event: StateChange, before: string, voice: Voice): HTMLLIElement | undefined {
  const { say } = voice;
  const time = voice.time(event.at ?? Date.now());
  const line = (sentence: string) => h("li.event", h("p", sentence));
  if (event.state === "waiting" && event.reason !== "language") {
    return line(before === "agent" ? say(Word.lineAgain) : say(Word.waiting, { time }));
  }
  if (event.state === "agent") {
    const agent = event.agent || say(Word.person);
    return h("li.event.joined", face(agent), h("p", h("strong", say(Word.joined, { agent, time })), " ", say(Word.joinedText, { agent: first(agent) })));
  }
  return event.state === "bot" && before === "agent" ? line(say(Word.returned)) : undefined;
}

export const first = (name: string): string => name.split(" ")[0] ?? name;

// said are the visitor's own words, logged or still under way.
export const said = (text: string, voice: Voice): HTMLLIElement =>
  h("li.msg.visitor", { lang: other(text, voice) }, h("p.words", { dir: "auto" }, hidden(voice.say(Word.youSay) + " "), text));

// mend shows how far the visitor's words have come; undefined is nothing to say.
export function mend(item: HTMLElement, pending: Pending | undefined, logged: boolean, voice: Voice, chat: Chat): void {
  const { language, say } = voice;
  const state = pending?.state ?? (logged ? "stored" : "");
  if (item.dataset.state === state) return;
  item.dataset.state = state;
  const failed = state === "kept" || state === "failed";
  item.classList.toggle("failed", failed);
  while (item.children.length > 1) item.lastElementChild?.remove();
  const note = { stored: say(Word.sent), sending: say(Word.sending), kept: say(Word.unsent), failed: say(Word.refused), "": "" }[state];
  const id = pending?.entry.id ?? "";
  add(
    item,
    !!note && h("p.sent", { lang: item.lang && language }, icon(state === "stored" ? "check" : "clock"), note),
    failed && h("div.row", { lang: item.lang && language }, button(say(Word.again), () => chat.again(id)), button(say(Word.remove), () => chat.drop(id), "quiet")),
  );
}
