import type { Shelf } from "../shared/shelf";
import type { Chat } from "./chat";
import { button, h, replace } from "./element";
import { face, icon } from "./icon";
import { first } from "./message";
import { findNumbers, isSecret, without } from "./numbers";
import type { Voice } from "./voice";

const longest = 4000; // characters of a message

// Where the visitor writes. The draft stays through reloads of this tab, unless it
// holds a number that should not lie anywhere. A number is asked about once.
export function makeComposer({ words, say }: Voice, chat: Chat, drafts: Shelf, sent: () => void) {
  const warning = h("div");
  const text = h("textarea.input", { rows: 1, maxlength: longest, "aria-label": words.message, onkeydown: key, oninput: changed });
  const sendButton = h("button.button.primary", icon("send"), h("span", words.send));
  const onsubmit = (event: Event) => {
    event.preventDefault();
    submit();
  };
  const box = h("div", warning, h("form.composer", { onsubmit }, text, sendButton));
  text.value = drafts.get("draft") ?? "";

  function key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  }

  function changed(): void {
    const draft = text.value;
    warn();
    grow();
    if (draft) chat.writes();
    if (draft && !findNumbers(draft).length) drafts.put("draft", draft);
    else drafts.remove("draft");
  }

  // grow gives the field the height of its text, up to a few lines.
  function grow(): void {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 2 + "px";
  }

  function submit(): void {
    const message = text.value.trim();
    if (!message) return;
    const person = chat.phase === "agent";
    const found = findNumbers(message).filter((f) => isSecret(f.kind) || !person);
    const worst = found.find((f) => isSecret(f.kind)) ?? found[0];
    if (!worst) return send(message);
    const secret = isSecret(worst.kind);
    const clean = button(words.without, () => send(without(message, found, words.removed)), "primary");
    warn(
      h("p", h("strong", words.numberIs[worst.kind]), " ", secret ? words.neverSend : say(words.personCan)),
      h("div.row", clean, button(secret ? words.notNumber : words.seal, () => send(message), secret ? "quiet" : "")),
      !secret && h("p.fine", words.sealed),
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
    clear();
    text.focus();
    sent();
  }

  function clear(): void {
    text.value = "";
    changed();
  }

  // name says in the empty field whom the words are for.
  function name(): void {
    text.placeholder = chat.phase === "agent" && chat.agent ? say(words.reply, { name: first(chat.agent) }) : words.question;
  }

  return { box, text, grow, name, clear };
}

// The way to a person: always at the foot, always with the hours.
export function makePersonBar({ words }: Voice, chat: Chat) {
  const box = h("div");
  let shown = "";

  function show(hours: string): void {
    const { phase, agent } = chat;
    const next = phase + agent + hours;
    if (next === shown) return;
    shown = next;
    const end = () => chat.send({ type: "end" });
    const onclick = () => chat.send({ type: "agent" }, words.talk);
    replace(
      box,
      phase === "waiting"
        ? h("p.person-bar", icon("person"), h("span", words.inLine))
        : phase === "agent"
          ? h("div.person-bar", face(agent, "small"), h("span", words.more4you), button(words.end, end, "quiet"))
          : h("button.person-bar", { type: "button", onclick }, icon("person"), h("b", words.talk), " ", h("span", hours)),
    );
  }
  return { box, show };
}
