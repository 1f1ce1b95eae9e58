import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { languageNames, languages } from "./article";
import type { Both } from "./both";
import { momentWords } from "./days";
import { Saving } from "./saving";

export interface Topic {
  readonly id: string;
  readonly labels: Both;
  readonly usual: Both;
  readonly articles: readonly { readonly id: string; readonly questions: Partial<Both> }[];
}

interface MenuState {
  readonly revision: number;
  readonly saved_by?: string;
  readonly saved_at?: number;
  readonly topics: readonly Topic[];
}

// MenuPage orders the guided menu: the topics, their names, and the articles in them. What
// is changed and not saved is the draft.
export function MenuPage({ api, draft }: { api: Api; draft: Signal<readonly Topic[] | undefined> }) {
  const menu = useSignal<MenuState | undefined>(undefined);
  const problem = useSignal("");
  const saving = useMemo(() => new Saving<MenuState>(api, "/api/menu", "menu", () => "Somebody else saved the menu meanwhile. Your order is still here; saving replaces theirs."), []);
  useEffect(() => {
    document.title = "Menu \u00b7 Emma";
    void api.get<{ menu: MenuState }>("/api/menu").then(
      (a) => (menu.value = a.menu),
      (error) => (problem.value = words(error)),
    );
  }, []);
  const topics = draft.value ?? menu.value?.topics ?? [];
  const dirty = !!menu.value && JSON.stringify(topics) !== JSON.stringify(menu.value.topics);


  function change(next: readonly Topic[]) {
    draft.value = next;
    saving.changed();
  }

  async function save(usual: boolean) {
    if (!menu.value) return;
    const sent = topics.map((t) => ({
      id: t.id,
      ...(t.labels.en === t.usual.en && t.labels.es === t.usual.es ? {} : { labels: t.labels }),
      articles: t.articles.map((a) => a.id),
    }));
    const body = { revision: menu.value.revision, topics: usual ? [] : sent };
    draft.value = topics; // so that nothing takes its place
    if (await saving.put(body, (stands) => (menu.value = stands), "Saved. Visitors see it now.") && draft.value === topics) draft.value = undefined;
  }

  return (
    <main class="page">
      <div>
        <h1>Menu</h1>
        <p class="fine">What visitors may choose from when they ask Emma for a list of topics.</p>
      </div>
      <Failure text={problem.value || saving.problem.value} />
      {!menu.value ? (
        !problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : topics.length === 0 ? (
        <div class="card">
          <p>The menu is empty. An article appears in it when it has a topic and is published.</p>
        </div>
      ) : (
        <>
          <div class="bar-sticky row">
            <button class="button primary" type="button" aria-disabled={!dirty || saving.busy.value} onClick={() => dirty && void save(false)}>
              Save the menu
            </button>
            {dirty ? (
              <button
                class="button"
                type="button"
                onClick={() => {
                  draft.value = undefined;
                  saving.changed();
                }}
              >
                Drop changes
              </button>
            ) : (
              menu.value.revision > 0 && (
                <button class="button quiet" type="button" onClick={() => void save(true)}>
                  Put back the usual order
                </button>
              )
            )}
            <span class="fine" role="status">
              {saving.said.value || (dirty ? "Not saved." : menu.value.saved_by ? `Saved by ${menu.value.saved_by}, ${momentWords(menu.value.saved_at ?? 0)}` : "As it comes with the program.")}
            </span>
          </div>
          <ol role="list" class="stack">
            {topics.map((topic, i) => (
              <li key={topic.id} class="card stack">
                <div class="row">
                  <Moves name={topic.labels.en} at={i} of={topics.length} move={(to) => change(moved(topics, i, to))} />
                  {languages.map((l) => (
                    <label class="grow" key={l}>
                      <span class="sr">
                        {languageNames[l]} name of the topic {topic.id}
                      </span>
                      <input class="input" lang={l} maxLength={60} value={topic.labels[l]} onInput={(e) => change(topics.map((t) => (t === topic ? { ...t, labels: { ...t.labels, [l]: e.currentTarget.value } } : t)))} />
                    </label>
                  ))}
                </div>
                <details>
                  <summary>
                    {count(topic.articles.length, "article")}
                    <span class="sr"> of {topic.labels.en}</span>
                  </summary>
                  <ol role="list" class="menu-articles">
                    {topic.articles.map((a, n) => (
                      <li key={a.id} class="row">
                        <Moves
                          name={a.questions.en ?? a.questions.es ?? a.id}
                          at={n}
                          of={topic.articles.length}
                          move={(to) => change(topics.map((t) => (t === topic ? { ...t, articles: moved(t.articles, n, to) } : t)))}
                        />
                        <a href={`/editor/articles/${encodeURIComponent(a.id)}`} lang={a.questions.en ? "en" : "es"}>
                          {a.questions.en ?? a.questions.es ?? a.id}
                        </a>
                      </li>
                    ))}
                  </ol>
                </details>
              </li>
            ))}
          </ol>
        </>
      )}
    </main>
  );
}

function Moves({ name, at, of, move }: { name: string; at: number; of: number; move: (to: number) => void }) {
  const button = (to: number, what: string, icon: "up" | "down") => (
    <button class="button quiet icon-only" type="button" title={what} aria-disabled={to < 0 || to >= of} onClick={() => to >= 0 && to < of && move(to)}>
      <Icon name={icon} />
      <span class="sr">
        {what}: {name}
      </span>
    </button>
  );
  return (
    <span class="moves">
      {button(at - 1, "Move up", "up")}
      {button(at + 1, "Move down", "down")}
    </span>
  );
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}
