import type { Brief, LogEvent, Message, StateChange } from "../shared/protocol";
import { percent } from "../staff/count";
import { Face, Icon, Mark } from "../staff/icon";
import { Prose } from "../staff/prose";
import type { Parcel } from "./parcel";
import { kindWords } from "./unsealed";
import { actionWords, reasonWords, teamName, timeWords } from "./words";

interface Props {
  event: LogEvent;
  me: string; // display name, which is unique
  now: number;
  lang: string; // of the conversation
  read: boolean; // the visitor has seen it and nothing of mine after it
}

// Entry is one event of the log as staff see it.
export function Entry({ event, me, now, lang, read }: Props) {
  switch (event.type) {
    case "message":
      if (event.author === "system") return <Happened text={event.text} lang={lang} />;
      return <Said message={event} me={me} now={now} lang={lang} read={read} />;
    case "state":
      return <Happened text={changeWords(event, me)} />;
    case "note":
    case "whisper":
      return (
        <li class="msg note">
          <p class="who">
            <Icon name="note" />
            <b>{event.type === "whisper" ? "Whisper" : "Private note"}</b> by {event.name === me ? "you" : event.name}, only staff see this <time>{timeWords(event.at, now)}</time>
          </p>
          {event.brief ? <Briefed brief={event.brief} /> : <p class="plain">{event.text}</p>}
        </li>
      );
    case "feedback":
      return <Happened text={`Visitor: this answer was ${event.helpful ? "" : "not "}helpful.`} said={event.comment} lang={lang} />;
    case "reveal":
      return <Happened text={`${event.name === me ? "You" : event.name} opened a sealed number: ${kindWords(event.kind).toLowerCase()}.`} />;
    case "rating":
      return <Happened text={`Visitor gave ${event.stars} of 5.`} said={event.comment} lang={lang} />;
    default:
      return null;
  }
}

// Briefed is what an agent wrote down for the second tier.
function Briefed({ brief }: { brief: Brief }) {
  const parts: [string, string | undefined][] = [
    ["Question", brief.question],
    ["Tried", brief.tried],
    ["Facts", brief.facts],
    ["Wanted", brief.wanted],
  ];
  return (
    <dl class="facts">
      {parts.map(
        ([name, text]) =>
          text && (
            <>
              <dt>{name}</dt>
              <dd class="plain">{text}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function Happened({ text, said, lang }: { text: string; said?: string | undefined; lang?: string }) {
  return (
    <li class="event">
      <p lang={said ? undefined : lang || undefined}>
        {text}
        {said && <q lang={lang || undefined}>{said}</q>}
      </p>
    </li>
  );
}

function Said({ message, me, now, lang, read }: { message: Message; me: string; now: number; lang: string; read: boolean }) {
  const mine = message.author === "agent" && message.name === me;
  const time = <time>{timeWords(message.at, now)}</time>;
  return (
    <li class={`msg ${message.author}`}>
      <p class="who">
        {message.author === "visitor" && <b>Visitor</b>}
        {message.author === "emma" && (
          <>
            <Mark />
            <b>Emma</b> computer
          </>
        )}
        {message.author === "agent" && (
          <>
            <Face name={message.name ?? ""} small />
            <b>{mine ? "You" : message.name}</b>
          </>
        )}{" "}
        {time}
      </p>
      <Prose html={message.html} lang={message.author === "agent" ? "" : lang} />
      {message.choices && message.choices.length > 0 && (
        <p class="fine">
          Offered: <span lang={lang || undefined}>{message.choices.map((c) => c.label).join(" \u00b7 ")}</span>
        </p>
      )}
      {message.decision && <p class="fine">{decisionWords(message)}</p>}
      {read && <p class="fine seen">Read</p>}
    </li>
  );
}

function decisionWords({ decision }: Message): string {
  if (!decision) return "";
  const why = decision.reason ? ` because: ${reasonWords(decision.reason).short}` : "";
  const from = decision.article ? ` from ${decision.article}, ${percent(decision.confidence)}` : "";
  return `Emma ${actionWords(decision.action)}${from}${why}`;
}

// changeWords tells a change of state in a sentence.
export function changeWords(change: StateChange, me: string): string {
  const who = change.agent === me ? "You" : change.agent || "An agent";
  switch (change.state) {
    case "agent":
      return `${who} joined. Emma is silent.`;
    case "waiting": {
      const team = change.team ? ` of ${teamName(change.team)}` : "";
      if (change.reason === "transferred") return `${who} transferred this chat to the line${team}.`;
      if (!change.reason) return `In the line${team}.`;
      return `In the line${team}, because ${reasonWords(change.reason).because}.`;
    }
    case "bot":
      return change.reason === "cancelled" ? "The visitor left the line. Emma answers again." : "Back with Emma. She answers again.";
    case "closed": {
      const more = change as StateChange & { disposition?: string; tags?: string[] };
      const details = [dispositionWords(more.disposition ?? ""), ...(more.tags ?? [])].filter(Boolean).join(", ");
      return details ? `Closed: ${details}.` : "Closed.";
    }
  }
}

export const dispositions: readonly { code: string; words: string }[] = [
  { code: "answered", words: "Answered" },
  { code: "referred", words: "Sent to another office" },
  { code: "left", words: "Visitor left" },
  { code: "off_topic", words: "Not our topic" },
  { code: "abuse", words: "Spam or abuse" },
];

function dispositionWords(code: string): string {
  return dispositions.find((d) => d.code === code)?.words.toLowerCase() ?? code;
}

interface OnItsWay {
  parcel: Parcel;
  me: string;
  offline: boolean;
  again: () => void;
  edit: () => void;
}

// Pending is what I wrote and what the log does not hold yet.
export function Pending({ parcel, me, offline, again, edit }: OnItsWay) {
  const failed = parcel.state === "failed";
  return (
    <li class={`msg ${parcel.kind === "note" ? "note" : "agent"} ${failed ? "failed" : "pending"}`}>
      <p class="who">
        {parcel.kind === "note" ? <Icon name="note" /> : <Face name={me} small />}
        <b>{parcel.kind === "note" ? "Private note" : "You"}</b>
      </p>
      <p class="plain">{parcel.text}</p>
      {failed ? (
        <div class="row not-sent" role="alert">
          <p>
            <strong>Not sent.</strong> {parcel.problem} Your words are kept on this device.
          </p>
          <button class="button" type="button" onClick={again}>
            Send again
          </button>
          <button class="button quiet" type="button" onClick={edit}>
            Back to the field
          </button>
        </div>
      ) : (
        <p class="fine">{parcel.state === "stored" ? "Sent" : offline ? "Not sent yet. Kept on this device." : "Sending\u2026"}</p>
      )}
    </li>
  );
}
