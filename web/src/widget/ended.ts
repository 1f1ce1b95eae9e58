import type { Chat } from "./chat";
import { button, h, hidden, replace } from "./element";
import { icon } from "./icon";
import type { Voice } from "./voice";

// What is there after the end: a copy, a rating that blocks nothing, a new start.
export function makeEnded(voice: Voice, chat: Chat, actions: { save(): void; startOver(): void; clear(): void }): HTMLElement {
  const { words } = voice;
  return h(
    "section.ended",
    { "aria-labelledby": "emma-ended" },
    h("h3", { id: "emma-ended", tabindex: -1 }, words.endedTitle),
    h("div.row", button(words.startNew, actions.startOver, "primary"), button(words.save, actions.save)),
    makeRating(voice, chat),
    h("p.privacy", icon("lock"), h("span", words.shared, " ", h("button.link", { type: "button", onclick: actions.clear }, words.clear))),
  );
}

function makeRating({ words }: Voice, chat: Chat): HTMLElement {
  const result = h("output");
  let stars = 0;
  const labels = words.stars.map((word, i) => {
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
    const thanks = h("p", { tabindex: -1 }, words.thanks);
    replace(form, thanks);
    thanks.focus();
  };
  const form = h(
    "form.stack",
    { onsubmit },
    h("fieldset", h("legend", words.rate), h("div.stars", labels, result)),
    h("label.field", h("span", words.better, " ", words.optional), text),
    h("div", h("button.button", words.send)),
  );
  return form;
}
