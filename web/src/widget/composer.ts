import type { Choice } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Chat } from "./chat";
import { button, h, replace } from "./element";
import { face, icon } from "./icon";
import { first, options } from "./message";
import { findNumbers, isSecret, without } from "./numbers";
import type { Voice } from "./voice";
import { Word } from "./words/word";

const enum Limit {
  longest = 4000, // characters of a message
  pause = 200, // ms without a key, then questions are suggested
}

// Where the visitor writes. The draft stays through reloads of this tab, unless it
// holds a number that should not lie anywhere. A number is asked about once.
export function makeComposer({ say }: Voice, chat: Chat, drafts: Shelf, suggest: (text: string) => Promise<Choice[]>, sent: () => void) {
  const warning = h("div");
  const offers = h("div.offers");
  let wait = 0;
  const text = h("textarea.input", { rows: 1, maxlength: Limit.longest, "aria-label": say(Word.message), onkeydown: key, oninput: changed });
  const sendButton = h("button.button.primary", icon("send"), h("span", say(Word.send)));
  const box = h("div", warning, offers, h("form.composer", { onsubmit: submit }, text, sendButton));
  text.value = drafts.get("draft") ?? "";

  function key(event: KeyboardEvent): void {
    if (event.key === "Escape" && offers.firstChild) {
      event.stopPropagation();
      offer("");
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    submit(event);
  }

  function changed(): void {
    const draft = text.value;
    warn();
    grow();
    offer(draft);
    if (draft) chat.writes();
    if (draft && !findNumbers(draft).length) drafts.put("draft", draft);
    else drafts.remove("draft");
  }

  // offer suggests published questions that go on from the draft.
  function offer(draft: string): void {
    clearTimeout(wait);
    replace(offers);
    if (chat.phase !== "bot" || draft.trim().length < 4 || findNumbers(draft).length) return;
    wait = window.setTimeout(async () => {
      const found = await suggest(draft);
      if (text.value === draft && found.length) replace(offers, options(found, chat, say(Word.offers), "", false, taken));
    }, Limit.pause);
  }

  function taken(): void {
    put("");
    text.focus();
    sent();
  }

  // grow gives the field the height of its text, up to a few lines.
  function grow(): void {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 2 + "px";
  }

  function submit(event: Event): void {
    event.preventDefault();
    const message = text.value.trim();
    if (!message) return;
    const person = chat.phase === "agent";
    const found = findNumbers(message).filter((f) => isSecret(f.kind) || !person);
    const worst = found.find((f) => isSecret(f.kind)) ?? found[0];
    if (!worst) return send(message);
    const secret = isSecret(worst.kind);
    const clean = button(say(Word.without), () => send(without(message, found, say(Word.removed))), "primary");
    warn(
      h("p", h("strong", say({ ssn: Word.isSsn, card: Word.isCard, receipt: Word.isReceipt, anumber: Word.isANumber }[worst.kind])), " ", secret ? say(Word.neverSend) : say(Word.personCan)),
      h("div.row", clean, button(secret ? say(Word.notNumber) : say(Word.seal), () => send(message), secret ? "quiet" : "")),
      !secret && h("p.fine", say(Word.sealed)),
    );
    clean.focus();
  }

  // warn shows a question above the field and takes Send away; without parts it
  // takes the question away.
  function warn(...parts: (Node | false)[]): void {
    const asks = parts.length > 0;
    replace(warning, asks && h("div.notice", { role: "alert" }, icon("lock"), h("div.stack", parts)));
    sendButton.hidden = asks;
  }

  function send(message: string): void {
    chat.send({ type: "say", text: message }, message);
    taken();
  }

  function put(draft: string): void {
    text.value = draft;
    changed();
  }

  // name says in the empty field whom the words are for.
  function name(): void {
    text.placeholder = chat.phase === "agent" && chat.agent ? say(Word.reply, { name: first(chat.agent) }) : say(Word.question);
  }

  return { box, text, grow, name, put };
}

// The way to a person: always at the foot, always with the hours.
export function makePersonBar({ say }: Voice, chat: Chat, person: () => void) {
  const box = h("div");
  let shown = "";

  function show(hours: string): void {
    const { phase, agent } = chat;
    const next = phase + agent + hours;
    if (next === shown) return;
    shown = next;
    const end = () => chat.send({ type: "end" });
    replace(
      box,
      phase === "waiting"
        ? h("p.person-bar", icon("person"), h("span.fine", say(Word.inLine)))
        : phase === "agent"
          ? h("div.person-bar", face(agent, "small"), h("span.fine", agent), button(say(Word.end), end, "quiet"))
          : h("button.person-bar", { type: "button", onclick: person }, icon("person"), h("span", h("b", say(Word.talk)), " ", h("span.fine", hours))),
    );
  }
  return { box, show };
}
