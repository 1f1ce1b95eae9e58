import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../staff/api";
import { Failure } from "../staff/failure";
import { words } from "../staff/session";
import { fieldNames, languageNames, same, whole, type Article, type ContentField } from "./article";
import type { Copy } from "./copy";
import { momentWords } from "./days";
import { diffLists, diffWords, type Piece } from "./diff";

const statusNames: Record<string, string> = { published: "published", retired: "retired", draft: "draft", in_review: "in review", planned: "planned", unplanned: "plan taken back" };

interface Props {
  copies: readonly Copy[];
  api: Api;
  restored: () => void;
}

// History shows the revisions of each language, newest first, with what changed in
// the chosen one, who moved it when and why, and a way to bring it back as a draft.
export function History({ copies, api, restored }: Props) {
  return (
    <>
      {copies.map((copy) => (
        <Revisions key={copy.language} copy={copy} api={api} restored={restored} />
      ))}
    </>
  );
}

function Revisions({ copy, api, restored }: { copy: Copy; api: Api; restored: () => void }) {
  const all = useSignal<readonly Article[]>([]);
  const chosen = useSignal(0);
  const problem = useSignal("");
  const newest = copy.base.value.revision;
  useEffect(() => {
    void api.get<{ revisions: Article[] }>(`/api/articles/${encodeURIComponent(copy.id)}/${copy.language}/revisions`).then(
      (a) => {
        all.value = a.revisions.map(whole);
        chosen.value = chosen.peek() || (all.value[0]?.revision ?? 0);
      },
      (error) => (problem.value = words(error)),
    );
  }, [newest]);
  const at = all.value.findIndex((a) => a.revision === chosen.value);
  const after = all.value[at];
  const before = all.value[at + 1];
  const name = languageNames[copy.language];
  return (
    <section class="history" aria-labelledby={`h-${copy.language}`}>
      <h2 id={`h-${copy.language}`}>{name}</h2>
      <Failure text={problem.value} />
      <div class="split">
        <nav class="card" aria-label={`Revisions in ${name}`}>
          <ol role="list" class="revs">
            {all.value.map((a) => (
              <li key={a.revision}>
                <button class="rev" type="button" aria-current={a.revision === chosen.value ? "true" : undefined} onClick={() => (chosen.value = a.revision)}>
                  <span class="row">
                    <strong>Revision {a.revision}</strong>
                    {a.revision === copy.published.value ? <span class="badge good">visitors see this</span> : a.revision === newest && <span class="badge">{statusNames[a.status] ?? a.status}</span>}
                  </span>
                  <span class="fine">
                    {a.saved_by || "unknown"}, {momentWords(a.saved_at)}
                  </span>
                  {copy.records.value
                    .filter((r) => r.revision === a.revision)
                    .map((r) => (
                      <span class="fine" key={r.at + r.status}>
                        {statusNames[r.status] ?? r.status} by {r.by}, {momentWords(r.at)}
                        {r.note ? `: ${r.note}` : ""}
                      </span>
                    ))}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {after && (
          <article class="card stack" aria-label={`Revision ${after.revision} in ${name}`}>
            <div class="row">
              <h3>{before ? `What changed from ${before.revision} to ${after.revision}` : `Revision ${after.revision}, the first`}</h3>
              {after.revision !== newest && (
                <button
                  class="button push"
                  type="button"
                  onClick={() => {
                    copy.restore(after);
                    restored();
                  }}
                >
                  Restore revision {after.revision}
                </button>
              )}
            </div>
            <p class="fine">Added words are underlined, removed words are struck through.</p>
            <Changes before={before} after={after} />
          </article>
        )}
      </div>
    </section>
  );
}

function Changes({ before, after }: { before: Article | undefined; after: Article }) {
  const fields = (Object.keys(fieldNames) as ContentField[]).filter((f) => (before ? !same(before, after, f) : text(after[f]) !== ""));
  if (fields.length === 0) return <p class="muted">Nothing changed.</p>;
  return (
    <>
      {fields.map((field) => {
        return (
          <div key={field} class="stack">
            <h4>{fieldNames[field]}</h4>
            <Changed before={before} after={after} field={field} />
          </div>
        );
      })}
    </>
  );
}

// Changed marks in one field what was added and what was removed. Without an earlier
// version all of it is new.
export function Changed({ before, after, field }: { before: Article | undefined; after: Article; field: ContentField }) {
  const now = after[field];
  const was = before?.[field];
  const pieces = Array.isArray(now) ? diffLists(Array.isArray(was) ? was : [], now) : diffWords(was === undefined ? "" : text(was), text(now));
  if (pieces.length === 0) return <span class="fine">{text(now) ? "As it was" : "(empty)"}</span>;
  return (
    <span class={Array.isArray(now) ? "diff list" : "diff"} lang={after.language}>
      {pieces.map((p, i) => (
        <Mark key={i} piece={p} />
      ))}
    </span>
  );
}

function Mark({ piece }: { piece: Piece }) {
  if (piece.kind === "added") return <ins>{piece.text}</ins>;
  return piece.kind === "removed" ? <del>{piece.text}</del> : <>{piece.text}</>;
}

function text(value: Article[ContentField]): string {
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "string" ? value : [value.title, value.url].filter(Boolean).join("\n");
}
