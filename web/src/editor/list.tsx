import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Address } from "../staff/address";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { due, filter, noFilter, readFilter, standing, standingNames, twin, writeFilter, type Entry, type Filter } from "./catalogue";
import { dayWords, today } from "./days";
import { Bulk } from "./bulk";
import type { Stock, Use } from "./stock";
import type { UnsavedShelf } from "./unsaved";

const PAGE = 50;

interface Props {
  stock: Stock;
  unsaved: UnsavedShelf;
  address: Address;
}

export function List({ stock, unsaved, address }: Props) {
  const query = address.query.value;
  const by = readFilter(query);
  useEffect(() => {
    document.title = "Articles \u00b7 Emma";
    void stock.load();
    void stock.loadUse();
  }, []);
  const picked = useSignal<ReadonlySet<string>>(new Set());

  const day = today();
  const all = stock.entries.value;
  const found = filter(all, by, day, stock.use.value, stock.me);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(pages, Math.max(1, Number(query.get("page")) || 1));
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const filtered = JSON.stringify(by) !== JSON.stringify(noFilter);
  const changed = all.filter((e) => Object.values(e.versions).some((a) => a && standing(a) === "changed")).length;
  const set = (change: Partial<Filter>) => address.go(writeFilter({ ...by, ...change }, 1), true);

  return (
    <main class="page">
      <div class="row">
        <h1>Articles</h1>
        <span class="fine">{stock.state.value === "ready" ? `${count(all.length, "article")}, ${changed} with changes` : ""}</span>
        <a class="button primary push" href="/editor/new">
          <Icon name="plus" />
          New article
        </a>
      </div>
      <Filters by={by} set={set} stock={stock} />
      <Failure text={stock.problem.value}>
        <p>
          <button class="button" type="button" onClick={() => void stock.load()}>
            Try again
          </button>
        </p>
      </Failure>
      <p class="sr" role="status">
        {stock.state.value === "ready" ? `${count(found.length, "article")} found` : ""}
      </p>
      {stock.state.value !== "ready" ? (
        !stock.problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : found.length === 0 ? (
        <div class="card stack">
          <p>{filtered ? "No article fits." : "There are no articles yet."}</p>
          <p>
            {filtered ? (
              <a class="button" href="/editor">
                Show all articles
              </a>
            ) : (
              <a class="button primary" href="/editor/new">
                Write the first one
              </a>
            )}
          </p>
        </div>
      ) : (
        <>
          {picked.value.size > 0 && <Bulk chosen={all.filter((e) => picked.value.has(e.id))} stock={stock} address={address} clear={() => (picked.value = new Set())} />}
          <Table rows={shown} day={day} unsaved={unsaved.ids.value} use={stock.use.value} picked={picked.value} pick={(ids, on) => {
            const next = new Set(picked.value);
            for (const id of ids) if (on) next.add(id); else next.delete(id);
            picked.value = next;
          }} />
        </>
      )}
      {found.length > PAGE && (
        <nav class="row fine" aria-label="Pages">
          <span>
            {(page - 1) * PAGE + 1}
            {"\u2013"}
            {Math.min(found.length, page * PAGE)} of {found.length}
          </span>
          <span class="row push">
            {page > 1 && (
              <a class="button" href={writeFilter(by, page - 1)}>
                Page before
              </a>
            )}
            {page < pages && (
              <a class="button" href={writeFilter(by, page + 1)}>
                Next page
              </a>
            )}
          </span>
        </nav>
      )}
    </main>
  );
}

function Filters({ by, set, stock }: { by: Filter; set: (change: Partial<Filter>) => void; stock: Stock }) {
  const select = (name: keyof Filter, label: string, options: readonly (readonly [string, string])[]) => (
    <label>
      <span class="sr">{label}</span>
      <select class="input" value={by[name]} onChange={(e) => set({ [name]: e.currentTarget.value })}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form class="filters" role="search" aria-label="Articles" onSubmit={(e) => e.preventDefault()}>
      <label class="grow">
        <span class="sr">Search articles</span>
        <input class="input" type="search" placeholder="Question, wording, topic or id" value={by.q} onInput={(e) => set({ q: e.currentTarget.value })} />
      </label>
      {select("topic", "Topic", [["", "All topics"], ...stock.topics.value.map((t) => [t, t] as const)])}
      {select("language", "Language", [["", "Both languages"], ["es-missing", "Spanish missing"], ["es-older", "Spanish older"], ["en-missing", "English missing"]])}
      {select("status", "State", [["", "All states"], ["published", "Published"], ["changed", "Changed"], ["draft", "Draft"], ["in_review", "In review"], ["retired", "Retired"]])}
      {select("review", "Review", [["", "Any review day"], ["due", "Review due in 30 days"], ["none", "No review day"]])}
      {select("owner", "Review owner", [["", "Any owner"], ["me", "Mine to review"], ["none", "Nobody\u2019s"], ...stock.owners.value.map((name) => [`=${name}`, name] as const)])}
      {select("use", "Use by visitors", [["", "Any use"], ["shown", "Shown in 30 days"], ["never", "Not shown in 30 days"], ["unhelpful", "Often not helpful"], ["handed", "Often led to a person"]])}
      {select("flag", "Flag", [["", "Any flag or none"], ["any", "With a flag"], ...stock.flags.value.map((f) => [f, f] as const)])}
    </form>
  );
}

interface TableProps {
  rows: readonly Entry[];
  day: string;
  unsaved: ReadonlySet<string>;
  use: ReadonlyMap<string, Use>;
  picked: ReadonlySet<string>;
  pick: (ids: readonly string[], on: boolean) => void;
}

function Table({ rows, day, unsaved, use, picked, pick }: TableProps) {
  const all = rows.every((e) => picked.has(e.id));
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls sideways">
      <table class="articles">
        <caption class="sr">Articles</caption>
        <thead>
          <tr>
            <th scope="col" class="tick">
              <input type="checkbox" aria-label="Choose all on this page" checked={all} onChange={() => pick(rows.map((e) => e.id), !all)} />
            </th>
            <th scope="col">Article</th>
            <th scope="col">State</th>
            <th scope="col">Spanish</th>
            <th scope="col">Topic</th>
            <th scope="col" class="r">
              Shown
            </th>
            <th scope="col" class="r">
              Helped
            </th>
            <th scope="col" class="r">
              To a person
            </th>
            <th scope="col">Review by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <Line key={entry.id} entry={entry} day={day} unsaved={unsaved.has(entry.id)} use={use.get(entry.id)} picked={picked.has(entry.id)} pick={(on) => pick([entry.id], on)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  entry: Entry;
  day: string;
  unsaved: boolean;
  use: Use | undefined;
  picked: boolean;
  pick: (on: boolean) => void;
}

function Line({ entry, day, unsaved, use, picked, pick }: LineProps) {
  const { id, main } = entry;
  const es = twin(entry, "es");
  return (
    <tr>
      <td class="tick">
        <input type="checkbox" aria-label={`Choose: ${main.question || id}`} checked={picked} onChange={() => pick(!picked)} />
      </td>
      <th scope="row">
        <a href={`/editor/articles/${encodeURIComponent(id)}`} lang={main.language}>
          {main.question || id}
        </a>
        <span class="fine">
          {id} {"\u00b7"} {main.alternates.length} wordings{main.flag ? ` \u00b7 ${main.flag}` : ""}
        </span>
      </th>
      <td>
        <StandingBadge name={standing(main)} /> {unsaved && <span class="badge lamp">Unsaved here</span>}
      </td>
      <td data-name="Spanish">
        {es === "missing" && <span class="badge lamp">missing</span>}
        {es === "older" && <span class="badge lamp">older than English</span>}
        {es === "current" && (main.language === "es" ? "only Spanish" : (entry.versions.es && standing(entry.versions.es) !== "published" ? standingNames[standing(entry.versions.es)].toLowerCase() : "up to date"))}
      </td>
      <td data-name="Topic">{main.topic || "\u2013"}</td>
      <td class="r" data-name="Shown">
        {use?.shown ?? 0}
      </td>
      <td class="r" data-name="Helped">{use && use.helpful + use.unhelpful > 0 ? `${use.helpful} of ${use.helpful + use.unhelpful}` : "\u2013"}</td>
      <td class="r" data-name="To a person">
        {use?.handed_off || "\u2013"}
      </td>
      <td data-name="Review by">
        <Review day={main.review_by} today={day} />
        {main.owner && <span class="fine owner">{main.owner}</span>}
      </td>
    </tr>
  );
}

export function StandingBadge({ name }: { name: ReturnType<typeof standing> }) {
  const kind = { published: "good", changed: "lamp", draft: "", in_review: "accent", retired: "" }[name];
  return <span class={`badge ${kind}`}>{standingNames[name]}</span>;
}

function Review({ day, today: now }: { day: string; today: string }) {
  switch (due(day, now)) {
    case "none":
      return <>{"\u2013"}</>;
    case "over":
      return <span class="badge danger">{dayWords(day)}, over</span>;
    case "soon":
      return <span class="badge lamp">{dayWords(day)}, soon</span>;
    case "later":
      return <>{dayWords(day)}</>;
  }
}
