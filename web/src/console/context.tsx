import type { ReadonlySignal } from "@preact/signals";
import type { Api } from "../staff/api";
import { editsKnowledge, leads } from "../staff/session";
import { CasesOf } from "./caseof";
import { Considered } from "./considered";
import type { Desk } from "./desk";
import { Articles, SAID, type Known } from "./known";
import { writePlace, type Place } from "./place";
import { lastDecision, lastSaid } from "./talk";
import { Numbers } from "./sealed";
import { Visitor } from "./visitor";
import { reasonWords } from "./words";

interface Props {
  desk: Desk;
  api: Api;
  now: ReadonlySignal<number>;
  place: Place;
  insert: (text: string) => void;
  first: (known: Known | undefined) => void;
  href: (conversation: string) => string;
}

export function Context({ desk, api, now, place, insert, first, href }: Props) {
  const talk = place.conversation ? desk.talk(place.conversation).value : undefined;
  const row = talk?.row;
  if (!talk || !row) {
    return (
      <section class="pane context" aria-label="Details of this chat">
        <p class="nothing">{place.conversation && !talk?.problem ? "Loading\u2026" : "Details of the open chat appear here."}</p>
      </section>
    );
  }
  const reason = row.reason ? reasonWords(row.reason) : undefined;
  const message = lastDecision(talk.events);
  const opinions = talk.events.filter((e) => e.type === "rating" || e.type === "feedback");
  const said = lastSaid(talk.events, SAID);
  const mine = row.state === "agent" && row.agent === desk.staff.name;
  return (
    <section class="pane context" aria-label="Details of this chat">
      <a class="button only-mid" href={writePlace({ ...place, pane: "chat", sheet: "" })}>
        Close details
      </a>
      <section aria-labelledby="why-h">
        <h2 id="why-h">Why this came to the line</h2>
        {reason ? (
          <>
            <p>
              <span class="badge accent">{reason.badge}</span>
            </p>
            {reason.more && <p class="fine">{reason.more}</p>}
          </>
        ) : (
          <p class="fine">It is with Emma and was never in the line.</p>
        )}
      </section>
      <Numbers desk={desk} conversation={row.conversation} talk={talk} allowed={mine || leads(desk.staff)} />
      <Articles key={row.conversation} api={api} row={row} said={said} mayReply={mine} insert={insert} first={first} />
      <CasesOf
        talk={talk}
        mayOpen={mine || row.state !== "agent"}
        href={(reference) => writePlace({ ...place, case: reference, pane: "chat", sheet: "" })}
        request={writePlace({ ...place, sheet: "request" })}
      />
      <Considered api={api} message={message} language={row.language || "en"} links={editsKnowledge(desk.staff)} />
      <Visitor api={api} row={row} who={talk.visitor} now={now.value} href={href} />
      {opinions.length > 0 && (
        <section aria-labelledby="op-h">
          <h2 id="op-h">What the visitor thinks</h2>
          {opinions.map((e) => (
            <p key={e.seq} class="fine">
              {e.type === "rating" ? `${e.stars} of 5` : e.helpful ? "An answer was helpful" : "An answer was not helpful"}
              {e.comment && (
                <>
                  {": "}
                  <q lang={row.language || undefined}>{e.comment}</q>
                </>
              )}
            </p>
          ))}
        </section>
      )}
    </section>
  );
}
