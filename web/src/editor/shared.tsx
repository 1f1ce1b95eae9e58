import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../staff/icon";
import { languageNames, lines, routes, same, type Article, type ContentField } from "./article";
import type { Copy } from "./copy";
import type { Stock } from "./stock";

interface Props {
  copies: readonly Copy[];
  stock: Stock;
}

type Plain = "topic" | "route" | "review_by" | "owner" | "effective_from" | "expires_on" | "flag";

// Shared are the properties that both languages have in common. A change sets both;
// where they differ it says so and changes nothing by itself.
export function Shared({ copies, stock }: Props) {
  const ready = copies.filter((c) => c.state.value === "ready" && !c.theirs.value);
  const first = ready[0];
  if (!first) return null;
  const mine = first.mine.value;
  const set = <F extends ContentField>(field: F, value: Article[F]) => {
    for (const copy of ready) copy.set(field, value);
  };
  const other = (field: ContentField) => {
    const odd = ready.find((c) => !same(c.mine.value, mine, field));
    if (!odd) return null;
    const value = odd.mine.value[field];
    const shown = Array.isArray(value) ? value.join(", ") : String(value);
    return (
      <p class="fine odd">
        {languageNames[odd.language]} has {shown || "none"}. A change here sets both.
      </p>
    );
  };
  const field = (name: Plain, label: string, input: JSX.Element) => (
    <div class="field" key={name}>
      <label for={`p-${name}`}>{label}</label>
      {input}
      {other(name)}
    </div>
  );
  const day = (name: Plain, label: string) => field(name, label, <input class="input" id={`p-${name}`} type="date" value={mine[name]} onInput={(e) => set(name, e.currentTarget.value)} />);

  return (
    <section class="props" aria-label="For both languages">
      {field("topic", "Topic", <input class="input" id="p-topic" list="topics" value={mine.topic} onInput={(e) => set("topic", e.currentTarget.value)} />)}
      <datalist id="topics">
        {stock.topics.value.map((t) => (
          <option key={t} value={t} />
        ))}
      </datalist>
      {field(
        "route",
        "Route",
        <select class="input" id="p-route" value={mine.route} onChange={(e) => set("route", e.currentTarget.value)}>
          {routes.map((r) => (
            <option key={r.code} value={r.code}>
              {r.name}
            </option>
          ))}
        </select>,
      )}
      {day("review_by", "Review by")}
      {field(
        "owner",
        "Review owner",
        <select class="input" id="p-owner" value={mine.owner} onChange={(e) => set("owner", e.currentTarget.value)}>
          <option value="">Nobody</option>
          {[...new Set([...stock.owners.value, mine.owner].filter(Boolean))].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>,
      )}
      {day("effective_from", "Effective from")}
      {day("expires_on", "Expires on")}
      {field("flag", "Flag for editors", <input class="input" id="p-flag" list="flags" value={mine.flag} onInput={(e) => set("flag", e.currentTarget.value)} />)}
      <datalist id="flags">
        {stock.flags.value.map((f) => (
          <option key={f} value={f} />
        ))}
      </datalist>
      <FollowUps value={mine.follow_ups} set={(value) => set("follow_ups", value)} stock={stock} self={first.id} note={other("follow_ups")} />
    </section>
  );
}

interface FollowProps {
  value: readonly string[];
  set: (value: string[]) => void;
  stock: Stock;
  self: string;
  note: JSX.Element | null;
}

function FollowUps({ value, set, stock, self, note }: FollowProps) {
  const input = useRef<HTMLInputElement>(null);
  const questions = new Map(stock.entries.value.map((e) => [e.id, e.main.question]));
  const add = () => {
    const typed = input.current?.value.trim() ?? "";
    if (!typed) return;
    set(lines([...value, typed].join("\n")));
    if (input.current) input.current.value = "";
  };
  return (
    <fieldset class="stack follow">
      <legend class="legend">Follow-ups</legend>
      {value.length > 0 && (
        <ul role="list" class="chips">
          {value.map((id) => (
            <li key={id} class={questions.size > 0 && !questions.has(id) ? "new" : undefined}>
              <a href={`/editor/articles/${encodeURIComponent(id)}`}>{questions.get(id) ?? id}</a>
              {questions.size > 0 && !questions.has(id) && " (no such article)"}
              <button type="button" onClick={() => set(value.filter((v) => v !== id))}>
                <Icon name="close" />
                <span class="sr">Remove: {questions.get(id) ?? id}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <input
          class="input grow"
          ref={input}
          list="articles"
          aria-label="Add a follow-up by its id"
          placeholder="Id of an article"
          autocomplete="off"
          onKeyDown={(e) => {
            if (e.key !== "Enter") return;
            e.preventDefault();
            add();
          }}
        />
        <button class="button" type="button" onClick={add}>
          Add<span class="sr"> follow-up</span>
        </button>
      </div>
      <datalist id="articles">
        {stock.entries.value
          .filter((e) => e.id !== self && !value.includes(e.id))
          .map((e) => (
            <option key={e.id} value={e.id}>
              {e.main.question}
            </option>
          ))}
      </datalist>
      {note}
    </fieldset>
  );
}
