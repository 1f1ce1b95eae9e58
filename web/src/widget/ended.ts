import type { Chat } from "./chat";
import { button, h, hidden, replace } from "./element";
import type { Voice } from "./voice";
import { Word } from "./words/word";

// What is there after the end: a copy, a rating that blocks nothing, a new start.
export function makeEnded(voice: Voice, chat: Chat, actions: { save(): void; startOver(): void; clear(): void }): HTMLElement {
  const { say } = voice;
  return h(
    "section.ended",
    { "aria-labelledby": "emma-ended" },
    h("h3", { id: "emma-ended", tabindex: -1 }, say(Word.endedTitle)),
    h("div.row", button(say(Word.startOver), actions.startOver, "primary"), button(say(Word.save), actions.save)),
    makeRating(voice, chat),
    button(say(Word.clear), actions.clear, "quiet"),
  );
}

function makeRating({ say }: Voice, chat: Chat): HTMLElement {
  const result = h("output");
  let stars = 0;
  const labels = [Word.stars1, Word.stars2, Word.stars3, Word.stars4, Word.stars5].map((name, i) => {
    const word = say(name);
    const onchange = () => {
      stars = i + 1;
      labels.forEach((label, j) => label.classList.toggle("on", j <= i));
      result.textContent = stars + "/5, " + word;
    };
    return h("label", h("input", { type: "radio", name: "stars", required: true, onchange }), h("span", { "aria-hidden": "true" }, "\u2605"), hidden(i + 1 + ", " + word));
  });
  const text = h("textarea.input", { rows: 2, maxlength: 2000 });
  const onsubmit = (event: Event) => {
    event.preventDefault();
    chat.send({ type: "rate", stars, comment: text.value.trim() || undefined });
    const thanks = h("p", { tabindex: -1 }, say(Word.thanks));
    replace(form, thanks);
    thanks.focus();
  };
  const form = h(
    "form.stack",
    { onsubmit },
    h("fieldset", h("legend", say(Word.rate)), h("div.stars", labels, result)),
    h("label.field", h("span", say(Word.better)), text),
    h("div", h("button.button", say(Word.send))),
  );
  return form;
}
