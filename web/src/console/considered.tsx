import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Message } from "../shared/protocol";
import type { Api } from "../staff/api";
import { percent } from "../staff/count";
import { Meter } from "../staff/icon";
import type { Known } from "./known";

interface Props {
  api: Api;
  message: Message | undefined; // Emma's newest with a decision
  language: string;
  links: boolean; // to the editor
}

// Considered are the articles that Emma thought of, with how sure she was.
export function Considered({ api, message, language, links }: Props) {
  const candidates = message?.decision?.candidates ?? [];
  const names = useSignal<Readonly<Record<string, string>>>({});
  const wanted = candidates.map((c) => c.article).join(" ");
  useEffect(() => {
    if (!wanted) return;
    const query = wanted.split(" ").map((id) => `&article=${encodeURIComponent(id)}`);
    api
      .get<{ articles: Known[] }>(`/api/knowledge?language=${language}${query.join("")}`)
      .then(({ articles }) => (names.value = Object.fromEntries(articles.map((a) => [a.article, a.question]))))
      .catch(() => {}); // their ids say enough
  }, [wanted, language]);
  const signals = message?.decision?.signals ?? [];
  return (
    <section aria-labelledby="cand-h">
      <h2 id="cand-h">What Emma considered</h2>
      {candidates.length > 0 ? (
        <table>
          <caption class="sr">Emma's candidates with confidence</caption>
          <tbody>
            {candidates.map((candidate, i) => {
              const name = names.value[candidate.article] ?? candidate.article;
              return (
                <tr key={candidate.article}>
                  <th scope="row">{links ? <a href={`/editor/articles/${encodeURIComponent(candidate.article)}`}>{name}</a> : name}</th>
                  <td>
                    <Meter share={candidate.confidence} strong={i === 0} />
                  </td>
                  <td class="r">{percent(candidate.confidence)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : (
        <p class="fine">No article: she did not search for the last words.</p>
      )}
      {signals.length > 0 && <p class="fine">Rules: {signals.map((s) => s.replace(/[_:]/g, " ")).join(", ")}</p>}
    </section>
  );
}
