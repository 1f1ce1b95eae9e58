import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Address } from "../staff/address";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { momentWords } from "./days";
import { GapCard } from "./gap";
import { GapDialog, type Asked } from "./gapdialog";
import type { Closing, Inbox } from "./inbox";
import type { Stock } from "./stock";

interface Props {
  inbox: Inbox;
  stock: Stock;
  address: Address;
}

const DAYS = [7, 30, 90] as const;

export function Gaps({ inbox, stock, address }: Props) {
  const days = DAYS.find((d) => String(d) === address.query.value.get("days")) ?? 30;
  const asked = useSignal<Asked | undefined>(undefined);
  const { asked: all, missed, more } = inbox.counts.value;
  const gaps = inbox.gaps.value;
  useEffect(() => {
    document.title = "Gaps \u00b7 Emma";
    if (stock.state.peek() === "new") void stock.load();
  }, []);
  useEffect(() => void inbox.load(days), [days]);

  return (
    <main class="page">
      <div class="row">
        <div>
          <h1>Gaps</h1>
          <p class="fine">What visitors asked and Emma could not answer. Numbers and names are removed.</p>
        </div>
        <fieldset class="push">
          <legend class="sr">Asked in the last</legend>
          <div class="segments">
            {DAYS.map((d) => (
              <label key={d}>
                <input type="radio" name="gap-days" checked={d === days} onChange={() => address.go(d === 30 ? "/editor/gaps" : `/editor/gaps?days=${d}`, true)} />
                <span>{d} days</span>
              </label>
            ))}
          </div>
        </fieldset>
      </div>
      <Failure text={inbox.problem.value} />
      {inbox.state.value === "new" ? (
        !inbox.problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : (
        <>
          <p class="fine" role="status">
            {all === 0 ? "Nobody has asked a general question in this time." : `${all} general questions, ${missed} of them not answered well.`}
          </p>
          {gaps.length === 0 ? (
            <div class="card stack">
              <p>No gap is open. Questions that Emma cannot answer appear here.</p>
            </div>
          ) : (
            <ol role="list" class="gaps">
              {gaps.map((gap) => (
                <GapCard key={gap.questions[0]} gap={gap} ask={(what) => (asked.value = { gap, what })} />
              ))}
            </ol>
          )}
          {more > 0 && <p class="fine">{more} further gaps were asked by fewer visitors.</p>}
          <Closed inbox={inbox} days={days} />
        </>
      )}
      {asked.value && (
        <GapDialog
          asked={asked.value}
          inbox={inbox}
          stock={stock}
          leave={() => (asked.value = undefined)}
          done={(article) => {
            asked.value = undefined;
            if (!article) return;
            void stock.load().then(() => address.go(`/editor/articles/${encodeURIComponent(article)}`));
          }}
        />
      )}
    </main>
  );
}

// Closed lists what editors decided, each with a way back.
function Closed({ inbox, days }: { inbox: Inbox; days: number }) {
  const problem = useSignal("");
  const closings = inbox.closings.value;
  if (closings.length === 0) return null;
  async function reopen(closing: Closing) {
    try {
      await inbox.reopen(closing);
      await inbox.load(days);
      problem.value = "";
    } catch (error) {
      problem.value = words(error);
    }
  }
  return (
    <details class="card closed">
      <summary>Closed gaps ({closings.length})</summary>
      <Failure text={problem.value} />
      <ul role="list" class="revs">
        {closings.map((c) => (
          <li key={c.id}>
            <span class="badge">{closingNames[c.what]}</span>
            <strong>{c.text}</strong>
            <button class="button quiet push" type="button" onClick={() => void reopen(c)}>
              Open again<span class="sr">: {c.text}</span>
            </button>
            <span class="fine">
              {c.by}, {momentWords(c.at)}. {c.reason}
              {c.article && <a href={`/editor/articles/${encodeURIComponent(c.article)}`}>{c.article}</a>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

const closingNames: Record<Closing["what"], string> = { dismissed: "Not our topic", attached: "Wordings added", created: "New article" };
