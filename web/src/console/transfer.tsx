import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import { Dialog } from "../staff/dialog";
import { Icon } from "../staff/icon";
import type { Move, Outcome } from "./desk";
import { teamCodes, teamName } from "./words";

type Kind = "tier" | "team" | "agent";

interface Props {
  row: Row;
  move: (move: Move) => Promise<Outcome>;
  leave: () => void;
  note: string; // what was written here before
  keepNote: (text: string) => void;
}

export function Transfer({ row, move, leave, note, keepNote }: Props) {
  const other = row.tier === 2 ? 1 : 2;
  const kind = useSignal<Kind>("tier");
  const team = useSignal(teamCodes.find((code) => code !== row.team) ?? "general");
  const failure = useSignal("");
  const busy = useSignal(false);
  const agent = useRef<HTMLInputElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const goal = { tier: `Tier ${other}`, team: teamName(team.value), agent: "this agent" }[kind.value];

  async function submit(event: Event) {
    event.preventDefault();
    if (busy.value) return;
    const name = agent.current?.value.trim() ?? "";
    if (kind.value === "agent" && !name) {
      failure.value = "Type the agent's name.";
      agent.current?.focus();
      return;
    }
    const text = words.current?.value.trim() ?? "";
    busy.value = true;
    failure.value = "";
    const outcome = await move({ type: "transfer", conversation: row.conversation, ...target(kind.value, other, team.value, name), note: kind.value === "agent" ? `For ${name}. ${text}`.trim() : text });
    busy.value = false;
    if (outcome.ok) {
      keepNote("");
      leave();
    } else failure.value = outcome.text;
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

  return (
    <Dialog labelledby="tr-h" leave={leave}>
      <form class="stack" onSubmit={submit}>
        <h2 id="tr-h">Transfer this chat</h2>
        <fieldset class="stack">
          <legend class="legend">To</legend>
          {pick("tier", other === 2 ? "Tier 2, senior agents" : "Tier 1", "The same team. The visitor keeps the place in line.")}
          {pick("team", "Another team", "The line of that team. The visitor keeps the place in line.")}
          {kind.value === "team" && (
            <label key="team" class="field">
              <span class="legend">Team</span>
              <select class="input" value={team.value} onChange={(e) => (team.value = e.currentTarget.value)}>
                {teamCodes
                  .filter((code) => code !== row.team)
                  .map((code) => (
                    <option key={code} value={code}>
                      {teamName(code)}
                    </option>
                  ))}
              </select>
            </label>
          )}
          {pick("agent", "One agent", "Back to the line with the agent's name in the note. Others may still take it.")}
          {kind.value === "agent" && (
            <label key="agent" class="field">
              <span class="legend">Name of the agent</span>
              <input class="input" ref={agent} maxLength={60} autocomplete="off" />
            </label>
          )}
        </fieldset>
        <div key="note" class="field">
          <label for="tr-note">Private note for whoever takes it</label>
          <p class="fine" id="tr-hint">
            The visitor does not see this. Say what was done, so that nothing is asked twice.
          </p>
          <textarea class="input" id="tr-note" rows={3} maxLength={3900} ref={words} defaultValue={note} onInput={(e) => keepNote(e.currentTarget.value)} aria-describedby="tr-hint" />
        </div>
        {failure.value && (
          <div key="failure" class="notice danger" role="alert">
            <Icon name="alert" />
            <p>{failure}</p>
          </div>
        )}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled={busy.value}>
            {busy.value ? "Transferring\u2026" : `Transfer to ${goal}`}
          </button>
          <button class="button" type="button" onClick={leave}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function target(kind: Kind, tier: number, team: string, agent: string): { tier?: number; team?: string; agent?: string } {
  if (kind === "tier") return { tier };
  return kind === "team" ? { team } : { agent };
}
