import type { ReadonlySignal } from "@preact/signals";
import type { Row } from "../shared/protocol";
import { Icon } from "../staff/icon";
import { seconds } from "./figure";
import type { Desk } from "./desk";
import { viewerWords } from "./viewers";
import { age, urgency, usualLimits, waitingWords } from "./waiting";
import { Windowed } from "./window";
import { belongs, reasonWords, titleOf } from "./words";

interface Props {
  desk: Desk;
  now: ReadonlySignal<number>;
  rows: ReadonlySignal<Rows>;
  open: string;
  narrowed: boolean;
  href: (conversation: string) => string;
  allTeams: boolean;
  setAllTeams: (all: boolean) => void;
}

// Rows are what stands in the live lists, narrowed already.
export interface Rows {
  readonly mine: readonly Row[];
  readonly waiting: readonly Row[];
  readonly hidden: number; // wait for other teams
}

// Live is what an agent works from: their chats, and who waits.
export function Live({ desk, now, rows, open, narrowed, href, allTeams, setAllTeams }: Props) {
  const { mine, waiting, hidden } = rows.value;
  const loaded = desk.everOpen.value;
  return (
    <>
      <section aria-labelledby="mine-h">
        <h2 class="list-h" id="mine-h">
          My chats{" "}
          <span class="muted">
            {loaded ? desk.mine.value.length : ""}
            {loaded && desk.capacity.value ? ` of ${desk.capacity.value}` : ""}
          </span>
        </h2>
        {mine.length > 0 ? (
          <ul role="list" class="chats">
            {mine.map((row) => (
              <Mine key={row.conversation} desk={desk} row={row} open={row.conversation === open} now={now.value} href={href} />
            ))}
          </ul>
        ) : (
          <p class="nothing">{!loaded ? "Loading\u2026" : narrowed ? "None of your chats fits the search." : "You have no chats. Take one that waits."}</p>
        )}
      </section>
      <AfterChat desk={desk} now={now.value} href={href} />
      <section aria-labelledby="wait-h">
        <div class="row list-h">
          <h2 id="wait-h">
            Waiting <span class="muted">{loaded ? waiting.length : ""}</span>
          </h2>
          {desk.staff.teams.length > 0 && (
            <label class="push">
              <span class="sr">Show the line of </span>
              <select class="input team" value={allTeams ? "all" : "mine"} onChange={(e) => setAllTeams(e.currentTarget.value === "all")}>
                <option value="mine">My teams</option>
                <option value="all">All teams</option>
              </select>
            </label>
          )}
        </div>
        {waiting.length > 0 ? (
          <Windowed
            className="waiting"
            count={waiting.length}
            shown={waiting.findIndex((row) => row.conversation === open)}
            row={(i) => {
              const row = waiting[i];
              return row && <Waiting key={row.conversation} desk={desk} row={row} open={row.conversation === open} now={now.value} href={href} at={i + 1} of={waiting.length} />;
            }}
          />
        ) : (
          loaded && <p class="nothing">{narrowed ? "Nobody who waits fits the search." : "Nobody is waiting. New chats appear here."}</p>
        )}
        {hidden > 0 && <p class="nothing">{hidden === 1 ? "1 more waits" : `${hidden} more wait`} for other teams.</p>}
      </section>
    </>
  );
}

// AfterChat is the work after chats that still takes up room.
function AfterChat({ desk, now, href }: { desk: Desk; now: number; href: (conversation: string) => string }) {
  const rows = desk.afterChat.value;
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="after-h">
      <h2 class="list-h" id="after-h">
        After the chat <span class="muted">{rows.length}</span>
      </h2>
      <ul role="list" class="chats">
        {rows.map((row) => (
          <li key={row.conversation} class="after">
            <a href={href(row.conversation)}>
              <strong lang={row.language || undefined}>{titleOf(row)}</strong>
              <span class="when">{seconds(Math.max(0, ((row.after_chat_until ?? 0) - now) / 1000))}</span>
            </a>
            <button class="button quiet" type="button" onClick={() => desk.pass("done", row.conversation)}>
              Done<span class="sr"> with {titleOf(row)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  desk: Desk;
  row: Row;
  open: boolean;
  now: number;
  href: (conversation: string) => string;
}

function Mine({ desk, row, open, now, href }: RowProps) {
  const unsent = desk.outbox.parcels.value.some((p) => p.conversation === row.conversation && p.state === "failed");
  const draft = desk.drafts.with.value.has(row.conversation);
  const seen = viewerWords(desk.viewers.of.value.get(row.conversation) ?? []);
  return (
    <li>
      <a href={href(row.conversation)} aria-current={open ? "true" : undefined} data-conversation={row.conversation}>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <span class="when">{row.waiting_since ? age(now - row.waiting_since) : ""}</span>
        <span class="last">{seen || belongs(row)}</span>
        {(row.unread > 0 || draft || unsent || row.language === "es") && (
          <span class="tags">
            {row.unread > 0 && <span class="badge danger">{row.unread} unread</span>}
            {unsent && <span class="badge danger">Not sent</span>}
            {draft && (
              <span class="badge lamp">
                <Icon name="draft" />
                Draft
              </span>
            )}
            {row.language === "es" && <span class="badge">ES</span>}
          </span>
        )}
      </a>
    </li>
  );
}

function Waiting({ desk, row, open, now, href, at, of }: RowProps & { at: number; of: number }) {
  const waited = now - row.waiting_since;
  const seen = viewerWords(desk.viewers.of.value.get(row.conversation) ?? []);
  return (
    <li class={urgency(waited, usualLimits)} aria-setsize={of} aria-posinset={at}>
      <a href={href(row.conversation)} class={seen ? "taken" : undefined} aria-current={open ? "true" : undefined} data-conversation={row.conversation}>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <span class="when">{waitingWords(waited, usualLimits)}</span>
        <span class="last">
          {seen || (row.offered_to && `Offered to ${row.offered_to}`) || (
            <>
              {belongs(row)} {"\u00b7"} {reasonWords(row.reason).short}
            </>
          )}
        </span>
      </a>
    </li>
  );
}
