import { percent } from "../staff/count";
import type { Change, Report, Said, Shift } from "./check";
import type { Stock } from "./stock";

const groups: readonly { title: string; changes: readonly Change[] }[] = [
  { title: "Lost", changes: ["lost", "silent"] },
  { title: "Answered otherwise", changes: ["otherwise"] },
  { title: "Won", changes: ["won", "answered"] },
];

const changeNames: Record<Change, string> = { lost: "now wrong", silent: "no longer answered", otherwise: "another article", won: "now right", answered: "newly answered" };
const kindNames: Record<Shift["kind"], string> = { test: "kept test", wording: "wording", asked: "" };

// Shifts lists the questions whose answer changes, the losses first, and the sums by article.
export function Shifts({ report, stock }: { report: Report; stock: Stock }) {
  const name = (id: string) => stock.entries.value.find((e) => e.id === id)?.main.question ?? id;
  const said = (s: Said) => (s.answers ? `${name(s.article)} ${percent(s.confidence)}` : s.article ? `no answer (${percent(s.confidence)})` : "no answer");
  return (
    <>
      {groups.map(({ title, changes }) => {
        const rows = report.shifts.filter((s) => changes.includes(s.change));
        if (rows.length === 0) return null;
        return (
          <section class="card stack" key={title} aria-labelledby={`g-${title}`}>
            <h2 id={`g-${title}`}>{title}</h2>
            <div class="scroll" tabIndex={0} role="group" aria-label={`${title}, scrolls sideways`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Question</th>
                    <th scope="col">Now</th>
                    <th scope="col">After</th>
                    <th scope="col">Effect</th>
                    <th scope="col" class="r">
                      Visitors
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((s) => (
                    <tr key={`${s.kind}${s.language}${s.text}`}>
                      <th scope="row">
                        <span lang={s.language}>{s.text}</span> {kindNames[s.kind] && <span class={s.kind === "test" ? "badge danger" : "badge"}>{kindNames[s.kind]}</span>}
                      </th>
                      <td>{said(s.live)}</td>
                      <td>{said(s.draft)}</td>
                      <td>{changeNames[s.change]}</td>
                      <td class="r">{s.kind === "asked" ? s.times : "\u2013"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
      {report.more > 0 && <p class="fine">{report.more} further changes are not listed.</p>}
      {report.articles.length > 1 && (
        <section class="card stack" aria-labelledby="by-article">
          <h2 id="by-article">By article</h2>
          <div class="scroll" tabIndex={0} role="group" aria-label="By article, scrolls sideways">
            <table>
              <thead>
                <tr>
                  <th scope="col">Article</th>
                  <th scope="col" class="r">Now right</th>
                  <th scope="col" class="r">Newly answered</th>
                  <th scope="col" class="r">Now wrong</th>
                  <th scope="col" class="r">No longer answered</th>
                </tr>
              </thead>
              <tbody>
                {report.articles.map((a) => (
                  <tr key={a.article}>
                    <th scope="row">
                      <a href={`/editor/articles/${encodeURIComponent(a.article)}`}>{name(a.article)}</a>
                    </th>
                    <td class="r">{a.won}</td>
                    <td class="r">{a.answered}</td>
                    <td class="r">{a.lost}</td>
                    <td class="r">{a.silent}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  );
}
