import { percent } from "../staff/count";
import { momentWords } from "./days";
import { tenths, type Mark } from "./aim";

const [WIDTH, HEIGHT, LEFT, FOOT, TOP, RIGHT] = [960, 180, 52, 28, 12, 16];

// Timeline shows how the promise changed with the base, newest first in the table.
export function Timeline({ marks }: { marks: readonly Mark[] }) {
  const byTime = [...marks].sort((a, b) => a.at - b.at);
  const low = Math.min(0.9, Math.floor(20 * Math.min(...byTime.map((m) => Math.min(m.bound, m.target)))) / 20);
  const x = (i: number) => LEFT + (byTime.length > 1 ? (i / (byTime.length - 1)) * (WIDTH - LEFT - RIGHT) : 0);
  const y = (share: number) => TOP + ((1 - share) / (1 - low)) * (HEIGHT - TOP - FOOT);
  const line = (value: (m: Mark) => number) => byTime.map((m, i) => `${x(i).toFixed(1)},${y(value(m)).toFixed(1)}`).join(" ");
  const [first, last] = [byTime[0], byTime[byTime.length - 1]];
  return (
    <section class="card stack" aria-labelledby="time-h">
      <div>
        <h2 id="time-h">Over time</h2>
        <p class="fine">Emma measures again after articles, synonyms or the target change.</p>
      </div>
      {!first || !last ? (
        <p>Nothing was measured yet. The first line appears a few seconds after the base is ready.</p>
      ) : (
        <>
          {byTime.length > 1 && (
            <div class="scroll" tabIndex={0} role="group" aria-label="Chart over time, scrolls sideways">
              <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Chart. Right answers went from ${tenths(first.achieved)} to ${tenths(last.achieved)}. The table below has the numbers.`}>
                {[1, (1 + low) / 2, low].map((s) => (
                  <g key={s}>
                    <path class="grid" d={`M${LEFT} ${y(s)}H${WIDTH - RIGHT}`} />
                    <text x={LEFT - 8} y={y(s) + 4} text-anchor="end">
                      {percent(s)}
                    </text>
                  </g>
                ))}
                <text x={LEFT} y={HEIGHT - 6}>
                  {momentWords(first.at)}
                </text>
                <text x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
                  {momentWords(last.at)}
                </text>
                <polyline class="aim" points={line((m) => m.target)} />
                <polyline class="least" points={line((m) => m.bound)} />
                <polyline class="line" points={line((m) => m.achieved)} />
              </svg>
            </div>
          )}
          <div class="scroll" tabIndex={0} role="group" aria-label="Precision over time, table, scrolls sideways">
            <table>
              <thead>
                <tr>
                  <th scope="col">Since</th>
                  <th scope="col" class="r">Target</th>
                  <th scope="col" class="r">Right</th>
                  <th scope="col" class="r">At least</th>
                  <th scope="col" class="r">Answered</th>
                  <th scope="col" class="r">Emma answers from</th>
                </tr>
              </thead>
              <tbody>
                {[...byTime]
                  .reverse()
                  .slice(0, 20)
                  .map((m) => (
                    <tr key={m.at}>
                      <th scope="row">{momentWords(m.at)}</th>
                      <td class="r">{percent(m.target)}</td>
                      <td class="r">{tenths(m.achieved)}</td>
                      <td class="r">{tenths(m.bound)}</td>
                      <td class="r">{percent(m.coverage)}</td>
                      <td class="r">{percent(m.answer)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
