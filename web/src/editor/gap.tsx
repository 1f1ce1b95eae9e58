import { count, percent } from "../staff/count";
import { Icon } from "../staff/icon";
import { momentWords } from "./days";
import type { Gap } from "./inbox";

export type Action = "attach" | "choose" | "create" | "dismiss";

// LIKELY is the likeness from which the nearest article is proposed first.
const LIKELY = 0.3;

// GapCard is one gap with its first step as the primary button.
export function GapCard({ gap, ask }: { gap: Gap; ask: (what: Action) => void }) {
  const near = gap.nearest;
  const fits = !!near && (near.confidence >= LIKELY || (gap.outcomes.unsure ?? 0) > 0) && gap.wordings.length > 0;
  const others = gap.samples.filter((text) => text !== gap.title).slice(0, 4);
  return (
    <li class="card gap">
      <div class="gain">
        <strong>{gap.visitors}</strong>
        <span class="fine">{gap.article ? (gap.visitors === 1 ? "visitor was not helped" : "visitors were not helped") : gap.visitors === 1 ? "visitor helped by one edit" : "visitors helped by one edit"}</span>
      </div>
      <div class="stack">
        <h2 lang={gap.language}>{gap.article ? near?.question : gap.title}</h2>
        {gap.came_back && (
          <p class="row">
            <span class="badge lamp">
              <Icon name="alert" />
              came back
            </span>
            <span class="fine">
              {cameBack[gap.came_back.what]} by {gap.came_back.by}, {momentWords(gap.came_back.at)}
              {gap.came_back.reason ? `: ${gap.came_back.reason}` : ""}
            </span>
          </p>
        )}
        {others.length > 0 && (
          <ul class="said" lang={gap.language}>
            {others.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
        <p class="fine">{facts(gap)}</p>
        <div class="row">
          {gap.article ? (
            <a class="button primary" href={`/editor/articles/${encodeURIComponent(gap.article)}`}>
              Review the article
            </a>
          ) : (
            <>
              {fits && (
                <button class="button primary" type="button" onClick={() => ask("attach")}>
                  Add {count(gap.wordings.length, "wording")} to that article
                </button>
              )}
              <button class={fits ? "button" : "button primary"} type="button" onClick={() => ask("create")}>
                {gap.replies.length > 0 ? "New article from an agent\u2019s reply" : "New article"}
              </button>
              {gap.wordings.length > 0 && (
                <button class="button" type="button" onClick={() => ask("choose")}>
                  Add to {fits ? "another" : "an"} article
                </button>
              )}
            </>
          )}
          <button class="button quiet" type="button" onClick={() => ask("dismiss")}>
            {gap.article ? "Nothing to do" : "Not our topic"}
          </button>
        </div>
      </div>
    </li>
  );
}

const cameBack = { dismissed: "Dismissed", attached: "Wordings were added", created: "An article was made" } as const;

// facts says what is known about a gap, in sentences.
function facts(gap: Gap): string {
  const said: string[] = [];
  if (!gap.article) {
    if (!gap.nearest) said.push("No near article.");
    else said.push(`Nearest article: ${gap.nearest.question} ${percent(gap.nearest.confidence)}.`);
  }
  if (gap.outcomes.unsure) said.push(`Emma asked back ${times(gap.outcomes.unsure)}.`);
  if (gap.replies.length > 0) said.push("Agents answered it.");
  if (gap.language === "es") said.push("Asked in Spanish.");
  if (gap.last_at) said.push(`Last asked ${momentWords(gap.last_at)}.`);
  return said.join(" ");
}

const times = (n: number): string => (n === 1 ? "once" : `${n} times`);
