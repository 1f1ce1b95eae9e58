import { useSignal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { languageNames } from "./article";
import type { Checking } from "./check";
import { basis, Findings, Running, Why } from "./gate";
import type { Stock } from "./stock";
import { Shifts } from "./shifts";

export interface Upload {
  readonly id: string;
  readonly state: "read" | "running" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly changed: number;
  readonly problem: string;
}

interface Line {
  readonly id: string;
  readonly language: Language;
  readonly question: string;
}

export interface Plan {
  readonly upload: Upload;
  readonly flaws: readonly string[];
  readonly hints: readonly string[];
  readonly added: readonly Line[];
  readonly changed: readonly Line[];
  readonly counts: Record<"added" | "changed" | "unchanged" | "publishes" | "flaws" | "hints", number>;
}

interface Planned {
  plan: Plan;
  upload: Upload;
  checking: Checking;
  stock: Stock;
  run: (review: boolean, reason: string) => void;
}

// Intake says what a file would change, checks it, and follows its import.
export function Intake({ plan, upload, checking, stock, run }: Planned) {
  const { added, changed, unchanged, flaws, hints } = plan.counts;
  const nothing = added + changed === 0;
  const review = useSignal(false);
  if (upload.state === "done") {
    return (
      <div class="notice good" role="status">
        <Icon name="check" />
        <h2>Imported</h2>
        <p>{count(upload.changed, "article was", "articles were")} added or changed. {review.value ? "They wait for a second look." : plan.counts.publishes > 0 && "Emma answers with them now."}</p>
        {review.value && (
          <p>
            <a class="button" href="/editor?status=in_review">
              Show what waits
            </a>
          </p>
        )}
      </div>
    );
  }
  return (
    <section class="card stack" aria-labelledby="plan-h">
      <h2 id="plan-h">{flaws > 0 ? `${count(flaws, "error")}: nothing can be imported yet` : nothing ? "The file changes nothing" : "What would change"}</h2>
      {upload.state === "failed" && <Failure text={upload.problem} />}
      {flaws > 0 && (
        <>
          <p>Mend these in the file and choose it again. Nothing was changed.</p>
          <ul class="why">
            {plan.flaws.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
          {flaws > plan.flaws.length && <p class="fine">And {flaws - plan.flaws.length} more.</p>}
        </>
      )}
      {flaws === 0 && (
        <p>
          {added} new, {changed} changed, {unchanged} as they are.
        </p>
      )}
      {hints > 0 && (
        <details>
          <summary>{count(hints, "hint")}</summary>
          <ul class="why">
            {plan.hints.map((h) => (
              <li key={h}>{h}</li>
            ))}
          </ul>
        </details>
      )}
      {flaws === 0 && <Lines title="New" lines={plan.added} all={added} />}
      {flaws === 0 && <Lines title="Changed" lines={plan.changed} all={changed} />}
      {upload.state === "running" ? (
        <>
          <progress class="bar" max={Math.max(1, upload.total)} value={upload.done} aria-label="Import">
            {upload.done}
          </progress>
          <p class="fine" role="status">
            {upload.done} of {upload.total}. All of them, or none.
          </p>
        </>
      ) : (
        flaws === 0 &&
        !nothing && (
          <Gate
            upload={upload}
            changes={added + changed}
            publishes={plan.counts.publishes > 0}
            checking={checking}
            stock={stock}
            run={(forReview, reason) => {
              review.value = forReview;
              run(forReview, reason);
            }}
          />
        )
      )}
    </section>
  );
}

interface GateProps {
  upload: Upload;
  changes: number;
  publishes: boolean; // some of them
  checking: Checking;
  stock: Stock;
  run: Planned["run"];
}

// Gate is the step between a plan and its import: nothing of a file is published
// without the check that every publication passes.
function Gate({ upload, changes, publishes, checking, stock, run }: GateProps) {
  const reason = useSignal("");
  const check = checking.state.value;
  const fourEyes = stock.rules.value.four_eyes;
  const articles = count(changes, "article");
  const later = (
    <button class={fourEyes ? "button primary" : "button"} type="button" onClick={() => run(true, "")}>
      Import for review
    </button>
  );
  if (!publishes) {
    return (
      <div class="row">
        <button class="button primary" type="button" onClick={() => run(false, "")}>
          Import {articles}
        </button>
        <span class="fine">The file publishes nothing.</span>
      </div>
    );
  }
  if (check?.state === "running") return <Running checking={checking} />;
  if (check?.state !== "done" || !check.report) {
    return (
      <>
        <Failure text={checking.problem.value} />
        <div class="row">
          {!fourEyes && (
            <button class="button primary" type="button" onClick={() => void checking.startUpload(upload.id)}>
              Check {articles}
            </button>
          )}
          {later}
          <span class="fine">{fourEyes ? "A second person checks and publishes them." : "Nothing is published by the check."}</span>
        </div>
      </>
    );
  }
  const missing = check.blocks && !reason.value.trim() ? "Say why the loss is right, or import for review." : "";
  return (
    <>
      <p class="fine">{basis(check.report, check.took_ms)}</p>
      <Findings report={check.report} blocks={check.blocks} many={changes !== 1} />
      {check.blocks && <Why reason={reason} />}
      <div class="row">
        <button class="button primary" type="button" aria-disabled={missing !== ""} aria-describedby={missing ? "gate-why" : undefined} onClick={() => !missing && run(false, reason.value)}>
          Publish {articles}
        </button>
        {later}
        <span class="fine" id="gate-why">
          {missing || "All of them, or none."}
        </span>
      </div>
      <Shifts report={check.report} stock={stock} />
    </>
  );
}

function Lines({ title, lines, all }: { title: string; lines: readonly Line[]; all: number }) {
  if (all === 0) return null;
  return (
    <details open={all <= 12}>
      <summary>
        {title}: {all}
      </summary>
      <ul class="why">
        {lines.map((l) => (
          <li key={l.id + l.language}>
            <span lang={l.language}>{l.question}</span> <span class="fine">{`${l.id}, ${languageNames[l.language]}`}</span>
          </li>
        ))}
      </ul>
      {all > lines.length && <p class="fine">And {all - lines.length} more.</p>}
    </details>
  );
}
