import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { LogEvent, Row } from "../shared/protocol";
import { count } from "../staff/count";
import { Mark } from "../staff/icon";
import type { Desk } from "./desk";
import { Entry, Pending } from "./entry";
import { emmaPart, type EmmaPart, type Talk } from "./talk";
import { reasonWords } from "./words";

interface Props {
  desk: Desk;
  conversation: string;
  talk: Talk;
  row: Row | undefined;
  now: ReadonlySignal<number>;
}

// NEAR is how far from its end, in pixels, the log still counts as read to the end.
const NEAR = 80;

export function Log({ desk, conversation, talk, row, now }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const unseen = useSignal(0);
  const counted = useRef(0);
  const parcels = desk.outbox.of(conversation);
  const part = emmaPart(talk.events);
  const shown = part ? talk.events.slice(part.events.length) : talk.events;
  const total = talk.events.length + parcels.length;

  // Whoever reads the end sees what is new from its first line; whoever has scrolled
  // up stays there and is told.
  useLayoutEffect(() => {
    const log = frame.current;
    if (!log || total === 0) return;
    const fresh = total - counted.current;
    const first = counted.current === 0;
    counted.current = total;
    if (fresh <= 0 && !first) return;
    if (atEnd.current || first) toEnd(log);
    else unseen.value += fresh;
  }, [total]);

  useEffect(() => {
    const log = frame.current;
    if (!log) return;
    const watch = new ResizeObserver(() => {
      if (atEnd.current) toEnd(log);
    });
    watch.observe(log);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const seen = () => {
      if (!document.hidden) desk.read(conversation);
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [talk.seen, talk.open, row?.unread, desk.mine.value]);

  function scrolled() {
    const log = frame.current;
    if (!log) return;
    atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (atEnd.current) unseen.value = 0;
  }

  const lang = row?.language ?? "";
  const readUpTo = lastRead(talk, desk.staff.name);
  const entry = (event: LogEvent) => <Entry key={event.seq} event={event} me={desk.staff.name} now={now.value} lang={lang} read={event.seq === readUpTo} />;
  return (
    <>
      <div class="log" role="log" tabIndex={0} aria-label="Conversation" ref={frame} onScroll={scrolled}>
        {talk.seen === 0 && <p class="event">{talk.open ? "Nothing was said yet." : "Loading\u2026"}</p>}
        {part && <WithEmma part={part}>{part.events.map(entry)}</WithEmma>}
        <ol role="list" class="talk">
          {shown.map(entry)}
          {parcels.map((parcel) => (
            <Pending
              key={parcel.id}
              parcel={parcel}
              me={desk.staff.name}
              offline={desk.line.value.kind !== "open"}
              again={() => desk.writeAgain(parcel.id)}
              edit={() => {
                desk.outbox.discard(parcel.id);
                desk.drafts.putBack(conversation, parcel.kind === "note" ? "note" : "reply", parcel.text);
              }}
            />
          ))}
        </ol>
      </div>
      {unseen.value > 0 && (
        <button
          class="button primary more"
          type="button"
          onClick={() => {
            if (frame.current) toEnd(frame.current);
          }}
        >
          {unseen.value === 1 ? "1 new message" : `${unseen.value} new messages`}
        </button>
      )}
      <p class="typing" role="status">
        {talk.typingUntil > 0 ? "Visitor is typing\u2026" : ""}
      </p>
    </>
  );
}

// toEnd shows the end, or the first line of the newest entry when that is longer than the log.
function toEnd(log: HTMLElement) {
  const entries = log.querySelectorAll<HTMLElement>(".talk > li");
  const newest = entries[entries.length - 1];
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = newest ? Math.min(end, newest.offsetTop - 16) : end;
}

function lastRead(talk: Talk, me: string): number {
  let read = 0;
  for (const event of talk.events) if (event.type === "message" && event.author === "agent" && event.name === me && event.seq <= talk.readTo) read = event.seq;
  return read;
}

function WithEmma({ part, children }: { part: EmmaPart; children: ComponentChildren }) {
  return (
    <details class="emma-part">
      <summary>
        <Mark />
        <span>
          <strong>With Emma:</strong> {count(part.messages, "message")}, {part.minutes} min.
          {part.reason && ` Then handed over because ${reasonWords(part.reason).because}.`}
        </span>
      </summary>
      <ol role="list" class="talk">
        {children}
      </ol>
    </details>
  );
}
