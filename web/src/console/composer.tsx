import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../staff/count";
import { Icon } from "../staff/icon";
import type { Desk } from "./desk";
import type { Field } from "./draft";
import type { Row } from "../shared/protocol";
import { Picker } from "./picker";
import { matching, slash, type Saved, type SavedReplies } from "./saved";

const LONGEST = 4000;
const WARN_FROM = 3500;

interface Props {
  desk: Desk;
  conversation: string;
  field: Signal<Field>;
  mayReply: boolean;
  row: Row | undefined;
  saved: SavedReplies;
}

// Composer holds two boxes that share nothing: a reply and a private note, each
// with its own field, draft, colour, sentence and button. Who may not reply opens the
// note by a button, so that the conversation keeps the room.
export function Composer({ desk, conversation, field, mayReply, row, saved }: Props) {
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
  const both = { desk, conversation, field, row, saved };
  return (
    <>
      {mayReply && <Box key={`${conversation}.reply`} {...both} which="reply" shown={which === "reply"} choice />}
      <Box key={`${conversation}.note`} {...both} which="note" shown={which === "note"} choice={mayReply} />
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
  row: Row | undefined;
  saved: SavedReplies;
}

function Box({ desk, conversation, field, which, shown, choice, row, saved }: BoxProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const length = useSignal(0);
  const kept = useSignal(false);
  const note = which === "note";
  const typed = useSignal<{ from: number; word: string } | undefined>(undefined);
  const marked = useSignal(0);
  const found = typed.value ? matching(saved.list.value, typed.value.word, row?.language ?? "") : [];

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.value = desk.drafts.get(conversation, which);
    length.value = element.value.length;
    kept.value = element.value !== "";
    // A draft may come back into the field while it is on the screen.
    return desk.drafts.changed.subscribe((name) => {
      if (name !== `${conversation}.${which}`) return;
      element.value = desk.drafts.get(conversation, which);
      length.value = element.value.length;
      kept.value = true;
    });
  }, []);

  function input() {
    const text = area.current?.value ?? "";
    length.value = text.length;
    desk.drafts.put(conversation, which, text);
    kept.value = text !== "";
    look();
    if (!note && text) desk.typing(conversation);
  }

  // look opens the saved replies while "/" and a word stand before the cursor.
  function look() {
    const element = area.current;
    const before = element && !note ? slash(element.value, element.selectionStart) : undefined;
    if (before) saved.need();
    if (before?.word !== typed.peek()?.word) marked.value = 0;
    typed.value = before;
  }

  function insert(reply: Saved) {
    const element = area.current;
    const at = typed.peek();
    if (!element || !at) return;
    element.setRangeText(saved.filled(reply, row, desk.staff.name), at.from, element.selectionStart, "end");
    element.focus();
    input();
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

  // pickedBy moves in the open list of saved replies; it reports whether the key was for it.
  function pickedBy(event: KeyboardEvent): boolean {
    if (!typed.peek()) return false;
    const reply = found[marked.peek()];
    if (event.key === "Escape") typed.value = undefined;
    else if (event.key === "ArrowDown" && found.length > 0) marked.value = (marked.peek() + 1) % found.length;
    else if (event.key === "ArrowUp" && found.length > 0) marked.value = (marked.peek() + found.length - 1) % found.length;
    else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey && reply) insert(reply);
    else return false;
    event.preventDefault();
    return true;
  }

  function key(event: KeyboardEvent) {
    if (pickedBy(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
    if (event.key === "Escape") area.current?.blur();
  }

  const id = note ? "note" : "reply";
  const list = typed.value ? `${id}-saved` : undefined;
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
      {typed.value && <Picker id={`${id}-saved`} saved={saved} found={found} at={marked.value} row={row} agent={desk.staff.name} pick={insert} />}
      <textarea
        class="input"
        id={id}
        ref={area}
        rows={3}
        onInput={input}
        onKeyDown={key}
        onClick={look}
        onBlur={() => (typed.value = undefined)}
        aria-invalid={tooLong}
        aria-describedby={`${id}-state`}
        aria-autocomplete={note ? undefined : "list"}
        aria-controls={found.length > 0 ? list : undefined}
        aria-activedescendant={found.length > 0 ? `${id}-saved-${marked.value}` : undefined}
      />
      <div class="row">
        {!note && (
          <button class="button quiet" type="button" onClick={() => begin(area.current, input)}>
            Saved replies <kbd>/</kbd>
          </button>
        )}
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

// begin types the slash that opens the saved replies.
function begin(area: HTMLTextAreaElement | null, input: () => void) {
  if (!area) return;
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  area.setRangeText(before === "" || /\s$/.test(before) ? "/" : " /", area.selectionStart, area.selectionEnd, "end");
  input();
}

const TRIES = 40;
const PAUSE = 25;

// open shows a box and puts the cursor there, as soon as it is there: after a claim
// the log may be a moment behind the receipt.
export function open(field: Signal<Field>, which: Field) {
  field.value = which;
  let tries = 0;
  const look = () => {
    const area = document.getElementById(which);
    if (area && !area.closest("[hidden]")) area.focus();
    else if (tries++ < TRIES) setTimeout(look, PAUSE);
  };
  requestAnimationFrame(look);
}

function stateWords(length: number, kept: boolean, durable: boolean, apart: boolean): string {
  if (length > LONGEST) return `${count(length - LONGEST, "character")} too many. Send it in two parts.`;
  if (length > WARN_FROM) return `${count(LONGEST - length, "character")} left`;
  if (kept && !durable) return "This browser keeps no drafts. Send before you reload.";
  if (kept) return "Draft kept";
  return apart ? "Your reply draft is kept apart" : "";
}
