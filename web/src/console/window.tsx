import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  count: number;
  row: (index: number) => ComponentChildren; // an <li> of the given height
  shown: number; // index of the row that must be in view; -1 for none
  className: string;
}

// Rows are all there up to FEW; above that only those near the view.
const FEW = 60;
const MARGIN = 8;
const ROW = 3.5; // height of a row in rem: .windowed > li in console.css

// Windowed is a long list of rows of one height, of which only those near the view
// are on the page, so that five hundred of them cost as much as fifty.
export function Windowed({ count, row, shown, className }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const range = useSignal<readonly [number, number]>([0, FEW]);
  const all = count <= FEW;

  function look() {
    const element = list.current;
    const pane = element?.closest<HTMLElement>(".pane");
    if (!element || !pane || all) return;
    const height = rowHeight();
    const above = pane.getBoundingClientRect().top - element.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / height) - MARGIN);
    const last = Math.min(count, Math.ceil((above + pane.clientHeight) / height) + MARGIN);
    const [from, to] = range.peek();
    if (first < from || last > to || to - from > 4 * MARGIN + last - first) range.value = [Math.max(0, first - MARGIN), last + MARGIN];
  }

  useEffect(() => {
    const pane = list.current?.closest(".pane");
    if (!pane) return;
    pane.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      pane.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [count]);
  useLayoutEffect(look, [count]);
  useLayoutEffect(() => {
    const element = list.current;
    const pane = element?.closest<HTMLElement>(".pane");
    if (!element || !pane || all || shown < 0) return;
    const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + shown * rowHeight();
    if (top < 0 || top + rowHeight() > pane.clientHeight) pane.scrollTop += top - pane.clientHeight / 2;
    look();
  }, [shown]);

  const [from, to] = all ? [0, count] : [Math.min(range.value[0], count), Math.min(range.value[1], count)];
  const rows: ComponentChildren[] = [];
  for (let i = from; i < to; i++) rows.push(row(i));
  return (
    <ul role="list" class={`chats windowed ${className}`} ref={list} style={all ? undefined : { paddingBlockStart: `${from * ROW}rem`, paddingBlockEnd: `${(count - to) * ROW}rem` }}>
      {rows}
    </ul>
  );
}

function rowHeight(): number {
  return ROW * parseFloat(getComputedStyle(document.documentElement).fontSize);
}
