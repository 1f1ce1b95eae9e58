import { signal, type ReadonlySignal } from "@preact/signals";

// ticking is the server's time as a signal that moves every `every` milliseconds,
// also while the page is in the background: a wait becomes late there too. skew is
// asked for each time.
export function ticking(page: Document, every: number, skew: () => number): ReadonlySignal<number> {
  const now = signal(Date.now() + skew());
  const tick = () => void (now.value = Date.now() + skew());
  setInterval(tick, every);
  page.addEventListener("visibilitychange", tick);
  return now;
}
