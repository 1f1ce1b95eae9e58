import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Colleague, Row } from "../shared/protocol";
import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Meter } from "../staff/icon";
import type { Desk } from "./desk";
import type { Report } from "./figure";
import { show } from "./figure";
import { Charts } from "./reports";
import { Table } from "./table";
import { span, urgency, usualLimits, waitingWords } from "./waiting";
import { belongs, teamName, teams, titleOf } from "./words";

interface Props {
  desk: Desk;
  api: Api;
  now: ReadonlySignal<number>;
  lookIn: (conversation: string) => string; // address, silent
  supervise: (conversation: string) => string;
}

const EVERY = 60_000;

// Board is the desk as a supervisor watches it: now from the socket, today from the
// report.
export function Board({ desk, api, now, lookIn, supervise }: Props) {
  const today = useSignal<Report | undefined>(undefined);
  useEffect(() => {
    const load = () => void api.get<Report>("/api/report").then((r) => (today.value = r), () => {});
    load();
    const timer = setInterval(load, EVERY);
    return () => clearInterval(timer);
  }, []);
  const waiting = desk.waiting.value;
  const agents = desk.agents.value;
  const at = now.value;
  const longest = waiting.reduce((most, row) => Math.max(most, at - row.waiting_since), 0);
  const available = agents.filter((a) => a.status === "available");
  const room = available.reduce((sum, a) => sum + Math.max(0, a.capacity - a.load), 0);
  const late = waiting.length > 0 && urgency(longest, usualLimits) === "late";
  return (
    <main class="page wide stack board">
      <div class="row">
        <h1>Board</h1>
        <button class="button push" type="button" onClick={(e) => void e.currentTarget.closest("main")?.requestFullscreen?.()}>
          Full screen
        </button>
      </div>
      <ul role="list" class="tiles">
        <Tile name="Waiting now" figure={String(waiting.length)} means="In line for a person, all teams" />
        <Tile name="Longest wait" figure={waiting.length ? waitingWords(longest, usualLimits) : "nobody waits"} means="Since joining the line" late={late} />
        <Tile name="Agents taking chats" figure={`${available.length} of ${agents.length}`} means={room === 1 ? "Room for 1 more chat" : `Room for ${room} more chats`} />
        <Tile name="Promises kept today" figure={today.value ? show(today.value.all, "kept") : "\u2013"} means="A person came within the longer end of the range that was told" />
      </ul>
      <Lines waiting={waiting} agents={agents} now={at} />
      {today.value && <Charts report={today.value} />}
      <People agents={agents} />
      <Chats title="With agents" rows={desk.held.value} now={at} lookIn={lookIn} supervise={supervise} since={(row) => row.claimed_at ?? row.waiting_since} />
      <Chats title="In line" rows={waiting.slice(0, MOST)} now={at} lookIn={lookIn} supervise={supervise} since={(row) => row.waiting_since} />
      {waiting.length > MOST && <p class="fine">The first {MOST} of {waiting.length} who wait.</p>}
    </main>
  );
}

const MOST = 50;

function Tile({ name, figure, means, late }: { name: string; figure: string; means: string; late?: boolean }) {
  return (
    <li class={late ? "card tile late" : "card tile"}>
      <p class="strong">{name}</p>
      <p class="big">{figure}</p>
      <p class="fine">{means}</p>
    </li>
  );
}

// Lines are the teams and tiers with who waits and who is there for them.
function Lines({ waiting, agents, now }: { waiting: readonly Row[]; agents: readonly Colleague[]; now: number }) {
  return (
    <Table title="Queue by team" heads={["Team", "Waiting", "Longest", "Agents and load"].map((text) => ({ text }))} empty="Nothing here now.">
      {teams.value.flatMap((team) =>
        team.tiers.map((tier) => {
          const rows = waiting.filter((row) => row.team === team.id && row.tier === tier);
          const here = agents.filter((a) => a.status === "available" && a.teams.includes(team.id) && (a.role === "senior" ? 2 : 1) === tier);
          const [load, capacity] = [here.reduce((sum, a) => sum + a.load, 0), here.reduce((sum, a) => sum + a.capacity, 0)];
          const longest = rows.reduce((most, row) => Math.max(most, now - row.waiting_since), 0);
          const how = { calm: "badge", soon: "badge lamp", late: "badge danger" }[urgency(longest, usualLimits)];
          return (
            <tr key={`${team.id}.${tier}`}>
              <th scope="row">
                {team.name}, Tier {tier}
              </th>
              <td>{rows.length}</td>
              <td>
                <span class={how}>{rows.length ? waitingWords(longest, usualLimits) : "nobody waits"}</span>
              </td>
              <td>
                {here.length > 0 ? (
                  <>
                    <Meter share={capacity ? load / capacity : 1} strong={load < capacity} /> {count(here.length, "agent")}, {load} of {count(capacity, "chat")}
                  </>
                ) : (
                  "no agent of its own is here"
                )}
              </td>
            </tr>
          );
        }),
      )}
    </Table>
  );
}

function People({ agents }: { agents: readonly Colleague[] }) {
  return (
    <Table title="Agents" heads={["Agent", "Teams", "Status", "Chats"].map((text) => ({ text }))} empty="Nothing here now.">
      {agents.map((a) => (
        <tr key={a.id}>
          <th scope="row">{a.name}</th>
          <td>{a.teams.map(teamName).join(", ") || "all"}</td>
          <td>
            <span class={a.status === "away" ? "badge" : a.load >= a.capacity ? "badge lamp" : "badge good"}>{a.status === "away" ? "Away" : a.load >= a.capacity ? "Busy" : "Available"}</span>
          </td>
          <td>
            <Meter share={a.capacity ? a.load / a.capacity : 0} strong={a.load < a.capacity} /> {a.load} of {a.capacity}
          </td>
        </tr>
      ))}
    </Table>
  );
}

interface ChatsProps {
  title: string;
  rows: readonly Row[];
  now: number;
  since: (row: Row) => number;
  lookIn: (conversation: string) => string;
  supervise: (conversation: string) => string;
}

function Chats({ title, rows, now, since, lookIn, supervise }: ChatsProps) {
  return (
    <Table title={title} heads={["Chat", "Team", "Agent", "For", ""].map((text) => ({ text }))} empty="Nothing here now.">
      {rows.map((row) => (
        <tr key={row.conversation}>
          <th scope="row" lang={row.language || undefined}>
            {titleOf(row)}
          </th>
          <td>{belongs(row)}</td>
          <td>{row.agent ?? row.offered_to ?? "\u2013"}</td>
          <td>{span(now - since(row))}</td>
          <td class="row">
            <a href={lookIn(row.conversation)}>
              Look in silently<span class="sr"> to {titleOf(row)}</span>
            </a>
            <a href={supervise(row.conversation)}>
              Supervise<span class="sr"> {titleOf(row)}</span>
            </a>
          </td>
        </tr>
      ))}
    </Table>
  );
}
