import type { ReadonlySignal } from "@preact/signals";
import { Meter, percent } from "../staff/icon";
import { editsKnowledge } from "../staff/session";
import type { Desk } from "./desk";
import { writePlace, type Place } from "./place";
import { lastDecision } from "./talk";
import { span } from "./waiting";
import { languageName, pagePath, reasonWords, teamName } from "./words";

interface Props {
  desk: Desk;
  now: ReadonlySignal<number>;
  place: Place;
}

export function Context({ desk, now, place }: Props) {
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
  const candidates = message?.decision?.candidates ?? [];
  const opinions = talk.events.filter((e) => e.type === "rating" || e.type === "feedback");
  const knows = editsKnowledge(desk.staff);
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
      <section aria-labelledby="cand-h">
        <h2 id="cand-h">What Emma considered</h2>
        {candidates.length > 0 ? (
          <table>
            <caption class="sr">Emma's candidates with confidence</caption>
            <tbody>
              {candidates.map((candidate, i) => (
                <tr key={candidate.article}>
                  <th scope="row">{knows ? <a href={`/editor/articles/${encodeURIComponent(candidate.article)}`}>{candidate.article}</a> : candidate.article}</th>
                  <td>
                    <Meter share={candidate.confidence} strong={i === 0} />
                  </td>
                  <td class="r">{percent(candidate.confidence)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p class="fine">No article: she did not search for the last words.</p>
        )}
        {message?.decision?.signals && message.decision.signals.length > 0 && <p class="fine">Rules: {message.decision.signals.map((s) => s.replace(/_/g, " ")).join(", ")}</p>}
      </section>
      <section aria-labelledby="vis-h">
        <h2 id="vis-h">Visitor</h2>
        <dl class="facts">
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
              <dd>{ago(now.value - row.waiting_since)}</dd>
            </>
          )}
        </dl>
      </section>
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

function ago(ms: number): string {
  const words = span(ms);
  return words === "now" ? "just now" : `${words} ago`;
}
