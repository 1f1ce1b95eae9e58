import { useEffect } from "preact/hooks";
import type { Address } from "../staff/address";
import { Icon } from "../staff/icon";
import { due, filter, noFilter, readFilter, standing, standingNames, twin, writeFilter, type Entry, type Filter } from "./catalogue";
import { dayWords, today } from "./days";
import type { Library } from "./library";
import { routes } from "./article";
import type { UnsavedShelf } from "./unsaved";

const PAGE = 50;

interface Props {
  library: Library;
  unsaved: UnsavedShelf;
  address: Address;
}

export function List({ library, unsaved, address }: Props) {
  const query = address.query.value;
  const by = readFilter(query);
  useEffect(() => {
    document.title = "Articles \u00b7 Emma";
    void library.load();
  }, []);

  const day = today();
  const all = library.entries.value;
  const found = filter(all, by, day);
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
        <span class="fine">{library.state.value === "ready" ? `${all.length} articles, ${changed} with changes` : ""}</span>
        <a class="button primary push" href="/editor/new">
          <Icon name="plus" />
          New article
        </a>
      </div>
      <Filters by={by} set={set} library={library} />
      {library.problem.value && (
        <div class="notice danger" role="alert">
          <Icon name="alert" />
          <p>{library.problem}</p>
          <p>
            <button class="button" type="button" onClick={() => void library.load()}>
              Try again
            </button>
          </p>
        </div>
      )}
      <p class="sr" role="status">
        {library.state.value === "ready" ? `${found.length} articles found` : ""}
      </p>
      {library.state.value !== "ready" ? (
        !library.problem.value && <p class="muted">{"Loading\u2026"}</p>
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
        <Table rows={shown} day={day} unsaved={unsaved.ids.value} />
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

function Filters({ by, set, library }: { by: Filter; set: (change: Partial<Filter>) => void; library: Library }) {
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
      {select("topic", "Topic", [["", "All topics"], ...library.topics.value.map((t) => [t, t] as const)])}
      {select("language", "Language", [["", "Both languages"], ["es-missing", "Spanish missing"], ["es-older", "Spanish older"], ["en-missing", "English missing"]])}
      {select("status", "State", [["", "All states"], ["published", "Published"], ["changed", "Changed"], ["draft", "Draft"], ["in_review", "In review"], ["retired", "Retired"]])}
      {select("review", "Review", [["", "Any review day"], ["due", "Review due in 30 days"], ["none", "No review day"]])}
      {select("flag", "Flag", [["", "Any flag or none"], ["any", "With a flag"], ...library.flags.value.map((f) => [f, f] as const)])}
    </form>
  );
}

function Table({ rows, day, unsaved }: { rows: readonly Entry[]; day: string; unsaved: ReadonlySet<string> }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls sideways">
      <table class="articles">
        <caption class="sr">Articles</caption>
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col">State</th>
            <th scope="col">Spanish</th>
            <th scope="col">Topic</th>
            <th scope="col">Route</th>
            <th scope="col">Review by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <Line key={entry.id} entry={entry} day={day} unsaved={unsaved.has(entry.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ entry, day, unsaved }: { entry: Entry; day: string; unsaved: boolean }) {
  const { id, main } = entry;
  const es = twin(entry, "es");
  return (
    <tr>
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
      <td>
        {es === "missing" && <span class="badge lamp">missing</span>}
        {es === "older" && <span class="badge lamp">older than English</span>}
        {es === "current" && (main.language === "es" ? "only Spanish" : (entry.versions.es && standing(entry.versions.es) !== "published" ? standingNames[standing(entry.versions.es)].toLowerCase() : "up to date"))}
      </td>
      <td>{main.topic || "\u2013"}</td>
      <td>{routes.find((r) => r.code === main.route)?.name ?? main.route}</td>
      <td>
        <Review day={main.review_by} today={day} />
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
