import type { ReadonlySignal } from "@preact/signals";
import type { Row } from "../shared/protocol";
import { Icon } from "../staff/icon";
import type { Desk } from "./desk";
import { span, urgency, usualLimits, waitingWords } from "./waiting";
import { belongs, reasonWords, titleOf } from "./words";

interface Props {
  desk: Desk;
  now: ReadonlySignal<number>;
  rows: ReadonlySignal<{ mine: readonly Row[]; waiting: readonly Row[]; hidden: number }>;
  open: string;
  allTeams: boolean;
  setAllTeams: (all: boolean) => void;
}

export function Lists({ desk, now, rows, open, allTeams, setAllTeams }: Props) {
  const { mine, waiting, hidden } = rows.value;
  const loaded = desk.everOpen.value;
  return (
    <section class="pane lists" aria-label="Lists">
      <section aria-labelledby="mine-h">
        <h2 class="list-h" id="mine-h">
          My chats <span class="muted">{loaded ? mine.length : ""}</span>
        </h2>
        {mine.length > 0 ? (
          <ul role="list" class="chats">
            {mine.map((row) => (
              <Mine key={row.conversation} desk={desk} row={row} open={row.conversation === open} now={now.value} />
            ))}
          </ul>
        ) : (
          <p class="nothing">{loaded ? "You have no chats. Take one that waits." : "Loading\u2026"}</p>
        )}
      </section>
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
          <ul role="list" class="chats waiting">
            {waiting.map((row) => (
              <Waiting key={row.conversation} row={row} open={row.conversation === open} now={now.value} />
            ))}
          </ul>
        ) : (
          loaded && <p class="nothing">Nobody is waiting. New chats appear here.</p>
        )}
        {hidden > 0 && <p class="nothing">{hidden === 1 ? "1 more waits" : `${hidden} more wait`} for other teams.</p>}
      </section>
    </section>
  );
}

const path = (row: Row): string => `/console/c/${row.conversation}`;

function Mine({ desk, row, open, now }: { desk: Desk; row: Row; open: boolean; now: number }) {
  const unsent = desk.outbox.parcels.value.some((p) => p.conversation === row.conversation && p.state === "failed");
  const draft = desk.drafts.with.value.has(row.conversation);
  return (
    <li>
      <a href={path(row)} aria-current={open ? "true" : undefined} data-conversation={row.conversation}>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <span class="when">{row.waiting_since ? span(now - row.waiting_since) : ""}</span>
        <span class="last">{belongs(row)}</span>
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

function Waiting({ row, open, now }: { row: Row; open: boolean; now: number }) {
  const waited = now - row.waiting_since;
  return (
    <li class={urgency(waited, usualLimits)}>
      <a href={path(row)} aria-current={open ? "true" : undefined} data-conversation={row.conversation}>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <span class="when">{waitingWords(waited, usualLimits)}</span>
        <span class="last">
          {belongs(row)} {"\u00b7"} {reasonWords(row.reason).short}
        </span>
      </a>
    </li>
  );
}
