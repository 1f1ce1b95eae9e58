import type { Chat } from "./chat";
import { button, h } from "./element";
import { icon } from "./icon";
import type { Voice } from "./voice";
import { Word } from "./words/word";

// The message form: for when nobody is there, or instead of waiting. What is sent
// goes through the outbox like everything else the visitor says.
export function makeForm({ say }: Voice, chat: Chat, open: boolean, hours: string, draft: string, done: (sent: boolean) => void): HTMLElement {
  const text = h("textarea.input", { rows: 4, maxlength: 4000, required: true });
  const email = h("input.input", { type: "email", autocomplete: "email", maxlength: 254 });
  text.value = draft;
  const onsubmit = (event: Event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (!said) return text.focus();
    chat.send({ type: "leave_message", text: said, email: email.value.trim(), consent: true }, said);
    done(true);
  };
  const wait = () => {
    chat.send({ type: "agent" }, say(Word.talk));
    done(false);
  };
  return h(
    "form.ended.body",
    { onsubmit },
    h("h3", { tabindex: -1 }, say(Word.write)),
    !open && h("div.notice", icon("clock"), h("p", h("strong", say(Word.closedTitle)), h("br"), hours)),
    h("label.field", h("span", say(Word.email)), email),
    h("label.field", h("span", say(Word.message)), text),
    h("label.row", h("input", { type: "checkbox", required: true }), h("span", say(Word.consent))),
    h("div.row", h("button.button.primary", say(Word.send)), chat.phase === "bot" && button(say(Word.waitAnyway), wait), button(say(Word.backTo), () => done(false), "quiet")),
  );
}
