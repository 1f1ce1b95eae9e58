import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { languageNames } from "./article";
import type { Rules } from "./check";
import { momentWords } from "./days";

interface Plan {
  readonly id: string;
  readonly language: Language;
  readonly revision: number;
  readonly at: string;
}

interface Answer {
  rules: Rules;
  planned: Plan[];
}

// Planned lists what is published later, each with a way to take it back.
export function Planned({ api }: { api: Api }) {
  const plans = useSignal<readonly Plan[]>([]);
  const problem = useSignal("");
  useEffect(() => {
    void api.get<Answer>("/api/publishing").then(
      (a) => (plans.value = a.planned),
      (error) => (problem.value = words(error)),
    );
  }, []);
  async function back(plan: Plan) {
    try {
      await api.call("POST", `/api/articles/${encodeURIComponent(plan.id)}/${plan.language}/unplan`);
      plans.value = plans.value.filter((p) => p !== plan);
    } catch (error) {
      problem.value = words(error);
    }
  }
  if (plans.value.length === 0 && !problem.value) return null;
  return (
    <section class="card stack" aria-labelledby="plan-h">
      <h2 id="plan-h">Planned</h2>
      <Failure text={problem.value} />
      <ul role="list" class="revs">
        {plans.value.map((p) => (
          <li key={p.id + p.language}>
            <a href={`/editor/articles/${encodeURIComponent(p.id)}`}>{p.id}</a> {languageNames[p.language]}, revision {p.revision}
            <span class="fine">{momentWords(p.at)}</span>
            <button class="button quiet" type="button" onClick={() => void back(p)}>
              Take back<span class="sr">: {p.id}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// RulesForm shows the rules of publishing; an administrator changes them.
export function RulesForm({ api, admin }: { api: Api; admin: boolean }) {
  const rules = useSignal<Rules | undefined>(undefined);
  const said = useSignal("");
  useEffect(() => {
    void api.get<Answer>("/api/publishing").then(
      (a) => (rules.value = a.rules),
      (error) => (said.value = words(error)),
    );
  }, []);
  const now = rules.value;
  if (!now) return <Failure text={said.value} />;
  const set = (change: Partial<Rules>) => (rules.value = { ...now, ...change });
  async function save(event: Event) {
    event.preventDefault();
    try {
      await api.call("PUT", "/api/publishing", rules.value);
      said.value = "Saved.";
    } catch (error) {
      said.value = words(error);
    }
  }
  return (
    <form class="card stack" aria-labelledby="rules-h" onSubmit={save}>
      <h2 id="rules-h">Rules of publishing</h2>
      <label class="check">
        <input type="checkbox" checked={now.four_eyes} disabled={!admin} onChange={(e) => set({ four_eyes: e.currentTarget.checked })} />
        A second person publishes what one has written
      </label>
      <div class="row rule-fields">
        <div class="field">
          <label for="rule-limit">Wrong answers that may pass</label>
          <input class="input" id="rule-limit" type="number" min={0} max={10000} disabled={!admin} value={now.limit} onInput={(e) => set({ limit: Number(e.currentTarget.value) })} />
        </div>
        <div class="field">
          <label for="rule-days">Days of real questions</label>
          <input class="input" id="rule-days" type="number" min={1} max={90} disabled={!admin} value={now.days} onInput={(e) => set({ days: Number(e.currentTarget.value) })} />
        </div>
      </div>
      {admin ? (
        <div class="row">
          <button class="button" type="submit">
            Save the rules
          </button>
          <span class="fine" role="status">
            {said}
          </span>
        </div>
      ) : (
        <p class="fine">An administrator changes these.</p>
      )}
    </form>
  );
}
