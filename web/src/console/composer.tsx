import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../staff/icon";
import type { Desk } from "./desk";
import type { Field } from "./draft";

const LONGEST = 4000;
const WARN_FROM = 3500;

interface Props {
  desk: Desk;
  conversation: string;
  field: Signal<Field>;
  mayReply: boolean;
}

// Composer holds two boxes that share nothing: a reply and a private note, each
// with its own field, draft, colour, sentence and button. Who may not reply opens the
// note by a button, so that the conversation keeps the room.
export function Composer({ desk, conversation, field, mayReply }: Props) {
  if (!mayReply && field.value === "reply" && desk.drafts.get(conversation, "note") === "") {
    return (
      <p class="slip">
        <button class="button" type="button" onClick={() => open(field, "note")}>
          <Icon name="note" />
          Write a private note <kbd>N</kbd>
        </button>
      </p>
    );
  }
  const which: Field = mayReply ? field.value : "note";
  return (
    <>
      {mayReply && <Box key={`${conversation}.reply`} desk={desk} conversation={conversation} field={field} which="reply" shown={which === "reply"} choice />}
      <Box key={`${conversation}.note`} desk={desk} conversation={conversation} field={field} which="note" shown={which === "note"} choice={mayReply} />
    </>
  );
}

interface BoxProps {
  desk: Desk;
  conversation: string;
  field: Signal<Field>;
  which: Field;
  shown: boolean;
  choice: boolean; // the other box can be chosen
}

function Box({ desk, conversation, field, which, shown, choice }: BoxProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const length = useSignal(0);
  const kept = useSignal(false);
  const note = which === "note";

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.value = desk.drafts.get(conversation, which);
    length.value = element.value.length;
    kept.value = element.value !== "";
    // A draft may come back into the field while it is on the screen.
    return desk.drafts.changed.subscribe((name) => {
      if (name !== `${conversation}.${which}` || document.activeElement === element) return;
      element.value = desk.drafts.get(conversation, which);
      length.value = element.value.length;
    });
  }, []);

  function input() {
    const text = area.current?.value ?? "";
    length.value = text.length;
    desk.drafts.put(conversation, which, text);
    kept.value = text !== "";
    if (!note && text) desk.typing(conversation);
  }

  const tooLong = length.value > LONGEST;
  const nothing = length.value === 0;

  function send(event?: Event) {
    event?.preventDefault();
    const element = area.current;
    const text = element?.value.trim() ?? "";
    if (!element || !text || text.length > LONGEST) return element?.focus();
    desk.write(note ? "note" : "say", conversation, text);
    element.value = "";
    input();
    element.focus();
  }

  function key(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
    if (event.key === "Escape") area.current?.blur();
  }

  const id = note ? "note" : "reply";
  return (
    <form class={note ? "box private" : "box reply"} hidden={!shown} onSubmit={send} aria-label={note ? "Private note" : "Reply to the visitor"}>
      <div class="row">
        {choice ? (
          <fieldset>
            <legend class="sr">Who reads this</legend>
            <div class="segments">
              {(["reply", "note"] as const).map((option) => (
                <label key={option}>
                  <input type="radio" name={`to-${which}`} value={option} checked={option === which} onChange={(e) => choose(e.currentTarget, field, which)} />
                  <span>
                    <Icon name={option} />
                    {option === "reply" ? "Reply" : "Private note"}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ) : (
          <p>
            <strong>Private note</strong>
          </p>
        )}
        <p class="who-reads push">
          {note ? "Only " : "The "}
          <strong>{note ? "staff" : "visitor"}</strong>
          {note ? " read this" : " reads this"}
        </p>
      </div>
      <label class="sr" for={id}>
        {note ? "Private note, only staff read this" : "Reply to the visitor"}
      </label>
      <textarea class="input" id={id} ref={area} rows={3} onInput={input} onKeyDown={key} aria-invalid={tooLong} aria-describedby={`${id}-state`} />
      <div class="row">
        <span class={tooLong ? "fine field-error" : "fine"} id={`${id}-state`}>
          {stateWords(length.value, kept.value, desk.drafts.durable.value, note && choice)}
        </span>
        <button class={note ? "button push" : "button primary push"} type="submit" aria-disabled={nothing || tooLong}>
          {note ? <Icon name="note" /> : null}
          {note ? "Save private note" : "Send to visitor"} <kbd>Ctrl {"\u21b5"}</kbd>
        </button>
      </div>
    </form>
  );
}

// choose shows the other box and puts the cursor there; the text stays where it is.
// Each box has radios of its own, which go back to naming that box.
function choose(radio: HTMLInputElement, field: Signal<Field>, own: Field) {
  const to: Field = radio.value === "note" ? "note" : "reply";
  for (const other of radio.form?.querySelectorAll<HTMLInputElement>("input[type=radio]") ?? []) other.checked = other.value === own;
  open(field, to);
}

export function open(field: Signal<Field>, which: Field) {
  field.value = which;
  requestAnimationFrame(() => document.getElementById(which)?.focus());
}

function stateWords(length: number, kept: boolean, durable: boolean, apart: boolean): string {
  if (length > LONGEST) return `${length - LONGEST} characters too many. Send it in two parts.`;
  if (length > WARN_FROM) return `${LONGEST - length} characters left`;
  if (kept && !durable) return "This browser keeps no drafts. Send before you reload.";
  if (kept) return "Draft kept";
  return apart ? "Your reply draft is kept apart" : "";
}
