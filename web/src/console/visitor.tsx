import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Row, SiteVisitor } from "../shared/protocol";
import type { Api } from "../staff/api";
import { readPage, type Found } from "./archive";
import { Line } from "./all";
import { referenceOf } from "./saved";
import { age } from "./waiting";
import { languageName, pagePath, teamName } from "./words";

interface Props {
  api: Api;
  row: Row;
  who: SiteVisitor | undefined;
  now: number;
  href: (conversation: string) => string;
}

// Visitor is what is known of who writes: never more than the conversation holds.
export function Visitor({ api, row, who, now, href }: Props) {
  const earlier = useSignal<readonly Found[]>([]);
  useEffect(() => {
    let here = true;
    earlier.value = [];
    readPage(api, `thread=${row.conversation}`)
      .then(({ rows }) => {
        if (here) earlier.value = rows.filter((r) => r.conversation !== row.conversation);
      })
      .catch(() => {}); // the rest of the pane is of use without it
    return () => void (here = false);
  }, [row.conversation]);
  return (
    <>
      <section aria-labelledby="vis-h">
        <h2 id="vis-h">Visitor</h2>
        <dl class="facts">
          {who && (
            <>
              <dt>Name</dt>
              <dd>
                {who.name || who.id || "not given"}{" "}
                <span class={who.verified ? "badge good" : "badge"}>{who.verified ? "Verified by the site" : "Not verified"}</span>
              </dd>
              {who.email && <dt>Email</dt>}
              {who.email && <dd>{who.email}</dd>}
              {Object.entries(who.attributes ?? {}).map(([name, value]) => (
                <>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </>
          )}
          <dt>Page</dt>
          <dd>{row.page ? pagePath(row.page) : "not known"}</dd>
          <dt>Language</dt>
          <dd>{languageName(row.language)}</dd>
          <dt>Team</dt>
          <dd>
            {teamName(row.team)}
            {row.tier ? `, Tier ${row.tier}` : ""}
          </dd>
          {row.waiting_since > 0 && (
            <>
              <dt>Came</dt>
              <dd>{ago(now - row.waiting_since)}</dd>
            </>
          )}
          <dt>Reference</dt>
          <dd class="mono">{referenceOf(row.conversation)}</dd>
        </dl>
      </section>
      {earlier.value.length > 0 && (
        <section aria-labelledby="ear-h" class="earlier">
          <h2 id="ear-h">Earlier chats of this visitor</h2>
          <ul role="list" class="chats">
            {earlier.value.map((found) => (
              <Line key={found.conversation} row={found} open={false} now={now} href={href} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function ago(ms: number): string {
  const words = age(ms);
  return words === "now" ? "just now" : `${words} ago`;
}
