import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Colleague, Row } from "../shared/protocol";
import { count } from "../staff/count";
import { Dialog } from "../staff/dialog";
import { Icon } from "../staff/icon";
import type { Move, Outcome } from "./moves";
import { stateWords, titleOf } from "./words";

interface Props {
  row: Row;
  agents: readonly Colleague[];
  move: (move: Move) => Promise<Outcome>;
  leave: () => void;
}

const priorities: readonly (readonly [number, string])[] = [
  [-1, "Later: as if it had come 5 minutes later"],
  [0, "Usual"],
  [1, "Sooner: as if it had waited 5 minutes more"],
  [2, "Much sooner: 10 minutes more"],
  [3, "Urgent: 15 minutes more"],
];

// Supervise is what a supervisor may do with somebody's chat.
export function Supervise({ row, agents, move, leave }: Props) {
  const failure = useSignal("");
  const done = useSignal("");
  const word = useRef<HTMLTextAreaElement>(null);
  const who = useRef<HTMLSelectElement>(null);
  const { conversation } = row;
  const others = agents.filter((a) => a.name !== row.agent);

  async function run(step: Move, after: string) {
    failure.value = done.value = "";
    const outcome = await move(step);
    if (outcome.ok) done.value = after;
    else failure.value = outcome.text;
    return outcome.ok;
  }
  async function whisper(event: Event) {
    event.preventDefault();
    const text = word.current?.value.trim() ?? "";
    if (text && (await run({ type: "whisper", conversation, text }, "The agent has it. The visitor does not see it.")) && word.current) word.current.value = "";
  }
  return (
    <Dialog labelledby="su-h" leave={leave}>
      <h2 id="su-h">Supervise: {titleOf(row)}</h2>
      <p class="fine">{stateWords(row)}</p>
      {row.state === "agent" && (
        <form class="stack" onSubmit={whisper}>
          <label class="field">
            <span class="legend">Whisper to {row.agent}</span>
            <textarea class="input" ref={word} rows={2} maxLength={4000} />
          </label>
          <div class="row">
            <button class="button" type="submit">
              <Icon name="note" />
              Whisper
            </button>
          </div>
        </form>
      )}
      {row.state === "waiting" && (
        <label class="field">
          <span class="legend">Priority</span>
          <select class="input" value={String(row.priority ?? 0)} onChange={(e) => void run({ type: "priority", conversation, priority: Number(e.currentTarget.value) }, "The place in line has changed.")}>
            {priorities.map(([value, words]) => (
              <option key={value} value={String(value)}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="field">
        <label for="su-agent">Give it to another agent</label>
        <div class="row">
          <select class="input grow" id="su-agent" ref={who}>
            {others.map((a) => (
              <option key={a.id} value={a.id}>
                {a.name}: {a.load} of {count(a.capacity, "chat")}{a.status === "away" ? ", away" : ""}
              </option>
            ))}
          </select>
          <button class="button" type="button" disabled={others.length === 0} onClick={() => void run({ type: "assign", conversation, agent: who.current?.value ?? "" }, "The agent has it now.")}>
            Assign
          </button>
        </div>
        {others.length === 0 && <p class="fine">No other agent is here.</p>}
      </div>
      <div role="status">
        {failure.value && <p class="field-error">{failure}</p>}
        {done.value && <p class="fine">{done}</p>}
      </div>
      <div class="row">
        <button class="button primary" type="button" onClick={() => void run({ type: "takeover", conversation }, "").then((ok) => ok && leave())}>
          Take it over
        </button>
        <button class="button" type="button" onClick={leave}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
