import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Colleague, Row } from "../shared/protocol";
import { count } from "../staff/count";
import { Dialog, DialogFoot } from "../staff/dialog";
import type { Move, Outcome } from "./moves";
import { languageName, teams } from "./words";

type Kind = "tier" | "team" | "agent";

interface Props {
  row: Row;
  agents: readonly Colleague[]; // who is here, without oneself
  move: (move: Move) => Promise<Outcome>;
  leave: () => void;
  note: string; // what was written here before
  keepNote: (text: string) => void;
}

// Transfer hands a chat on. To the second tier goes a note in parts, so that nothing
// has to be asked twice.
export function Transfer({ row, agents, move, leave, note, keepNote }: Props) {
  const up = row.tier !== 2;
  const kind = useSignal<Kind>("tier");
  const failure = useSignal("");
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const others = teams.value.filter((team) => team.id !== row.team);
  const escalates = up && kind.value === "tier";

  function step(): Move {
    const given = new FormData(form.current ?? undefined);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const { conversation } = row;
    if (escalates) return { type: "escalate", conversation, question: text("note"), tried: text("tried"), facts: text("facts"), wanted: text("wanted") };
    const to = kind.value === "tier" ? { tier: 1 } : kind.value === "team" ? { team: text("team") } : { agent: text("agent") };
    return { type: "transfer", conversation, ...to, note: text("note") };
  }

  async function submit(event: Event) {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    failure.value = "";
    const outcome = await move(step());
    busy.value = false;
    if (outcome.ok) {
      keepNote("");
      leave();
    } else failure.value = outcome.code === "empty" ? "Write what the question is." : outcome.text;
  }

  const pick = (value: Kind, title: string, hint: string) => (
    <label key={`to-${value}`} class={kind.value === value ? "pick on" : "pick"}>
      <input type="radio" name="target" checked={kind.value === value} onChange={() => (kind.value = value)} />
      <span>
        <strong>{title}</strong>
        <span class="fine">{hint}</span>
      </span>
    </label>
  );
  const part = (name: string, label: string) => (
    <label key={name} class="field">
      <span class="legend">{label}</span>
      <input class="input" name={name} maxLength={1000} autocomplete="off" />
    </label>
  );
  const goal = { tier: up ? "Tier 2" : "Tier 1", team: "this team", agent: "this agent" }[kind.value];
  return (
    <Dialog labelledby="tr-h" leave={leave}>
      <form class="stack" onSubmit={submit} ref={form}>
        <h2 id="tr-h">Transfer this chat</h2>
        <fieldset class="stack">
          <legend class="legend">To</legend>
          {pick("tier", up ? "Tier 2, senior agents" : "Tier 1", "The same team. The visitor keeps the place in line.")}
          {pick("team", "Another team", "The line of that team. The visitor keeps the place in line.")}
          {kind.value === "team" && (
            <label key="team" class="field">
              <span class="legend">Team</span>
              <select class="input" name="team">
                {others.map((team) => (
                  <option key={team.id} value={team.id}>
                    {team.name}
                    {row.language && !team.languages.includes(row.language) && ` (does not answer in ${languageName(row.language)})`}
                  </option>
                ))}
              </select>
            </label>
          )}
          {pick("agent", "One agent", "Offered to somebody who is here and has room.")}
          {kind.value === "agent" && (
            <label key="agent" class="field">
              <span class="legend">Agent</span>
              <select class="input" name="agent">
                {agents.map((a) => (
                  <option key={a.id} value={a.id}>
                    {a.name}: {a.load} of {count(a.capacity, "chat")}{a.status === "away" ? ", away" : ""}
                  </option>
                ))}
              </select>
              {agents.length === 0 && <span class="fine">No other agent is here now.</span>}
            </label>
          )}
        </fieldset>
        <div key="note" class="field">
          <label for="tr-note">{escalates ? "The question" : "Private note for whoever takes it"}</label>
          <p class="fine" id="tr-hint">
            The visitor does not see this. Say what was done, so that nothing is asked twice.
          </p>
          <textarea class="input" id="tr-note" name="note" rows={3} maxLength={3900} defaultValue={note} onInput={(e) => keepNote(e.currentTarget.value)} aria-describedby="tr-hint" />
        </div>
        {escalates && [part("tried", "What was tried"), part("facts", "Facts that are known"), part("wanted", "What the visitor wants")]}
        <DialogFoot failure={failure.value} busy={busy.value ? "Transferring\u2026" : ""} does={`Transfer to ${goal}`} leave={leave} />
      </form>
    </Dialog>
  );
}
