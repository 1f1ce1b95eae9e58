import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Row } from "../shared/protocol";
import { Icon } from "../staff/icon";
import { leads } from "../staff/session";
import { CaseBox } from "./casebox";
import type { Case, Casework } from "./casework";
import { Composer } from "./composer";
import type { Desk } from "./desk";
import type { Field } from "./draft";
import { Log } from "./log";
import type { Place } from "./place";
import { writePlace } from "./place";
import type { SavedReplies } from "./saved";
import { viewerWords } from "./viewers";
import { arrivedAt, type Talk } from "./talk";
import { span, usualLimits, waitingWords } from "./waiting";
import { belongs, titleOf } from "./words";

interface Props {
  desk: Desk;
  now: ReadonlySignal<number>;
  place: Place;
  field: Signal<Field>;
  saved: SavedReplies;
  casework: Casework;
  foundCase: (c: Case) => void;
  // taking is set while a claim is under way; lost says why the last one failed.
  taking: ReadonlySignal<boolean>;
  lost: ReadonlySignal<string>;
  take: () => void;
  giveBack: () => void;
}

export function Thread(props: Props) {
  const { desk, place } = props;
  const conversation = place.conversation;
  if (!conversation) {
    return (
      <section class="pane thread" aria-label="Chat">
        {place.case && <CaseBox key={place.case} desk={desk} casework={props.casework} reference={place.case} now={props.now.value} found={props.foundCase} />}
        <p class="nothing middle">No chat is open. Choose one in the lists.</p>
      </section>
    );
  }
  const talk = desk.talk(conversation).value;
  const row = talk.row ?? desk.waiting.value.find((r) => r.conversation === conversation) ?? desk.mine.value.find((r) => r.conversation === conversation);
  if (talk.problem) {
    return (
      <section class="pane thread" aria-labelledby="chat-h">
        <div class="middle stack">
          <h2 id="chat-h">This chat cannot be shown</h2>
          <p>{talk.problem}</p>
          <p>
            <a class="button" href="/console">
              Back to the lists
            </a>
          </p>
        </div>
      </section>
    );
  }
  return (
    <section class="pane thread" aria-labelledby="chat-h">
      <Head {...props} talk={talk} row={row} />
      <Log key={conversation} desk={desk} conversation={conversation} talk={talk} row={row} now={props.now} />
      <Foot {...props} row={row} />
    </section>
  );
}

// mineNow says whether this agent has it. Display names are unique.
function mineNow(desk: Desk, row: Row | undefined): boolean {
  return row?.state === "agent" && row.agent === desk.staff.name;
}

function Head({ desk, now, place, talk, row, take, taking, giveBack }: Props & { talk: Talk; row: Row | undefined }) {
  const mine = mineNow(desk, row);
  const sheet = (name: "transfer" | "close") => writePlace({ ...place, pane: "chat", sheet: name });
  return (
    <div class="thread-head">
      <div class="thread-name">
        <h2 id="chat-h" lang={row?.language || undefined}>
          {row ? titleOf(row) : "Chat"}
        </h2>
        {row && (
          <p class="fine">
            {belongs(row)} {"\u00b7"} {whereNow(row, mine, talk, now.value)}
          </p>
        )}
      </div>
      <div class="row push">
        <a class="button only-mid" href={writePlace({ ...place, pane: place.pane === "details" ? "chat" : "details", sheet: "" })}>
          <Icon name="info" />
          Details
        </a>
        {row && leads(desk.staff) && (row.state === "waiting" || (row.state === "agent" && !mine)) && (
          <a class="button" href={writePlace({ ...place, pane: "chat", sheet: "supervise" })} aria-haspopup="dialog">
            Supervise
          </a>
        )}
        {row?.state === "waiting" && (
          <button class="button primary" type="button" onClick={take} aria-disabled={taking.value}>
            {taking.value ? "Taking\u2026" : "Take this chat"} <kbd>A</kbd>
          </button>
        )}
        {mine && (
          <>
            <a class="button" href={sheet("transfer")} aria-haspopup="dialog">
              <Icon name="transfer" />
              Transfer
            </a>
            <button class="button" type="button" onClick={giveBack}>
              Back to Emma
            </button>
            <a class="button" href={sheet("close")} aria-haspopup="dialog">
              Close <kbd>E</kbd>
            </a>
          </>
        )}
      </div>
    </div>
  );
}

function whereNow(row: Row, mine: boolean, talk: Talk, now: number): string {
  switch (row.state) {
    case "waiting":
      return now - row.waiting_since < 60_000 ? "came just now" : `waits ${waitingWords(now - row.waiting_since, usualLimits)}`;
    case "agent": {
      const since = arrivedAt(talk.events);
      const who = mine ? "you" : (row.agent ?? "an agent");
      return since && now - since >= 60_000 ? `with ${who} for ${span(now - since)}` : `with ${who}`;
    }
    case "bot":
      return "with Emma";
    case "closed":
      return "closed";
  }
}

function Foot({ desk, now, place, field, saved, casework, foundCase, row, lost, giveBack }: Props & { row: Row | undefined }) {
  if (!row) return null;
  const mine = mineNow(desk, row);
  const draft = desk.drafts.with.value.has(place.conversation) && desk.drafts.get(place.conversation, "reply") !== "";
  const others = viewerWords(desk.viewers.of.value.get(place.conversation) ?? []);
  return (
    <>
      <div role="status">
        {others && (
          <p class="slip others">
            <Icon name="info" />
            {others}
          </p>
        )}
      </div>
      {lost.value && (
        <div class="notice lamp slip" role="alert">
          <Icon name="info" />
          <p>{lost.value}</p>
        </div>
      )}
      {row.state === "agent" && !mine && !lost.value && (
        <div class="notice slip" role="status">
          <Icon name="info" />
          <p>
            <strong>{row.agent ?? "Another agent"}</strong> has this chat. You can read it and leave a private note.
          </p>
        </div>
      )}
      {row.state === "closed" && (
        <div class="notice slip" role="status">
          <Icon name="check" />
          <p>
            This chat is closed. <a href="/console">Back to the lists</a>
          </p>
        </div>
      )}
      {row.state === "waiting" && (
        <p class="fine slip">
          Take this chat to answer. <button class="linklike" type="button" onClick={giveBack}>Give it back to Emma</button>
        </p>
      )}
      {!mine && draft && <p class="fine slip">Your reply draft for this chat is kept on this device.</p>}
      {place.case && <CaseBox key={place.case} desk={desk} casework={casework} reference={place.case} now={now.value} found={foundCase} />}
      <Composer desk={desk} conversation={place.conversation} field={field} mayReply={mine} row={row} saved={saved} />
    </>
  );
}
