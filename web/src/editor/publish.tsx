import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Address } from "../staff/address";
import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { languageNames, type Article } from "./article";
import { standing } from "./catalogue";
import { Checking, type Report, type Step } from "./check";
import { basis, Findings, Running, Why } from "./gate";
import { Kept } from "./kept";
import type { Stock } from "./stock";
import { Planned, RulesForm } from "./rules";
import { Shifts } from "./shifts";

interface Props {
  api: Api;
  stock: Stock;
  address: Address;
  admin: boolean;
}

// waiting are the newest revisions that visitors do not have yet.
export function waiting(articles: readonly Article[]): Article[] {
  return articles.filter((a) => ["draft", "changed", "in_review"].includes(standing(a)));
}

// Publish is the gate: what is chosen is checked, then published.
export function Publish({ api, stock, address, admin }: Props) {
  const checking = useMemo(() => new Checking(api), []);
  const only = address.query.value.get("article") ?? "";
  const dropped = useSignal<ReadonlySet<string>>(new Set());
  const open = waiting(stock.articles.value).filter((a) => !only || a.id === only);
  const chosen = open.filter((a) => !dropped.value.has(key(a)));
  const steps: Step[] = chosen.map((a) => ({ id: a.id, language: a.language, revision: a.revision }));
  const check = checking.state.value;

  useEffect(() => {
    document.title = "Check and publish \u00b7 Emma";
    if (!only) void stock.load();
    return () => checking.leave();
  }, []);
  // From an article the check starts by itself: that is what the button said.
  useEffect(() => {
    if (only && stock.state.value === "ready" && steps.length > 0 && !checking.state.peek() && !checking.published.peek()) void checking.start(steps);
  }, [only, stock.state.value]);

  return (
    <main class="page">
      <div>
        {only && (
          <p class="fine">
            <a href={`/editor/articles/${encodeURIComponent(only)}`}>Back to the article</a>
          </p>
        )}
        <div class="row">
          <h1>Check and publish</h1>
          {check?.report && <span class="fine">{basis(check.report, check.took_ms)}</span>}
        </div>
      </div>
      <Failure text={checking.problem.value} />
      {checking.published.value ? (
        <Done planned={checking.published.value === "planned"} only={only} steps={check?.steps ?? []} />
      ) : check?.state === "running" ? (
        <Running checking={checking} />
      ) : check?.state === "done" && check.report ? (
        <Result checking={checking} report={check.report} stock={stock} only={only} />
      ) : stock.state.value !== "ready" ? (
        <p class="muted">{"Loading\u2026"}</p>
      ) : open.length === 0 ? (
        <div class="card stack">
          <p>Nothing waits to be published. Visitors have the newest of everything.</p>
        </div>
      ) : (
        <section class="card stack" aria-labelledby="open-h">
          <h2 id="open-h">What is new</h2>
          {check && <p role="status">{check.state === "cancelled" ? "The check was cancelled. Nothing was published." : "The check failed. Nothing was published."}</p>}
          <ul role="list" class="picks">
            {open.map((a) => (
              <li key={key(a)}>
                <label class="check">
                  <input
                    type="checkbox"
                    checked={!dropped.value.has(key(a))}
                    onChange={(e) => {
                      const next = new Set(dropped.value);
                      if (e.currentTarget.checked) next.delete(key(a));
                      else next.add(key(a));
                      dropped.value = next;
                    }}
                  />
                  <span lang={a.language}>{a.question}</span>
                  <span class="fine">
                    {languageNames[a.language]}, {a.saved_by}
                  </span>
                </label>
              </li>
            ))}
          </ul>
          <div class="row">
            <button class="button primary" type="button" aria-disabled={steps.length === 0} onClick={() => steps.length > 0 && void checking.start(steps)}>
              Check {count(steps.length, "article")}
            </button>
            <span class="fine">Nothing is published by the check.</span>
          </div>
        </section>
      )}
      {!only && !check && (
        <>
          <Planned api={api} />
          <Kept api={api} stock={stock} />
          <RulesForm api={api} admin={admin} />
        </>
      )}
    </main>
  );
}

const key = (a: { id: string; language: Language }): string => `${a.id}/${a.language}`;

function Done({ planned, only, steps }: { planned: boolean; only: string; steps: readonly Step[] }) {
  const ids = [...new Set(steps.map((s) => s.id))];
  const to = only || (ids.length === 1 ? ids[0] : "");
  return (
    <div class="notice good" role="status">
      <Icon name="check" />
      <h2>{planned ? "Planned" : "Published"}</h2>
      <p>{planned ? "Emma answers with it from that time on." : "Emma answers with it now."}</p>
      <p class="row">
        {to && (
          <a class="button" href={`/editor/articles/${encodeURIComponent(to)}`}>
            Back to the article
          </a>
        )}
        <a class="button" href="/editor/gaps">
          To the gaps
        </a>
      </p>
    </div>
  );
}

function Result({ checking, report, stock, only }: { checking: Checking; report: Report; stock: Stock; only: string }) {
  const blocks = checking.state.value?.blocks ?? false;
  const steps = checking.state.value?.steps ?? [];
  const reason = useSignal("");
  const later = useSignal(false);
  const when = useSignal("");
  const missing = blocks && !reason.value.trim() ? "Say why the loss is right, or go back and mend it." : later.value && !when.value ? "Choose a day and a time." : "";
  const ids = new Set(steps.map((s) => s.id)).size;
  const publish = async () => {
    if (missing) return;
    if (await checking.publish(reason.value, later.value ? Date.parse(when.value) : 0)) void stock.load();
  };
  return (
    <>
      <Findings report={report} blocks={blocks} many={ids !== 1} />
      <form
        class="card stack"
        onSubmit={(e) => {
          e.preventDefault();
          void publish();
        }}
      >
        {blocks && <Why reason={reason} />}
        {later.value && (
          <div class="field narrow">
            <label for="when">Publish at</label>
            <input class="input" id="when" type="datetime-local" value={when.value} onInput={(e) => (when.value = e.currentTarget.value)} />
          </div>
        )}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled={missing !== "" || checking.busy.value} aria-describedby={missing ? "gate-why" : undefined}>
            {later.value ? "Plan it" : only ? "Publish now" : `Publish ${count(steps.length, "article")}`}
          </button>
          <button class="button" type="button" aria-pressed={later.value} onClick={() => (later.value = !later.value)}>
            {later.value ? "Publish at once" : "Publish later"}
          </button>
          {missing && (
            <span class="fine" id="gate-why">
              {missing}
            </span>
          )}
        </div>
      </form>
      <Shifts report={report} stock={stock} />
    </>
  );
}
