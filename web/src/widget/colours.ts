import { h } from "./element";

// A page may choose colours with CSS variables. They hold only when they can be read
// (WCAG 2.2 AA): text needs a contrast of 4.5, an edge 3. The server checks the same
// pairs of its own setting (theme.go).
const text = "--on-accent --accent,--on-accent --accent-hover,--on-said --said,--accent-ink --canvas,--accent-ink --surface,--accent-ink --sunken,--accent-ink --accent-wash";
const edges = "--accent --canvas,--accent --surface,--accent-line --canvas,--accent-line --surface";

// unreadable names the first pair that cannot be read on a page as it looks now.
export function unreadable(root: Element): string | undefined {
  const probe = h("i");
  root.append(probe);

  // A flood colour is not replaced in forced colours. What is no rgb() cannot be reckoned.
  const light = (name: string): number => {
    probe.style.floodColor = `var(${name})`;
    const [, ...parts] = /^rgb\((\d+), (\d+), (\d+)\)/.exec(getComputedStyle(probe).floodColor) ?? [];
    const [r = NaN, g = NaN, b = NaN] = parts.map((v) => ((+v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const apart = (pair: string): number => {
    const [a = 0, b = 0] = pair.split(" ").map(light);
    return a > b ? a / b : b / a;
  };
  const bad = text.split(",").find((pair) => !(apart(pair) >= 4.5)) ?? edges.split(",").find((pair) => !(apart(pair) >= 3));
  probe.remove();
  return bad;
}
