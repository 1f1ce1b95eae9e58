import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import { waitingWords, usualLimits } from "./waiting";
import { belongs, titleOf } from "./words";

interface Props {
  row: Row;
  skew: () => number; // the server's clock minus this one, in milliseconds
  accept: (conversation: string) => void;
  pass: (conversation: string) => void;
}

// Offer is a chat that the desk offers to this agent for a short time. When it runs
// out, the chat is offered to somebody else.
export function Offer({ row, skew, accept, pass }: Props) {
  const left = useSignal(0);
  const whole = useRef(0);
  const until = row.offer_until ?? 0;
  useEffect(() => {
    const count = () => (left.value = Math.max(0, Math.ceil((until - Date.now() - skew()) / 1000)));
    count();
    whole.current = Math.max(1, left.peek());
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [row.conversation, until]);
  const waited = Date.now() + skew() - row.waiting_since;
  return (
    <section class="offer" aria-labelledby="offer-h">
      <div class="row">
        <h2 id="offer-h">Offered to you</h2>
        <span class="push strong" role="timer">
          {left.value} s left
        </span>
      </div>
      <progress max={whole.current} value={left.value} aria-hidden="true" />
      <p class="sr" role="alert">
        {left.value > 5 ? `A chat is offered to you: ${titleOf(row)}` : left.value > 0 ? "The offer ends in 5 seconds" : ""}
      </p>
      <p>
        <strong lang={row.language || undefined}>{titleOf(row)}</strong>
        <br />
        <span class="fine">
          {belongs(row)} {"\u00b7"} waiting {waitingWords(waited, usualLimits)}
        </span>
      </p>
      <div class="row">
        <button class="button primary" type="button" onClick={() => accept(row.conversation)}>
          Accept <kbd>A</kbd>
        </button>
        <button class="button" type="button" onClick={() => pass(row.conversation)}>
          Pass
        </button>
      </div>
    </section>
  );
}
