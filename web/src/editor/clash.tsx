import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../staff/count";
import { Icon } from "../staff/icon";
import { fieldNames, languageNames, type Article, type ContentField } from "./article";
import type { Copy } from "./copy";
import { momentWords } from "./days";
import { Changed } from "./history";
import { differences, merged, type Side } from "./merge";

// Clash puts both versions beside each other, field by field. Nothing of either is
// lost until the editor has chosen, and nothing is saved by choosing.
export function Clash({ copy, theirs }: { copy: Copy; theirs: Article }) {
  const chosen = useSignal<Partial<Record<ContentField, Side>>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  const base = copy.base.value;
  const mine = copy.mine.value;
  const found = differences(base, mine, theirs);
  const result = merged(base, mine, theirs, chosen.value);
  const open = found.filter((d) => !(chosen.value[d.field] ?? d.side)).length;
  const who = theirs.saved_by || "Somebody else";
  const name = languageNames[copy.language];
  useEffect(() => heading.current?.focus(), []);

  return (
    <section class="card lone clash" aria-labelledby={`${copy.language}-h`}>
      <h2 id={`${copy.language}-h`} tabIndex={-1} ref={heading}>
        {name}: two versions
      </h2>
      <div class="notice lamp" role="alert">
        <Icon name="alert" />
        <p>
          {who} saved revision {theirs.revision} {momentWords(theirs.saved_at) ? `on ${momentWords(theirs.saved_at)} ` : ""}while you were writing. Nothing was overwritten. Choose what to keep. Added words are underlined, removed words are struck through.
        </p>
      </div>
      {found.map(({ field, clash, side, mayJoin }) => {
        const choice = chosen.value[field] ?? side;
        const pick = (value: Side, label: string, version: Article | undefined) => (
          <label class={choice === value ? "pick on" : "pick"}>
            <input type="radio" name={`${copy.language}-${field}`} checked={choice === value} onChange={() => (chosen.value = { ...chosen.value, [field]: value })} />
            <span>
              <strong>{label}</strong>
              {version ? <Changed before={base} after={version} field={field} /> : <span class="fine">What either of you added stays; what either of you removed goes.</span>}
            </span>
          </label>
        );
        return (
          <fieldset key={field} class="stack">
            <legend class="legend">
              {fieldNames[field]} {clash && <span class="badge danger">changed by both</span>}
            </legend>
            {pick("theirs", `${who}, revision ${theirs.revision}`, theirs)}
            {pick("mine", "You, not saved", mine)}
            {mayJoin && clash && pick("both", "Both together", undefined)}
          </fieldset>
        );
      })}
      <div class="row">
        <button class="button primary" type="button" aria-disabled={!result} onClick={() => result && copy.agree(result)}>
          Go on with this
        </button>
        <span class="fine" role="status">
          {open > 0 ? `${count(open, "choice is", "choices are")} open.` : "You can still edit it before you save."}
        </span>
      </div>
    </section>
  );
}
