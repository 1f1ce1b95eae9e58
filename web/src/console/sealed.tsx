import { useSignal } from "@preact/signals";
import type { Sealed } from "../shared/protocol";
import { Icon } from "../staff/icon";
import type { Desk } from "./desk";
import type { Talk } from "./talk";
import { kindWords } from "./unsealed";

interface Props {
  desk: Desk;
  conversation: string;
  talk: Talk;
  allowed: boolean; // this agent may open them
}

// Numbers are the sealed numbers of a conversation. Who opens one is written down.
export function Numbers({ desk, conversation, talk, allowed }: Props) {
  const all = talk.events.flatMap((e) => (e.type === "message" ? (e.sealed ?? []).map((mark) => ({ mark, seq: e.seq })) : []));
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="num-h">
      <h2 id="num-h">Sealed numbers</h2>
      {all.map(({ mark, seq }) => (
        <Number key={`${seq}.${mark.number}`} desk={desk} conversation={conversation} seq={seq} mark={mark} allowed={allowed} />
      ))}
      {!allowed && <p class="fine">Only the agent who has the chat, and supervisors, may open them.</p>}
    </section>
  );
}

function Number({ desk, conversation, seq, mark, allowed }: { desk: Desk; conversation: string; seq: number; mark: Sealed; allowed: boolean }) {
  const busy = useSignal(false);
  const problem = useSignal("");
  const value = desk.unsealed.of(conversation, seq, mark.number);

  async function reveal() {
    if (busy.value) return;
    busy.value = true;
    const outcome = await desk.move({ type: "reveal", conversation, seq, number: mark.number });
    busy.value = false;
    problem.value = outcome.ok ? "" : outcome.text;
  }

  return (
    <div class="seal">
      <p class="fine">{kindWords(mark.kind)}</p>
      <p class="mono" role="status">
        {value ?? "\u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022"}
      </p>
      {value === undefined && allowed && (
        <button class="button" type="button" onClick={() => void reveal()} aria-disabled={busy.value}>
          <Icon name="lock" />
          {busy.value ? "Opening\u2026" : "Reveal (logged)"}
          <span class="sr"> {kindWords(mark.kind)}</span>
        </button>
      )}
      {problem.value && <p class="field-error">{problem}</p>}
    </div>
  );
}
