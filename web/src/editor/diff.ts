// A word diff: what was taken out of one text and put into another.
export interface Piece {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

const MOST = 4_000_000; // cells of the table; longer texts are shown as replaced whole
// LEAST is the share of the longer text that both must have in common: under it the
// few words that happen to be the same would only break both texts up.
const LEAST = 0.25;

// diffWords compares by words, which keep the space after them.
export function diffWords(before: string, after: string): Piece[] {
  const a = split(before);
  const b = split(after);
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < a.length - from && tail < b.length - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const pieces: Piece[] = [];
  const put = (kind: Piece["kind"], text: string) => {
    const last = pieces[pieces.length - 1];
    if (!text) return;
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  put("same", a.slice(0, from).join(""));
  middle(a.slice(from, a.length - tail), b.slice(from, b.length - tail), put);
  put("same", a.slice(a.length - tail).join(""));
  const common = pieces.reduce((sum, p) => sum + (p.kind === "same" ? p.text.trim().length : 0), 0);
  if (before && after && common < LEAST * Math.max(before.length, after.length)) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return pieces;
}

function split(text: string): string[] {
  return text.match(/\s*\S+\s*|\s+/g)?.flatMap((w) => w.match(/\S+|\s+/g) ?? []) ?? [];
}

// middle walks the longest common subsequence.
function middle(a: readonly string[], b: readonly string[], put: (kind: Piece["kind"], text: string) => void): void {
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST) {
    put("removed", a.join(""));
    put("added", b.join(""));
    return;
  }
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put("same", a[i] ?? "");
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) put("removed", a[i++] ?? "");
    else put("added", b[j++] ?? "");
  }
}

// diffLists says which entries were added and removed.
export function diffLists(before: readonly string[], after: readonly string[]): Piece[] {
  return [
    ...before.filter((entry) => !after.includes(entry)).map((text) => ({ kind: "removed" as const, text })),
    ...after.filter((entry) => !before.includes(entry)).map((text) => ({ kind: "added" as const, text })),
  ];
}
