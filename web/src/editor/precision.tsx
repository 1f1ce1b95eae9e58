import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { percent } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { languageNames, languages } from "./article";
import { Curve } from "./curve";
import { momentWords } from "./days";
import { kept, Precision, tenths, type Correction, type Promised } from "./aim";
import { Timeline } from "./timeline";

// PrecisionPage sets how sure Emma must be, and shows what that gives and costs.
export function PrecisionPage({ api }: { api: Api }) {
  const precision = useMemo(() => new Precision(api), []);
  const language = useSignal<Language>("en");
  const chosen = useSignal(0);
  useEffect(() => {
    document.title = "Precision \u00b7 Emma";
    void precision.load();
    return () => precision.leave();
  }, []);
  const answer = precision.answer.value;
  const now = answer?.promises[language.value];
  const target = chosen.value || now?.target || 0;
  const looked = answer?.choices.find((c) => c.target === target)?.promises[language.value];
  return (
    <main class="page">
      <div class="row">
        <div>
          <h1>Precision</h1>
          <p class="fine">How sure must Emma be before she answers alone? Higher is safer; lower answers more.</p>
        </div>
        <fieldset class="push">
          <legend class="sr">Language</legend>
          <div class="segments">
            {languages.map((l) => (
              <label key={l}>
                <input type="radio" name="precision-language" checked={language.value === l} onChange={() => (language.value = l)} />
                <span>{languageNames[l]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </div>
      <Failure text={precision.problem.value} />
      {!answer ? (
        !precision.problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : !now ? (
        <div class="card">
          <p>There are no published articles in {languageNames[language.value]} yet. Publish one, and Emma measures how sure she may be.</p>
        </div>
      ) : (
        <>
          {!answer.settled && (
            <div class="notice" role="status">
              <Icon name="clock" />
              <p>Emma is trying the base on its own wordings. The numbers change when she is done.</p>
            </div>
          )}
          <div class="split">
            <form
              class="card stack"
              aria-labelledby="target-h"
              onSubmit={(e) => {
                e.preventDefault();
                if (target !== now.target && !precision.busy.value) void precision.set(target);
              }}
            >
              <h2 id="target-h">Target</h2>
              {answer.choices.map((c) => (
                <label key={c.target} class={c.target === target ? "pick on" : "pick"}>
                  <input type="radio" name="target" checked={c.target === target} onChange={() => (chosen.value = c.target)} />
                  <span>
                    <strong>{Math.round(100 * c.target)} of 100 right</strong>
                    <span class="fine">{cost(c.promises[language.value])}</span>
                  </span>
                </label>
              ))}
              {looked && <Facts promised={looked} />}
              <div class="row">
                <button class="button primary" type="submit" aria-disabled={target === now.target || precision.busy.value}>
                  Use this target
                </button>
                <span class="fine" role="status">
                  {precision.said.value || (target === now.target ? `In use${answer.ruling.by ? `, set by ${answer.ruling.by}, ${momentWords(answer.ruling.at)}` : ""}.` : "It holds for both languages.")}
                </span>
              </div>
            </form>
            <Curve levels={now.levels ?? []} promised={looked ?? now} />
          </div>
          <Timeline marks={answer.history.filter((m) => m.language === language.value)} />
          <Corrected last={answer.corrections.find((c) => c.language === language.value)} />
        </>
      )}
    </main>
  );
}

// Corrected tells how feedback changes how sure Emma is.
function Corrected({ last }: { last: Correction | undefined }) {
  const none = !last || (last.shift === 0 && last.stretch === 0);
  return (
    <section class="card" aria-labelledby="corrected-h">
      <h2 id="corrected-h">What visitors and agents say</h2>
      <p>
        {none
          ? "Nothing is corrected. When at least 150 answers are marked as helpful or not, or answered by an agent with an article, Emma checks whether she was as sure as she should be."
          : `Emma was ${percent(last.sure)} sure of ${last.labels.toLocaleString("en-US")} answers that visitors and agents judged, and ${percent(last.right)} of them were right. Since ${momentWords(last.at)} she takes that into account.`}
      </p>
    </section>
  );
}

function cost(p: Promised | undefined): string {
  if (!p) return "not measured yet";
  if (p.bound === 0) return "too few wordings to say";
  return `answers ${percent(p.coverage)} of the questions that have an answer${kept(p) === "kept" ? "" : "; not proved"}`;
}

function Facts({ promised: p }: { promised: Promised }) {
  const rows = [
    ["Emma answers from", percent(p.answer)],
    ["She asks back from", percent(p.clarify)],
    ["Right in the trial", p.bound ? tenths(p.achieved) : "\u2013"],
    ["At least, with 90 % certainty", p.bound ? tenths(p.bound) : "\u2013"],
    ["Tried on", `${p.trials.toLocaleString("en-US")} ${p.trials === 1 ? "wording" : "wordings"}`],
  ] as const;
  return (
    <>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {kept(p) === "kept" && (
          <span class="badge good">
            <Icon name="check" />
            The target is kept
          </span>
        )}
        {kept(p) === "open" && (
          <span class="badge lamp">
            <Icon name="alert" />
            Not proved
          </span>
        )}
      </p>
      {kept(p) !== "kept" && <p class="fine">The base has too few wordings, or too like ones, to prove this target. More wordings from real questions help most.</p>}
    </>
  );
}
