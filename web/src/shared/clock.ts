// Time as something that is handed in, so that tests decide when it passes.
export interface Clock {
  now(): number; // Unix milliseconds
  after(ms: number, run: () => void): () => void; // returns what cancels it
}

export const deviceClock = (): Clock => ({
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
