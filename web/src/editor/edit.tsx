import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Address } from "../staff/address";
import { Icon } from "../staff/icon";
import { languageNames, languages } from "./article";
import { olderThanSource } from "./catalogue";
import { Copy } from "./copy";
import { History } from "./history";
import { useLeaveWarning } from "./saving";
import type { Stock, Use } from "./stock";
import { Shared } from "./shared";
import { TestPane } from "./testpane";
import { Twin } from "./twin";
import type { UnsavedShelf } from "./unsaved";

interface Props {
  id: string;
  view: "" | "history";
  stock: Stock;
  unsaved: UnsavedShelf;
  address: Address;
}

export function Edit({ id, view, stock, unsaved, address }: Props) {
  const copies = useMemo(() => languages.map((l) => new Copy(id, l, stock.api, unsaved)), [id]);
  const [english, spanish] = copies as [Copy, Copy];
  const said = useSignal("");
  const here = `/editor/articles/${encodeURIComponent(id)}`;
  const ready = copies.filter((c) => c.state.value === "ready");
  const dirty = ready.filter((c) => c.dirty.value);
  const clash = ready.some((c) => c.theirs.value);
  const waiting = ready.filter((c) => c.unpublished.value || c.dirty.value);
  const busy = ready.some((c) => c.busy.value);
  const live = ready.filter((c) => c.published.value > 0);
  const inReview = ready.filter((c) => c.base.value.status === "in_review" && !c.dirty.value);
  const drafts = waiting.filter((c) => !inReview.includes(c));
  const fourEyes = stock.rules.value.four_eyes;
  const toReview = fourEyes && drafts.length > 0;
  const title = english.state.value === "ready" ? english.mine.value.question : spanish.state.value === "ready" ? spanish.mine.value.question : "";
  const gone = copies.every((c) => c.state.value === "missing");
  const older = english.base.value.revision > 0 && spanish.base.value.revision > 0 && olderThanSource({ versions: { en: english.base.value, es: spanish.base.value } });

  useEffect(() => {
    void (async () => {
      void stock.loadUse();
      if (stock.state.peek() !== "ready") await stock.load();
      for (const copy of copies) void copy.load(stock.lacks(id, copy.language));
    })();
  }, [copies]);

  useEffect(() => {
    document.title = `${dirty.length > 0 ? "* " : ""}${title || id} \u00b7 Emma`;
  }, [title, dirty.length]);

  useLeaveWarning(dirty.length > 0);

  // each does something with several versions, one after the other, and says how it went.
  async function each(list: readonly Copy[], act: (copy: Copy) => Promise<boolean>, done: string) {
    said.value = "";
    const went: string[] = [];
    for (const copy of list) if (await act(copy)) went.push(languageNames[copy.language]);
    if (went.length > 0) said.value = `${done}: ${went.join(" and ")}.`;
    void stock.load();
  }
  const save = () => each(dirty, (c) => c.save(), "Saved");
  const review = () => each(drafts, (c) => c.move("review"), "Sent to review");
  const withdraw = () => each(inReview, (c) => c.move("withdraw"), "Back to draft");
  // pull takes one press: a wrong answer must not stand a moment longer.
  const pull = () => each(live, (c) => c.move("retire"), "Pulled, visitors do not get it any more");
  async function check() {
    for (const copy of dirty) if (!(await copy.save())) return;
    await stock.load();
    address.go(`/editor/publish?article=${encodeURIComponent(id)}`);
  }

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      if (dirty.length > 0) void save();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });

  if (gone) {
    return (
      <main class="page">
        <h1>There is no article {id}</h1>
        <p>
          <a class="button primary" href="/editor">
            All articles
          </a>
        </p>
      </main>
    );
  }
  const blocked = clash ? "Bring the two versions together first." : "";
  return (
    <main class="page">
      <div class="row edit-head">
        <div class="edit-name">
          <p class="fine">
            <a href="/editor">Articles</a> / {id}
          </p>
          <h1 lang={english.state.value === "ready" ? "en" : "es"}>{title || "New article"}</h1>
        </div>
        <Standing copies={ready} />
        <div class="row push">
          <span class="fine" role="status">
            {busy ? "Working\u2026" : said}
          </span>
          <a class="button quiet" href={view === "history" ? here : `${here}/history`}>
            {view === "history" ? "Back to the text" : "Revisions"}
          </a>
          <a class="button quiet" href={`/editor/try?${new URLSearchParams({ q: title, language: english.state.value === "ready" ? "en" : "es" })}`}>
            Try it
          </a>
          {live.length > 0 && (
            <button class="button danger" type="button" aria-disabled={busy} onClick={() => !busy && void pull()}>
              Pull this answer now
            </button>
          )}
          {inReview.length > 0 && (
            <button class="button" type="button" aria-disabled={busy} onClick={() => !busy && void withdraw()}>
              Back to draft
            </button>
          )}
          <button class="button" type="button" aria-disabled={dirty.length === 0 || busy || clash} onClick={() => dirty.length > 0 && !busy && !clash && void save()}>
            Save draft
          </button>
          {!toReview && drafts.length > 0 && (
            <button class="button" type="button" aria-disabled={busy || clash} onClick={() => !busy && !clash && void review()}>
              Send to review
            </button>
          )}
          <button
            class="button primary"
            type="button"
            aria-disabled={waiting.length === 0 || busy || clash}
            onClick={() => waiting.length > 0 && !busy && !clash && void (toReview ? review() : check())}
          >
            {toReview ? "Send to review" : "Check and publish"}
          </button>
        </div>
        {blocked && <p class="fine wide">{blocked}</p>}
      </div>
      {view === "history" ? (
        <History copies={ready} api={stock.api} restored={() => address.go(here)} />
      ) : (
        <>
          <Report use={stock.use.value.get(id)} published={live.length > 0} />
          <Shared copies={copies} stock={stock} />
          <div class={clash ? "twins apart" : "twins"}>
            <Twin copy={english} other={spanish} api={stock.api} older={false} />
            <Twin copy={spanish} other={english} api={stock.api} older={older} />
          </div>
          {!clash && ready.length > 0 && <TestPane key={ready.length} api={stock.api} copies={ready} stock={stock} />}
        </>
      )}
    </main>
  );
}

// Report says in a sentence how the article did with visitors.
function Report({ use, published }: { use: Use | undefined; published: boolean }) {
  if (!use) return published ? <p class="fine">No visitor was shown this article in the last 30 days.</p> : null;
  const said = use.helpful + use.unhelpful;
  return (
    <dl class="report" aria-label="With visitors in the last 30 days">
      <div>
        <dt>Shown in 30 days</dt>
        <dd>{use.shown}</dd>
      </div>
      <div>
        <dt>Helped</dt>
        <dd>{said > 0 ? `${use.helpful} of ${said} who said` : "nobody said"}</dd>
      </div>
      <div>
        <dt>Led to a person</dt>
        <dd>{use.handed_off}</dd>
      </div>
      <div>
        <dt>An agent answered after it</dt>
        <dd>{use.corrected}</dd>
      </div>
    </dl>
  );
}

function Standing({ copies }: { copies: readonly Copy[] }) {
  if (copies.some((c) => c.dirty.value)) {
    return (
      <span class="badge lamp">
        <Icon name="draft" />
        Not saved
      </span>
    );
  }
  if (copies.some((c) => c.base.value.status === "in_review")) return <span class="badge accent">In review</span>;
  if (copies.some((c) => c.unpublished.value)) return <span class="badge lamp">{copies.some((c) => c.published.value) ? "Changed, not published" : "Draft, not published"}</span>;
  if (copies.some((c) => c.published.value)) return <span class="badge good">Published</span>;
  return copies.some((c) => c.base.value.status === "retired") ? <span class="badge">Retired</span> : null;
}
