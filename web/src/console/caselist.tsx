import { useEffect } from "preact/hooks";
import { asCaseReference, kindName, spoken, stateName, type Case, type Casework } from "./casework";
import type { Desk } from "./desk";
import { plain } from "./list";
import type { ListName, Narrowed } from "./place";
import { span } from "./waiting";
import { teamName } from "./words";

interface Props {
  desk: Desk;
  casework: Casework;
  list: ListName; // messages or requests
  narrowed: Narrowed;
  open: string; // reference
  now: number;
  href: (found: Case) => string;
}

// fits says whether a case belongs into a narrowed list.
function fits(found: Case, list: ListName, to: Narrowed): boolean {
  const text = plain(to.text);
  return (
    (found.kind === "service_request") === (list === "requests") &&
    (!to.team || found.team === to.team) &&
    (!to.tier || String(found.tier) === to.tier) &&
    (!to.language || found.language === to.language) &&
    (!text || plain(`${found.text} ${found.name ?? ""}`).includes(text) || found.reference === asCaseReference(to.text))
  );
}

// CaseList lists what is to be done after the chat, what is due first on top.
export function CaseList({ desk, casework, list, narrowed, open, now, href }: Props) {
  const counts = desk.cases.value;
  useEffect(() => void casework.load(), [counts]);
  const cases = casework.cases.value.filter((c) => fits(c, list, narrowed));
  const problem = casework.problem.value;
  return (
    <section aria-labelledby="case-h">
      <h2 class="list-h" id="case-h">
        {list === "messages" ? "Messages and calls" : "Service requests"} <span class="muted">{cases.length || ""}</span>
      </h2>
      <div role="status">
        {problem && <p class="nothing">{problem}</p>}
        {!problem && cases.length === 0 && <p class="nothing">{casework.loaded.value ? "Nothing is open here." : "Loading\u2026"}</p>}
      </div>
      <ul role="list" class="chats waiting">
        {cases.map((c) => (
          <li key={c.reference} class={c.ageing}>
            <a href={href(c)} aria-current={c.reference === open ? "true" : undefined} data-conversation={c.conversation}>
              <strong lang={c.language || undefined}>{c.text || kindName(c.kind)}</strong>
              <span class="when">{dueWords(c, now)}</span>
              <span class="last">
                {spoken(c.reference)} {"\u00b7"} {c.kind === "call_back" ? "Call back \u00b7 " : ""}
                {teamName(c.team)} {"\u00b7"} {c.assignee_name ? c.assignee_name : stateName(c.state).toLowerCase()}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

// dueWords is "in 3 h, soon" or "2 h, late".
export function dueWords(found: Case, now: number): string {
  const left = found.due - now;
  if (found.ageing === "done") return "done";
  if (left <= 0) return `${span(-left)}, late`;
  return found.ageing === "soon" ? `in ${span(left)}, soon` : `in ${span(left)}`;
}
