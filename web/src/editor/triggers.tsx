import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { lines } from "./article";
import { BothFields, SaveFoot, type Both } from "./both";
import { momentWords } from "./days";
import type { Drafts } from "./drafts";
import { Saving } from "./saving";

type Lists = Record<Language, readonly string[]>;

interface Trigger {
  readonly kind: string;
  readonly group: "danger" | "talk";
  readonly when: string;
  readonly examples: Lists;
  readonly phrases: Lists;
  readonly revision: number;
  readonly saved_by?: string;
  readonly saved_at?: number;
}

interface Tried {
  readonly group: "" | "danger" | "talk";
  readonly kind: string;
  readonly editors: boolean;
  readonly language: Language;
  readonly text: string;
}

const groups = [
  ["danger", "Danger", "Emma shows the article about it at once. A phrase counts anywhere in a message."],
  ["talk", "Small talk", "Emma says a short line. A phrase counts when it is the whole message."],
] as const;

// Triggers edits the phrases that Emma reacts to before she looks for an answer. What is
// typed is tried together with what is saved.
export function Triggers({ api, drafts }: { api: Api; drafts: Drafts<Both> }) {
  const triggers = useSignal<readonly Trigger[] | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    document.title = "Triggers \u00b7 Emma";
    void api.get<{ triggers: Trigger[] }>("/api/triggers").then(
      (a) => (triggers.value = a.triggers),
      (error) => (problem.value = words(error)),
    );
  }, []);
  const stands = (trigger: Trigger) => (triggers.value = triggers.value?.map((t) => (t.kind === trigger.kind ? trigger : t)));
  return (
    <main class="page">
      <div>
        <h1>Triggers</h1>
        <p class="fine">What Emma reacts to at once, before she looks for an answer. Capitals, accents and punctuation do not matter.</p>
      </div>
      <Failure text={problem.value} />
      {!triggers.value ? (
        !problem.value && <p class="muted">{"Loading\u2026"}</p>
      ) : (
        <>
          <TryOut api={api} triggers={triggers.value} drafts={drafts.all.value} />
          {groups.map(([group, name, what]) => (
            <section key={group} class="stack" aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`}>{name}</h2>
              <p class="fine">{what}</p>
              {group === "danger" && (
                <div class="notice">
                  <Icon name="lock" />
                  <p>What Emma knows by herself cannot be taken away: somebody in danger must not be missed because of a slip of the hand. If one of her own is wrong for you, tell those who run the program.</p>
                </div>
              )}
              {triggers.value
                ?.filter((t) => t.group === group)
                .map((t) => (
                  <Kind key={t.kind} trigger={t} api={api} drafts={drafts} stands={stands} />
                ))}
            </section>
          ))}
        </>
      )}
    </main>
  );
}

const both = (lists: Lists): Both => ({ en: lists.en.join("\n"), es: lists.es.join("\n") });
const listed = (texts: Both): Lists => ({ en: lines(texts.en), es: lines(texts.es) });

function TryOut({ api, triggers, drafts }: { api: Api; triggers: readonly Trigger[]; drafts: ReadonlyMap<string, Both> }) {
  const field = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const shown = useSignal("");
  async function run(event: Event) {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (!text) return;
    shown.value = "";
    try {
      const phrases = Object.fromEntries([...drafts].map(([kind, texts]) => [kind, listed(texts)]));
      const t = await api.call<Tried>("POST", "/api/triggers/try", { text, phrases });
      const when = triggers.find((k) => k.kind === t.kind)?.when ?? "";
      const by = t.editors ? "because of your phrase" : "by herself";
      if (t.group === "danger") said.value = `Danger, ${by}: ${when || "an emergency."}`;
      else if (t.group === "talk") said.value = `Small talk, ${by}: ${when}`;
      else said.value = "She does not react to this. She looks for an answer.";
      if (t.group) shown.value = t.text;
    } catch (error) {
      said.value = words(error);
    }
  }
  return (
    <form class="card stack" aria-labelledby="try-h" onSubmit={run}>
      <h2 id="try-h">Try a message</h2>
      <div class="row">
        <input class="input grow" ref={field} id="try-trigger" aria-label="Message of a visitor" placeholder="What a visitor might write" maxLength={400} />
        <button class="button" type="submit">
          Try it
        </button>
      </div>
      <p class="fine" role="status">
        {said.value || "With what you typed below, saved or not. Nothing is stored."}
      </p>
      {shown.value && <blockquote class="said">{shown.value.length > 300 ? `${shown.value.slice(0, 300)}\u2026` : shown}</blockquote>}
    </form>
  );
}

interface KindProps {
  trigger: Trigger;
  api: Api;
  drafts: Drafts<Both>; // one phrase a line
  stands: (trigger: Trigger) => void;
}

function Kind({ trigger, api, drafts, stands }: KindProps) {
  const saving = useMemo(() => new Saving<Trigger>(api, `/api/triggers/${trigger.kind}`, "trigger", () => "Somebody else changed these phrases meanwhile. Yours are still here; saving replaces theirs."), []);
  const now = drafts.all.value.get(trigger.kind) ?? both(trigger.phrases);
  const dirty = JSON.stringify(listed(now)) !== JSON.stringify(trigger.phrases);
  const added = trigger.phrases.en.length + trigger.phrases.es.length;
  const edit = (to: Both) => {
    drafts.put(trigger.kind, to);
    saving.changed();
  };
  const drop = () => {
    drafts.drop(trigger.kind);
    saving.changed();
  };
  async function save() {
    if (await saving.put({ revision: trigger.revision, phrases: listed(now) }, stands, "Saved. Emma listens for it now.")) drafts.saved(trigger.kind, now);
  }
  return (
    <details class="card">
      <summary>
        <h3 class="inline">{trigger.when}</h3> {added > 0 && <span class="badge lamp">{count(added, "phrase of yours", "phrases of yours")}</span>}
      </summary>
      <div class="stack phrase-list">
        <BothFields
          id={trigger.kind}
          about={trigger.when}
          texts={now}
          wrong={saving.field.value}
          rows={() => 3}
          label={(name) => `Yours in ${name}, one a line`}
          above={(l) => (
            <p class="fine">
              <Icon name="lock" /> Emma knows by herself, for example: <span lang={l}>{trigger.examples[l].map((e) => `\u201c${e}\u201d`).join(", ")}</span>
            </p>
          )}
          set={edit}
        />
        <SaveFoot
          saving={saving}
          what="these phrases"
          dirty={dirty}
          save={() => void save()}
          drop={drop}
          said={trigger.saved_by ? `Saved by ${trigger.saved_by}, ${momentWords(trigger.saved_at ?? 0)}` : ""}
        />
      </div>
    </details>
  );
}
