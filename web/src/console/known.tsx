import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Message, Row } from "../shared/protocol";
import type { Api } from "../staff/api";
import { percent } from "../staff/count";
import { Icon } from "../staff/icon";
import { Prose } from "../staff/prose";
import { words } from "../staff/session";

// An article as an agent uses it.
export interface Known {
  readonly article: string;
  readonly question: string;
  readonly text: string;
  readonly html: string;
  readonly source: { title: string; url: string };
  readonly confidence: number;
}

// What Emma would say, or why she would say nothing.
interface Consulted {
  readonly action: string;
  readonly confidence: number;
  readonly text: string;
  readonly language: string;
}

// linkOf is what is sent when the link alone is sent.
export function linkOf({ question, source }: Known): string {
  return `${source.title || question}: ${source.url}`;
}

interface Props {
  api: Api;
  row: Row;
  said: readonly Message[]; // the visitor's last SAID messages, the newest last
  mayReply: boolean;
  insert: (text: string) => void; // into the reply draft
  // first tells which article stands first, so that keys can insert it.
  first: (known: Known | undefined) => void;
}

const QUIET = 250;
const SHOWN = 3;
const LONGEST = 500; // characters of a message that are looked at
export const SAID = 4;

// Articles suggests what fits the visitor's last words, as far as it is plausible; what was
// said before helps where they say nothing alone. Who searches gets what comes closest.
export function Articles({ api, row, said, mayReply, insert, first }: Props) {
  const found = useSignal<readonly Known[]>([]);
  const loaded = useSignal(false);
  const problem = useSignal("");
  const typed = useSignal("");
  const opened = useSignal("");
  const asked = useRef(0);
  const timer = useRef(0);
  const language = row.language || "en";
  const last = said[said.length - 1];
  const text = typed.value || last?.text || "";

  useEffect(() => {
    const mine = ++asked.current;
    if (!text) {
      found.value = [];
      return;
    }
    const query = new URLSearchParams({ language, text: text.slice(0, LONGEST) });
    if (!typed.value) {
      query.set("said", "true");
      for (const { text } of said.slice(0, -1)) query.append("before", text.slice(0, LONGEST));
    }
    api
      .get<{ articles: Known[] }>(`/api/knowledge?${query}`)
      .then(({ articles }) => {
        if (mine !== asked.current) return;
        found.value = articles;
        loaded.value = true;
        problem.value = "";
      })
      .catch((error: unknown) => {
        if (mine === asked.current) problem.value = words(error);
      });
  }, [text, language, typed.value ? 0 : last?.seq]);
  const shown = typed.value ? found.value : found.value.slice(0, SHOWN);
  useEffect(() => first(shown[0]), [shown[0]]);
  const empty = !text
    ? "The visitor has said nothing yet."
    : !loaded.value
      ? "Loading\u2026"
      : typed.value
        ? "No article has any of these words."
        : "No article fits the visitor's last words. Search with your own.";

  return (
    <section aria-labelledby="art-h">
      <h2 id="art-h">{typed.value ? "Articles found" : "Suggested articles"}</h2>
      <label class="search">
        <span class="sr">Search the knowledge base</span>
        <Icon name="search" />
        <input
          class="input"
          type="search"
          id="article-search"
          placeholder="Search articles"
          maxLength={200}
          onInput={(e) => {
            const value = e.currentTarget.value.trim();
            clearTimeout(timer.current);
            timer.current = window.setTimeout(() => (typed.value = value), QUIET);
          }}
        />
      </label>
      <div role="status">
        {problem.value && <p class="fine">{problem}</p>}
        {!problem.value && shown.length === 0 && <p class="fine">{empty}</p>}
      </div>
      {shown.map((known, i) => (
        <article key={known.article} class="known" lang={language}>
          <h3>{known.question}</h3>
          {opened.value === known.article ? <Prose html={known.html} lang={language} /> : <p class="fine cut">{known.text}</p>}
          <p class="row" lang="en">
            {mayReply && (
              <button class="button" type="button" onClick={() => insert(known.text)}>
                Insert {i === 0 && <kbd>I</kbd>}
              </button>
            )}
            {mayReply && known.source.url && (
              <button class="button quiet" type="button" onClick={() => insert(linkOf(known))}>
                Insert link {i === 0 && <kbd>L</kbd>}
              </button>
            )}
            <button class="button quiet push" type="button" aria-expanded={opened.value === known.article} onClick={() => (opened.value = opened.peek() === known.article ? "" : known.article)}>
              {opened.value === known.article ? "Less" : "Read"}
              <span class="sr"> {known.question}</span>
            </button>
          </p>
        </article>
      ))}
      {mayReply && last && <Draft key={last.seq} api={api} row={row} insert={insert} />}
    </section>
  );
}

// Draft is what Emma would say, on demand: the agent edits and sends it.
function Draft({ api, row, insert }: { api: Api; row: Row; insert: (text: string) => void }) {
  const answer = useSignal<Consulted | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);

  async function ask() {
    if (busy.value) return;
    busy.value = true;
    try {
      answer.value = await api.get<Consulted>(`/api/conversations/${row.conversation}/emma`);
      problem.value = "";
    } catch (error) {
      problem.value = words(error);
    }
    busy.value = false;
  }

  const said = answer.value;
  return (
    <div class="draft">
      {!said && (
        <button class="button" type="button" onClick={() => void ask()} aria-disabled={busy.value}>
          {busy.value ? "Asking Emma\u2026" : "What would Emma say?"}
        </button>
      )}
      <div role="status" class="stack">
        {problem.value && <p class="fine">{problem}</p>}
        {said && (
          <>
            <p>
              <strong>Emma would say</strong> {said.confidence > 0 && <span class="fine">{percent(said.confidence)} sure</span>}
            </p>
            <p class="fine plain" lang={said.language}>
              {said.text || "Nothing: she would bring a person."}
            </p>
            {said.action !== "answer" && <p class="fine">This is no answer from an article. Read it before you use it.</p>}
          </>
        )}
      </div>
      {said?.text && (
        <button class="button" type="button" onClick={() => insert(said.text)}>
          Use as draft
        </button>
      )}
    </div>
  );
}
