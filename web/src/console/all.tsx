import { useEffect, useMemo } from "preact/hooks";
import type { Api } from "../staff/api";
import { Archive, type Found } from "./archive";
import type { Narrowed } from "./place";
import { isNarrowed } from "./place";
import { age } from "./waiting";
import { belongs, stateWords, titleOf } from "./words";

interface Props {
  api: Api;
  narrowed: Narrowed;
  open: string;
  now: number;
  href: (conversation: string) => string;
}

// All lists every conversation there is, changed last first.
export function All({ api, narrowed, open, now, href }: Props) {
  const archive = useMemo(() => new Archive(api), [api]);
  const { text, state, team, tier, language, reason } = narrowed;
  useEffect(() => void archive.ask(narrowed), [text, state, team, tier, language, reason]);
  const { rows, next, busy, problem } = archive.listing.value;
  return (
    <section aria-labelledby="all-h">
      <div class="row list-h">
        <h2 id="all-h">
          All chats <span class="muted">{rows.length > 0 ? `${rows.length}${next ? "+" : ""}` : ""}</span>
        </h2>
        <button class="button quiet push" type="button" onClick={() => void archive.ask(narrowed)}>
          Refresh
        </button>
      </div>
      <div role="status">
        {problem && <p class="nothing">{problem}</p>}
        {!problem && rows.length === 0 && <p class="nothing">{busy ? "Loading\u2026" : next ? "Nothing found in the newest chats." : isNarrowed(narrowed) ? "Nothing fits. Try fewer filters." : "There are no chats yet."}</p>}
      </div>
      <ul role="list" class="chats">
        {rows.map((row) => (
          <Line key={row.conversation} row={row} open={row.conversation === open} now={now} href={href} />
        ))}
      </ul>
      {next && (
        <p class="nothing">
          <button class="button" type="button" aria-disabled={busy} onClick={() => void archive.more()}>
            {busy ? "Loading\u2026" : text ? "Search in older chats" : "Show older chats"}
          </button>
        </p>
      )}
    </section>
  );
}

export function Line({ row, open, now, href }: { row: Found; open: boolean; now: number; href: (conversation: string) => string }) {
  return (
    <li>
      <a href={href(row.conversation)} aria-current={open ? "true" : undefined} data-conversation={row.conversation}>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <span class="when">{age(now - row.changed_at)}</span>
        <span class="last">
          {stateWords(row)}
          {row.team ? ` \u00b7 ${belongs(row)}` : ""}
        </span>
      </a>
    </li>
  );
}
