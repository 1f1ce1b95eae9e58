import { percent } from "../staff/count";
import { tenths, type Level, type Promised } from "./aim";

const [WIDTH, HEIGHT, LEFT, FOOT, TOP, RIGHT] = [640, 320, 52, 44, 16, 16];

// Curve shows what a stricter target costs: right answers over answered questions.
export function Curve({ levels, promised }: { levels: readonly Level[]; promised: Promised }) {
  const shown = [...levels].sort((a, b) => a.coverage - b.coverage);
  const says = `At ${percent(promised.coverage)} answered, ${tenths(promised.achieved)} of the answers are right; the target is ${percent(promised.target)}.`;
  const low = Math.min(0.9, Math.floor(20 * Math.min(...shown.map((l) => l.bound), promised.target)) / 20);
  const far = Math.max(...shown.map((l) => l.coverage), 0.1);
  const near = Math.min(...shown.map((l) => l.coverage), far - 0.05);
  const x = (coverage: number) => LEFT + ((coverage - near) / (far - near)) * (WIDTH - LEFT - RIGHT);
  const y = (share: number) => TOP + ((1 - share) / (1 - low)) * (HEIGHT - TOP - FOOT);
  const line = (value: (l: Level) => number, list = shown) => list.map((l) => `${x(l.coverage).toFixed(1)},${y(value(l)).toFixed(1)}`);
  const steps = Array.from({ length: Math.round((1 - low) * 20) + 1 }, (_, i) => 1 - i / 20);
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => near + part * (far - near));
  const [dotX, dotY] = [x(promised.coverage), y(promised.achieved)];
  return (
    <figure class="card stack">
      <figcaption>
        <h2>What a stricter target costs</h2>
        <p class="fine">Line: right answers in the trial. Band: what it is at least and at most, with 90 % certainty.</p>
      </figcaption>
      {shown.length < 2 ? (
        <p>The base has too few wordings to draw it. It appears after the next measurement with at least 200 answers.</p>
      ) : (
        <>
          <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Chart. ${says} The table below has the numbers.`}>
            {steps.map((s) => (
              <g key={s}>
                <path class="grid" d={`M${LEFT} ${y(s)}H${WIDTH - RIGHT}`} />
                <text x={LEFT - 8} y={y(s) + 4} text-anchor="end">
                  {Math.round(100 * s)}
                  {s === 1 ? " %" : ""}
                </text>
              </g>
            ))}
            {marks.map((m) => (
              <text key={m} x={x(m)} y={HEIGHT - 24} text-anchor="middle">
                {Math.round(100 * m)}
              </text>
            ))}
            <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 5} text-anchor="middle">
              questions that Emma answers alone, %
            </text>
            <polygon class="band" points={[...line((l) => l.most), ...line((l) => l.bound, [...shown].reverse())].join(" ")} />
            <path class="aim" d={`M${LEFT} ${y(promised.target)}H${WIDTH - RIGHT}`} />
            <text x={WIDTH - RIGHT} y={y(promised.target) - 6} text-anchor="end">
              target {percent(promised.target)}
            </text>
            <polyline class="line" points={line((l) => l.achieved).join(" ")} />
            {promised.bound > 0 && (
              <>
                <path class="grid" d={`M${dotX} ${dotY}V${HEIGHT - FOOT}`} />
                <circle class="dot" cx={dotX} cy={dotY} r="7" />
                <text class="strong" x={LEFT + 12} y={HEIGHT - FOOT - 10}>
                  {percent(promised.coverage)} answered, {tenths(promised.achieved)} right
                </text>
              </>
            )}
          </svg>
          <details>
            <summary>Show as a table</summary>
            <div class="scroll" tabIndex={0} role="group" aria-label="What a stricter target costs, table, scrolls sideways">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Emma answers from</th>
                    <th scope="col" class="r">Answered</th>
                    <th scope="col" class="r">Right</th>
                    <th scope="col" class="r">At least</th>
                    <th scope="col" class="r">At most</th>
                  </tr>
                </thead>
                <tbody>
                  {levels
                    .filter((_, i) => i % 4 === 0)
                    .map((l) => (
                      <tr key={l.answer}>
                        <th scope="row">{percent(l.answer)}</th>
                        <td class="r">{percent(l.coverage)}</td>
                        <td class="r">{tenths(l.achieved)}</td>
                        <td class="r">{tenths(l.bound)}</td>
                        <td class="r">{tenths(l.most)}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </figure>
  );
}
