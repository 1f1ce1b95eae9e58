import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { dueWords } from "./caselist";
import { kindName, spoken, stateName, type Case, type CaseStep, type Casework } from "./casework";
import type { Desk } from "./desk";
import { SHOWN_FOR } from "./unsealed";
import { timeWords } from "./words";

interface Props {
  desk: Desk;
  casework: Casework;
  reference: string;
  now: number;
  found: (c: Case) => void; // the case was read
}

// CaseBox is where a case is worked on, below its conversation.
export function CaseBox({ desk, casework, reference, now, found }: Props) {
  const read = useSignal<{ case: Case; history: CaseStep[] } | undefined>(undefined);
  const problem = useSignal("");
  const counts = desk.cases.value;
  useEffect(() => {
    casework
      .read(reference)
      .then((r) => {
        read.value = r;
        problem.value = "";
        found(r.case);
      })
      .catch((error: unknown) => (problem.value = words(error)));
  }, [reference, counts]);
  const is = read.value?.case;
  if (!is) return <p class="notice slip" role="status">{problem.value || "Loading\u2026"}</p>;
  return (
    <section class="box case" aria-labelledby="cb-h">
      <div class="row">
        <h3 id="cb-h">
          {kindName(is.kind)} {spoken(is.reference)}
        </h3>
        <span class={`badge ${is.ageing === "late" ? "danger" : is.ageing === "soon" ? "lamp" : ""}`}>{is.ageing === "done" ? stateName(is.state) : `Due ${dueWords(is, now)}`}</span>
        <span class="fine push">{is.assignee_name ? `${is.assignee_name} works on it` : stateName(is.state)}</span>
      </div>
      <Facts is={is} now={now} casework={casework} />
      {read.value && read.value.history.length > 1 && <History steps={read.value.history} now={now} />}
      {is.ageing !== "done" && <Work desk={desk} casework={casework} is={is} problem={problem} />}
      <Failure text={problem.value} />
    </section>
  );
}

function Facts({ is, now, casework }: { is: Case; now: number; casework: Casework }) {
  const receipt = useSignal("");
  async function reveal() {
    try {
      receipt.value = await casework.reveal(is.reference);
      setTimeout(() => (receipt.value = ""), SHOWN_FOR);
    } catch (error) {
      receipt.value = words(error);
    }
  }
  return (
    <>
      <p class="plain" lang={is.language || undefined}>
        {is.text}
      </p>
      <p class="fine">
        {[is.name, is.email, is.phone].filter(Boolean).join(" \u00b7 ")}
        {is.from && is.until ? ` \u00b7 call ${timeWords(is.from, now)} to ${timeWords(is.until, now)}` : ""}
      </p>
      {is.sealed && (
        <p class="row" role="status">
          {receipt.value ? (
            <span class="mono">{receipt}</span>
          ) : (
            <button class="button" type="button" onClick={() => void reveal()}>
              <Icon name="lock" />
              Reveal the receipt number (logged)
            </button>
          )}
        </p>
      )}
    </>
  );
}

function History({ steps, now }: { steps: readonly CaseStep[]; now: number }) {
  return (
    <details>
      <summary>What was done ({steps.length})</summary>
      <ul role="list" class="stack fine">
        {steps.map((s) => (
          <li key={s.at}>
            {timeWords(s.at, now)} {"\u00b7"} {s.name ?? "Visitor"} {"\u00b7"} {stateName(s.state)}
            {s.text ? `: ${s.text}` : ""} {s.for_staff && <em>(staff only)</em>}
          </li>
        ))}
      </ul>
    </details>
  );
}

// Work is the answer to the visitor, and the steps before it. The draft is kept.
function Work({ desk, casework, is, problem }: { desk: Desk; casework: Casework; is: Case; problem: Signal<string> }) {
  const answer = useRef<HTMLTextAreaElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const mine = is.assignee === desk.staff.id;

  async function run(step: () => Promise<void>, after: () => void = () => {}) {
    if (busy.value) return;
    busy.value = true;
    try {
      await step();
      problem.value = "";
      after();
      void casework.load();
      desk.cases.value = { ...desk.cases.peek() }; // read again
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }
  const send = (event: Event) => {
    event.preventDefault();
    const text = answer.current?.value.trim() ?? "";
    if (!text) return answer.current?.focus();
    void run(
      () => casework.answer(is.reference, text),
      () => desk.drafts.put(is.reference, "reply", ""),
    );
  };
  const noteText = () => note.current?.value.trim() ?? "";
  return (
    <form class="stack" onSubmit={send}>
      <label class="sr" for="case-answer">
        Answer to the visitor
      </label>
      <textarea class="input" id="case-answer" ref={answer} rows={3} maxLength={4000} placeholder="Answer to the visitor" defaultValue={desk.drafts.get(is.reference, "reply")} onInput={(e) => desk.drafts.put(is.reference, "reply", e.currentTarget.value)} />
      <div class="row">
        {!mine && (
          <button class="button" type="button" onClick={() => void run(() => casework.update(is.reference, { assignee: desk.staff.id }))}>
            I work on it
          </button>
        )}
        <button class="button primary push" type="submit" aria-disabled={busy.value}>
          Send the answer
        </button>
      </div>
      <details>
        <summary>Other steps</summary>
        <div class="row">
          <label class="grow">
            <span class="sr">Private note, or the name of the office</span>
            <input class="input" ref={note} maxLength={500} placeholder="Private note, or the name of the office" />
          </label>
          <button class="button" type="button" onClick={() => noteText() && void run(() => casework.update(is.reference, { note: noteText() }))}>
            Save as private note
          </button>
          <button class="button" type="button" onClick={() => noteText() && void run(() => casework.update(is.reference, { state: "office", office: noteText() }))}>
            Hand to this office
          </button>
          <button class="button danger" type="button" onClick={() => void run(() => casework.update(is.reference, { state: "closed", note: noteText() }))}>
            Close without an answer
          </button>
        </div>
      </details>
    </form>
  );
}
