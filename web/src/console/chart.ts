import uPlot from "uplot";

// The one chunk that is loaded only where charts are shown. Everything that a chart
// says stands in a table beside it too.

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly colour: string; // name of a token
  readonly fill?: string; // name of a token; bars when given
}

export interface Plan {
  readonly labels: readonly string[]; // of the x axis, one for each value
  readonly series: readonly Series[]; // a later one is drawn over an earlier one
}

const HEIGHT = 220;

// draw puts a chart into a frame and returns what takes it away.
export function draw(frame: HTMLElement, plan: Plan): () => void {
  const token = (name: string) => getComputedStyle(frame).getPropertyValue(name).trim();
  const ink = token("--ink-2");
  const line = token("--line");
  const font = `13px ${getComputedStyle(frame).fontFamily}`;
  const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
  const width = () => Math.max(200, frame.clientWidth);
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const chart = new uPlot(
    {
      width: width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: (_u, min, max) => [min - 0.6, max + 0.6] }, y: { range: (_u, _min, max) => [0, Math.max(1, max * 1.1)] } },
      axes: [
        { ...axis, grid: { show: false }, values: (_u, at) => at.map((i) => plan.labels[i] ?? ""), incrs: [1, 2, 3, 4, 6, 12] },
        { ...axis, size: 44 },
      ],
      series: [
        {},
        ...plan.series.map((s) => ({
          stroke: token(s.colour),
          width: 2,
          points: { show: !s.fill },
          ...(s.fill ? { fill: token(s.fill), ...(bars ? { paths: bars } : {}) } : {}),
        })),
      ],
    },
    [plan.labels.map((_, i) => i), ...plan.series.map((s) => [...s.values])] as uPlot.AlignedData,
    frame,
  );
  const watch = new ResizeObserver(() => chart.setSize({ width: width(), height: HEIGHT }));
  watch.observe(frame);
  return () => {
    watch.disconnect();
    chart.destroy();
  };
}
