// What the toolbar does to a text: pure, with the selection before and after.
export interface Selected {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

// surround puts marks around the selection, or takes them away when they are there.
export function surround({ text, from, to }: Selected, mark: string): Selected {
  const n = mark.length;
  if (text.slice(from - n, from) === mark && text.slice(to, to + n) === mark) {
    return { text: text.slice(0, from - n) + text.slice(from, to) + text.slice(to + n), from: from - n, to: to - n };
  }
  const inner = text.slice(from, to) || "text";
  return { text: text.slice(0, from) + mark + inner + mark + text.slice(to), from: from + n, to: from + n + inner.length };
}

export type LineMark = "bullets" | "numbers" | "heading";

const marks: Record<LineMark, RegExp> = { bullets: /^- /, numbers: /^\d+\. /, heading: /^### / };
const anyMark = /^(- |\d+\. |#{1,6} )/;

// prefix marks every line of the selection, or takes the marks away when all have them.
export function prefix({ text, from, to }: Selected, kind: LineMark): Selected {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const stop = text.indexOf("\n", to) < 0 ? text.length : text.indexOf("\n", to);
  const lines = text.slice(start, stop).split("\n");
  const remove = lines.every((line) => marks[kind].test(line));
  let count = 0;
  const next = lines.map((line) => {
    const plain = line.replace(anyMark, "");
    if (remove || (plain === "" && lines.length > 1)) return plain;
    count++;
    return { bullets: "- ", numbers: `${count}. `, heading: "### " }[kind] + plain;
  });
  const changed = next.join("\n");
  return { text: text.slice(0, start) + changed + text.slice(stop), from: start, to: start + changed.length };
}

// link makes the selection a link and selects the place for the address, or for the
// words when an address was selected.
export function link({ text, from, to }: Selected): Selected {
  const chosen = text.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(chosen.trim());
  const words = isAddress || !chosen ? "words of the link" : chosen;
  const address = isAddress ? chosen.trim() : "https://";
  const made = `[${words}](${address})`;
  const at = isAddress || !chosen ? from + 1 : from + words.length + 3;
  const length = isAddress || !chosen ? words.length : address.length;
  return { text: text.slice(0, from) + made + text.slice(to), from: at, to: at + length };
}
