import type { Signal } from "@preact/signals";
import { count } from "../staff/count";
import { Icon } from "../staff/icon";
import { heading, type Checking, type Report } from "./check";

// basis says what a check was tried on.
export function basis(r: Report, took: number): string {
  const parts = [count(r.asked, "real question"), r.wordings > 0 ? count(r.wordings, "wording") : "", count(r.tests, "kept test")].filter(Boolean);
  return `Tried on ${parts.join(", ")} \u00b7 ${Math.max(1, Math.round(took / 1000))} s`;
}

const doing: Record<string, string> = { "": "Starting", tests: "Trying the kept tests", wordings: "Trying every wording without itself", asked: "Trying real questions" };

// Running shows how far a check is.
export function Running({ checking }: { checking: Checking }) {
  const check = checking.state.value;
  const part = Math.round(100 * (check?.progress ?? 0));
  return (
    <section class="card stack" aria-labelledby="run-h">
      <h2 id="run-h">{doing[check?.doing ?? ""]}{"\u2026"}</h2>
      <progress class="bar" max={100} value={part} aria-labelledby="run-h">
        {part} %
      </progress>
      <div class="row">
        <button class="button" type="button" onClick={() => void checking.cancel()}>
          Cancel the check
        </button>
        <span class="fine">You may leave this page open and do something else.</span>
      </div>
    </section>
  );
}

// Findings is the result of a check in a sentence and four numbers.
export function Findings({ report, blocks, many, hint }: { report: Report; blocks: boolean; many: boolean; hint?: string }) {
  return (
    <>
      <div class={`notice ${blocks ? "lamp" : "good"}`} role="status">
        <Icon name={blocks ? "alert" : "check"} />
        <h2>{heading(report, blocks)}</h2>
        <p>{hint ?? (blocks ? "Mend the article, or say why the loss is right." : `${many ? "The articles" : "The article"} can be published.`)}</p>
      </div>
      <dl class="tiles">
        <Tile name="Now right" value={report.won} sign="+" kind={report.won ? "good" : ""} />
        <Tile name="Newly answered" value={report.answered} sign="+" kind={report.answered ? "good" : ""} />
        <Tile name="Now wrong" value={report.lost} sign={"\u2212"} kind={report.lost ? "bad" : ""} />
        <Tile name="No longer answered" value={report.silent} sign={"\u2212"} kind="" />
      </dl>
    </>
  );
}

// Why asks for the reason of a publication that the check would block.
export function Why({ reason }: { reason: Signal<string> }) {
  return (
    <div class="field">
      <label for="why">Publish anyway, because</label>
      <p class="fine" id="why-hint">
        Stands in the record with your name.
      </p>
      <input class="input" id="why" maxLength={500} aria-describedby="why-hint" value={reason.value} onInput={(e) => (reason.value = e.currentTarget.value)} />
    </div>
  );
}

function Tile({ name, value, sign, kind }: { name: string; value: number; sign: string; kind: string }) {
  return (
    <div class={`card ${kind}`}>
      <dt>{name}</dt>
      <dd class="big">{value ? `${sign}${value}` : "0"}</dd>
    </div>
  );
}
