import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { Answer } from "./answer";
import { languageNames } from "./article";
import { standing } from "./catalogue";
import type { Copy } from "./copy";
import { Clash } from "./clash";
import { momentWords } from "./days";
import { Preview } from "./preview";
import { Wordings } from "./wordings";

interface Props {
  copy: Copy;
  other: Copy;
  api: Api;
  older: boolean; // than the English text
}

// Twin is one of the two languages, side by side row by row.
export function Twin({ copy, other, api, older }: Props) {
  const language = copy.language;
  const name = languageNames[language];
  const heading = <h2 id={`${language}-h`}>{name}</h2>;
  const state = copy.state.value;
  if (state !== "ready") {
    return (
      <section class="card lone" aria-labelledby={`${language}-h`}>
        {heading}
        {state === "loading" && <p class="muted">{"Loading\u2026"}</p>}
        {state === "failed" && (
          <Failure text={copy.problem.value}>
            <p>
              <button class="button" type="button" onClick={() => void copy.load()}>
                Try again
              </button>
            </p>
          </Failure>
        )}
        {state === "missing" && (
          <>
            <p>There is no {name} version yet. Visitors who write in {name} do not get this article.</p>
            <p>
              <button class="button" type="button" onClick={() => copy.start(other.state.peek() === "ready" ? other.mine.peek() : undefined)}>
                <Icon name="plus" />
                Start the {name} version
              </button>
            </p>
          </>
        )}
      </section>
    );
  }
  if (copy.theirs.value) return <Clash copy={copy} theirs={copy.theirs.value} />;
  const mine = copy.mine.value;
  const base = copy.base.value;
  const dirty = copy.dirty.value;
  return (
    <section class="card" aria-labelledby={`${language}-h`}>
      <div class="row">
        {heading}
        {older && <span class="badge lamp">older than English</span>}
        {dirty ? (
          <span class="badge lamp">{copy.durable.value ? "not saved" : "not saved, and not kept on this device"}</span>
        ) : (
          base.revision > 0 && <span class="badge">{stateWords(copy)}</span>
        )}
        {dirty && (
          <button class="button quiet push" type="button" onClick={() => copy.undo()}>
            Drop changes<span class="sr"> in {name}</span>
          </button>
        )}
        {!dirty && base.saved_at && (
          <span class="fine push">
            {momentWords(base.saved_at)}
            {base.saved_by ? `, ${base.saved_by}` : ""}
          </span>
        )}
        <Failure text={copy.problem.value && dirty ? `${copy.problem.value} Your words are kept on this device.` : copy.problem.value} wide />
      </div>
      <div class="field">
        <label for={`question-${language}`}>Question</label>
        <input class="input" id={`question-${language}`} lang={language} maxLength={400} value={mine.question} onInput={(e) => copy.set("question", e.currentTarget.value)} />
      </div>
      <Wordings language={language} value={mine.alternates} base={base.alternates} set={(value) => copy.set("alternates", value)} />
      <Answer language={language} value={mine.answer} set={(value) => copy.set("answer", value)} />
      <section aria-labelledby={`preview-${language} ${language}-h`} class="seen">
        <h3 id={`preview-${language}`}>As visitors see it</h3>
        <Preview api={api} markdown={mine.answer} language={language} />
      </section>
      <fieldset class="source">
        <legend class="legend">Source</legend>
        <div class="field">
          <label class="fine" for={`source-title-${language}`}>
            Title of the page
          </label>
          <input class="input" id={`source-title-${language}`} lang={language} value={mine.source.title} onInput={(e) => copy.set("source", { ...mine.source, title: e.currentTarget.value })} />
        </div>
        <div class="field">
          <label class="fine" for={`source-url-${language}`}>
            Address
          </label>
          <input class="input" id={`source-url-${language}`} type="url" value={mine.source.url} placeholder="https://" onInput={(e) => copy.set("source", { ...mine.source, url: e.currentTarget.value.trim() })} />
        </div>
      </fieldset>
    </section>
  );
}

function stateWords(copy: Copy): string {
  const base = copy.base.value;
  switch (standing(base)) {
    case "published":
      return `revision ${base.revision}, published`;
    case "retired":
      return `revision ${base.revision}, retired`;
    default:
      return copy.published.value ? `revision ${base.revision}, visitors see ${copy.published.value}` : `revision ${base.revision}, never published`;
  }
}
