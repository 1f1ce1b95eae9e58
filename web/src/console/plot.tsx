import { useEffect, useRef } from "preact/hooks";
import type { Plan } from "./chart";

interface Props {
  title: string;
  says: string; // in one sentence what the chart shows
  plan: Plan;
  unit: (value: number) => string;
  first: string; // heading of the first column of the table
}

const CHUNK = "/chart.js"; // built from chart.ts; loaded when the first chart is shown

// Plot is a chart with the table that says the same.
export function Plot({ title, says, plan, unit, first }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const key = JSON.stringify(plan);
  useEffect(() => {
    let [gone, clear] = [false, () => {}];
    const paint = () =>
      import(CHUNK)
        .then(({ draw }: typeof import("./chart")) => {
          clear();
          if (!gone && frame.current) clear = draw(frame.current, plan);
        })
        .catch(() => {}); // the table says it all
    void paint();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const again = () => void paint();
    scheme.addEventListener("change", again);
    return () => {
      gone = true;
      scheme.removeEventListener("change", again);
      clear();
    };
  }, [key]);
  return (
    <figure class="card stack plot">
      <figcaption>
        <h2>{title}</h2>
        <p class="fine">{says}</p>
      </figcaption>
      <div class="frame" ref={frame} role="img" aria-label={`Chart: ${title}. ${says} The table below has the numbers.`} />
      <p class="row fine legend-row" aria-hidden="true">
        {plan.series.map((s) => (
          <span key={s.name} class="key" data-colour={s.fill ?? s.colour}>
            {s.name}
          </span>
        ))}
      </p>
      <details>
        <summary>Show as a table</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={`${title}, table, scrolls sideways`}>
          <table>
            <caption class="sr">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{first}</th>
                {plan.series.map((s) => (
                  <th key={s.name} scope="col" class="r">
                    {s.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plan.labels.map((label, i) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {plan.series.map((s) => {
                    const value = s.values[i];
                    return (
                      <td key={s.name} class="r">
                        {value === null || value === undefined ? "\u2013" : unit(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
