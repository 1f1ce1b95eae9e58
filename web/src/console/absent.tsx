import type { Absence } from "../shared/protocol";
import { Icon } from "../staff/icon";

interface Props {
  absence: Absence | undefined;
  held: number; // chats that the agent has
  back: () => void;
  stay: () => void;
}

const why: Record<Absence, string> = {
  idle: "You were set away: nobody touched this page for a while.",
  missed: "You were set away: an offer to you ran out.",
};

// Absent tells that the desk set this agent away by itself, until they say what holds.
export function Absent({ absence, held, back, stay }: Props) {
  return (
    <div role="alert" class={absence && "strip lamp"}>
      {absence && (
        <>
          <p>
            <Icon name="clock" /> {why[absence]} No new chat is offered to you.{held > 0 && ` You keep your ${held === 1 ? "chat" : `${held} chats`}.`}
          </p>
          <div class="row">
            <button class="button primary" type="button" onClick={back}>
              I am back <kbd>B</kbd>
            </button>
            <button class="button" type="button" onClick={stay}>
              Stay away
            </button>
          </div>
        </>
      )}
    </div>
  );
}
