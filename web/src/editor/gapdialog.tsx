import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog, DialogFoot } from "../staff/dialog";
import { words } from "../staff/session";
import type { Action } from "./gap";
import { GapForecast } from "./forecast";
import { asQuestion, type Gap, type Inbox } from "./inbox";
import type { Stock } from "./stock";

export interface Asked {
  readonly gap: Gap;
  readonly what: Action;
}

interface Props {
  asked: Asked;
  inbox: Inbox;
  stock: Stock;
  leave: () => void;
  done: (article: string) => void; // "" after a dismissal
}

const titles: Record<Action, string> = {
  attach: "Add these wordings to the article",
  choose: "Add these wordings to an article",
  create: "New article",
  dismiss: "Close this gap without a change",
};

// GapDialog is the one step between a gap and a draft.
export function GapDialog({ asked: { gap, what }, inbox, stock, leave, done }: Props) {
  const chosen = useSignal<readonly string[]>(gap.wordings);
  const article = useSignal(what === "attach" ? (gap.nearest?.article ?? "") : "");
  const question = useSignal(asQuestion(gap.title, gap.language));
  const answer = useSignal(gap.replies[0] ?? "");
  const reason = useSignal("");
  const problem = useSignal("");
  const busy = useSignal(false);
  useEffect(() => {
    if (stock.state.peek() === "new") void stock.load();
  }, []);

  async function go(event: Event) {
    event.preventDefault();
    if (busy.value) return;
    const missing = complaint();
    if (missing) {
      problem.value = missing;
      return;
    }
    busy.value = true;
    try {
      if (what === "dismiss") {
        await inbox.dismiss(gap, reason.value);
        done("");
      } else if (what === "create") done((await inbox.create(gap, question.value.trim(), answer.value, chosen.value)).id);
      else done((await inbox.attach(gap, article.value, chosen.value)).id);
    } catch (error) {
      problem.value = words(error);
      busy.value = false;
    }
  }

  function complaint(): string {
    if (what === "dismiss") return reason.value.trim() ? "" : "Say in a few words why nothing is to be done.";
    if (what === "create") return !question.value.trim() ? "The question is empty." : !answer.value.trim() ? "The answer is empty." : "";
    if (!article.value) return "Choose an article.";
    return chosen.value.length === 0 ? "Choose at least one wording." : "";
  }

  const entry = stock.entries.value.find((e) => e.id === article.value);
  return (
    <Dialog labelledby="gap-h" leave={leave}>
      <form class="stack" onSubmit={go} noValidate>
        <h2 id="gap-h">{what === "create" && gap.replies.length > 0 ? "New article from an agent\u2019s reply" : titles[what]}</h2>
        {what === "attach" && <p lang={gap.language}>{gap.nearest?.question}</p>}
        {what === "choose" && (
          <div key="article" class="field">
            <label for="gap-article">Article</label>
            <select class="input" id="gap-article" value={article.value} onChange={(e) => (article.value = e.currentTarget.value)}>
              <option value="">Choose an article</option>
              {stock.entries.value
                .filter((e) => e.versions[gap.language])
                .map((e) => (
                  <option key={e.id} value={e.id}>
                    {e.versions[gap.language]?.question}
                  </option>
                ))}
            </select>
          </div>
        )}
        {what === "create" && (
          <>
            <div key="question" class="field">
              <label for="gap-question">Question</label>
              <input class="input" id="gap-question" lang={gap.language} maxLength={300} value={question.value} onInput={(e) => (question.value = e.currentTarget.value)} />
            </div>
            <div key="answer" class="field">
              <label for="gap-answer">Answer</label>
              {gap.replies.length > 0 && <p class="fine">From an agent. Check it, and take out what was for one person.</p>}
              <textarea class="input" id="gap-answer" rows={6} lang={gap.language} value={answer.value} onInput={(e) => (answer.value = e.currentTarget.value)} />
              {gap.replies.length > 1 && (
                <div class="row">
                  {gap.replies.map((reply, i) => (
                    <button key={reply} class="button quiet" type="button" aria-pressed={answer.value === reply} onClick={() => (answer.value = reply)}>
                      Reply {i + 1}
                    </button>
                  ))}
                </div>
              )}
            </div>
          </>
        )}
        {what !== "dismiss" && gap.wordings.length > 0 && (
          <fieldset key="wordings" class="stack picks">
            <legend class="legend">Wordings of visitors</legend>
            {gap.wordings.map((text) => (
              <label key={text} class="check" lang={gap.language}>
                <input
                  type="checkbox"
                  checked={chosen.value.includes(text)}
                  onChange={(e) => (chosen.value = e.currentTarget.checked ? [...chosen.value, text] : chosen.value.filter((t) => t !== text))}
                />
                {text}
              </label>
            ))}
          </fieldset>
        )}
        {what === "dismiss" && (
          <div key="reason" class="field">
            <label for="gap-reason">Why</label>
            <p class="fine">Other editors read it. The gap comes back when visitors ask again.</p>
            <input class="input" id="gap-reason" maxLength={500} value={reason.value} onInput={(e) => (reason.value = e.currentTarget.value)} />
          </div>
        )}
        {what !== "dismiss" && (
          <GapForecast api={inbox.api} gap={gap} article={what === "create" ? "" : (entry?.id ?? article.value)} question={question.value} answer={answer.value} wordings={chosen.value} />
        )}
        <DialogFoot failure={problem.value} busy={busy.value ? "Saving\u2026" : ""} does={what === "dismiss" ? "Close the gap" : what === "create" ? "Save the draft" : "Save as a draft"} leave={leave} />
      </form>
    </Dialog>
  );
}
