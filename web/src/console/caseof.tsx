import { Icon } from "../staff/icon";
import { kindName, marks, spoken, stateName } from "./casework";
import type { Talk } from "./talk";

interface Props {
  talk: Talk;
  mayOpen: boolean;
  href: (reference: string) => string;
  request: string; // address of the dialog
}

// CasesOf are the cases that began in the open conversation.
export function CasesOf({ talk, mayOpen, href, request }: Props) {
  const found = marks(talk.events);
  if (found.length === 0 && !mayOpen) return null;
  return (
    <section aria-labelledby="cs-h">
      <h2 id="cs-h">Messages and requests</h2>
      {found.map((mark) => (
        <p key={mark.reference}>
          <a href={href(mark.reference)}>
            {kindName(mark.kind)} {spoken(mark.reference)}
          </a>{" "}
          <span class="fine">{stateName(mark.state).toLowerCase()}</span>
        </p>
      ))}
      {mayOpen && (
        <p>
          <a class="button" href={request} aria-haspopup="dialog">
            <Icon name="plus" />
            Open a service request
          </a>
        </p>
      )}
    </section>
  );
}
