import { languageNames } from "./article";
import type { Copy } from "./copy";
import { momentWords } from "./days";

const statusNames: Record<string, string> = { published: "published", retired: "retired", draft: "draft" };

// History lists the revisions of each language, newest first.
export function History({ copies }: { copies: readonly Copy[] }) {
  return (
    <div class="twins">
      {copies.map((copy) => (
        <section class="card lone" key={copy.language} aria-labelledby={`h-${copy.language}`}>
          <h2 id={`h-${copy.language}`}>{languageNames[copy.language]}</h2>
          {copy.revisions.value.length === 0 ? (
            <p class="muted">Nothing was saved yet.</p>
          ) : (
            <ol role="list" class="revs">
              {copy.revisions.value.map((r) => (
                <li key={r.revision}>
                  <strong>Revision {r.revision}</strong>{" "}
                  {r.revision === copy.published.value ? (
                    <span class="badge good">visitors see this</span>
                  ) : (
                    <span class="badge">{statusNames[r.status] ?? r.status}</span>
                  )}
                  <span class="fine">
                    {r.saved_by || "unknown"}
                    {momentWords(r.saved_at) ? `, ${momentWords(r.saved_at)}` : ""}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </div>
  );
}
