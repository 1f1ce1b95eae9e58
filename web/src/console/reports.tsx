import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Address } from "../staff/address";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { daysBefore, seconds, show, type FigureName, type Figures, type Report } from "./figure";
import { Plot } from "./plot";
import { Table } from "./table";
import { reasonWords, teamName } from "./words";

interface Props {
  api: Api;
  address: Address;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

// Reports are the figures of a time; the time stands in the address.
export function Reports({ api, address }: Props) {
  const query = address.query.value;
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""].map((d) => (day.test(d) ? d : ""));
  const report = useSignal<Report | undefined>(undefined);
  const problem = useSignal("");
  const form = useRef<HTMLFormElement>(null);
  const asked = new URLSearchParams({ ...(from ? { from } : {}), ...(to ? { to } : {}) }).toString();
  useEffect(() => {
    api
      .get<Report>(`/api/report?${asked}`)
      .then((r) => {
        report.value = r;
        problem.value = "";
      })
      .catch((error: unknown) => (problem.value = words(error)));
  }, [asked]);
  const is = report.value;
  const goTo = (from: string, to: string) => address.go(`/console/reports?${new URLSearchParams({ from, to })}`);
  function submit(event: Event) {
    event.preventDefault();
    const given = form.current ? new FormData(form.current) : undefined;
    goTo(String(given?.get("from") ?? ""), String(given?.get("to") ?? ""));
  }
  const last = is?.to ?? "";
  return (
    <main class="page wide stack">
      <h1>Reports</h1>
      <form class="row" onSubmit={submit} ref={form} key={`${is?.from}${is?.to}`}>
        <label class="row">
          From <input class="input day" type="date" name="from" defaultValue={is?.from} required />
        </label>
        <label class="row">
          to <input class="input day" type="date" name="to" defaultValue={is?.to} required />
        </label>
        <button class="button primary" type="submit">
          Show
        </button>
        {last && (
          <>
            <button class="button quiet" type="button" onClick={() => goTo(daysBefore(last, 6), last)}>
              7 days
            </button>
            <button class="button quiet" type="button" onClick={() => goTo(daysBefore(last, 29), last)}>
              30 days
            </button>
          </>
        )}
        <span class="row push">
          <a class="button" href={`/api/report.csv?${asked}`} download>
            CSV
          </a>
          <a class="button" href={`/api/report.xlsx?${asked}`} download>
            Excel
          </a>
        </span>
      </form>
      <Failure text={problem.value} />
      <p class="muted" role="status">
        {!is && !problem.value && "Loading\u2026"}
      </p>
      {is && <Shown report={is} />}
    </main>
  );
}

const tiles: readonly FigureName[] = ["opened", "containment", "wait_p90", "abandonment", "handling_p50", "rating", "kept", "waiting"];

function Shown({ report }: { report: Report }) {
  const means = new Map(report.definitions.map((d) => [d.figure, d]));
  return (
    <>
      <ul role="list" class="tiles">
        {tiles.map((name) => (
          <li key={name} class="card tile">
            <p class="strong">{means.get(name)?.name}</p>
            <p class="big">{show(report.all, name)}</p>
            <p class="fine">{means.get(name)?.means}</p>
          </li>
        ))}
      </ul>
      <Charts report={report} />
      <Figured title="All figures" report={report} />
      <Parts title="Why people were needed" first="Reason" parts={report.reasons} name={(n) => reasonWords(n).badge} columns={["handed", "reached", "left", "waiting"]} report={report} />
      <Parts title="Teams" first="Team that came first" parts={report.teams} name={teamName} columns={["handed", "reached", "left", "abandonment", "wait_p50", "wait_p90", "handling_p50", "rating", "kept"]} report={report} />
      <Parts title="Agents" first="Agent who took it first" parts={report.agents} name={(n) => n} columns={["reached", "handled", "wait_p50", "handling_p50", "handling_p90", "ratings", "rating"]} report={report} />
    </>
  );
}

// Charts are what the hours of the day looked like.
export function Charts({ report }: { report: Report }) {
  const labels = report.hours.map((h) => `${Number(h.name)}`);
  return (
      <div class="pair">
        <Plot
          title="Conversations by hour"
          says="By the hour of opening. Dark: handed over to a person. Light: all that were opened."
          first="Hour"
          unit={String}
          plan={{
            labels,
            series: [
              { name: "Opened", values: report.hours.map((h) => h.opened || null), colour: "--accent-line", fill: "--accent-wash" },
              { name: "Handed over", values: report.hours.map((h) => h.handed || null), colour: "--accent", fill: "--accent" },
            ],
          }}
        />
        <Plot
          title="Wait by hour"
          says="Minutes until a person came, by the hour of opening: nine in ten waited at most so long, half at most so long."
          first="Hour"
          unit={(minutes) => seconds(minutes * 60)}
          plan={{
            labels,
            series: [
              { name: "Nine of ten", values: report.hours.map((h) => minutes(h.wait_p90)), colour: "--person" },
              { name: "Half", values: report.hours.map((h) => minutes(h.wait_p50)), colour: "--accent" },
            ],
          }}
        />
      </div>
  );
}

const minutes = (s: number | null): number | null => (s === null ? null : Math.round(s / 6) / 10);

// Figured lists every figure with what it means beside it.
function Figured({ title, report }: { title: string; report: Report }) {
  return (
    <Table title={title} heads={[{ text: "Figure" }, { text: "Value", figures: true }, { text: "What it means" }]} empty="">
      {report.definitions.map((d) => (
        <tr key={d.figure}>
          <th scope="row">{d.name}</th>
          <td class="r">{show(report.all, d.figure)}</td>
          <td class="fine">{d.means}</td>
        </tr>
      ))}
    </Table>
  );
}

interface PartsProps {
  title: string;
  first: string;
  parts: readonly Figures[];
  name: (code: string) => string;
  columns: readonly FigureName[];
  report: Report;
}

function Parts({ title, first, parts, name, columns, report }: PartsProps) {
  const means = new Map(report.definitions.map((d) => [d.figure, d]));
  return (
    <Table title={title} heads={[{ text: first }, ...columns.map((c) => ({ text: means.get(c)?.name ?? c, figures: true, means: means.get(c)?.means }))]} empty="Nobody was handed over in this time.">
      {parts.map((p) => (
        <tr key={p.name}>
          <th scope="row">{name(p.name)}</th>
          {columns.map((c) => (
            <td key={c} class="r">
              {show(p, c)}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
