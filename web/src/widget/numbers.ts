// Numbers that a visitor should think about before they leave the device. This is a
// warning, not the protection: the server masks and seals by its own rules.

export type Kind = "ssn" | "card" | "receipt" | "anumber";
export interface Found {
  kind: Kind;
  start: number;
  end: number;
}

// Secret numbers are never wanted; the others can be kept for an agent.
export const isSecret = (kind: Kind): boolean => kind === "ssn" || kind === "card";

// Separators that people put between digits.
const gap = "[ .\\-\\u2010-\\u2015\\u00a0]?";
// Letters that begin receipt numbers; only they may stand apart from the digits.
const offices = "ioe|1oe|i0e|eac|wac|lin|src|nbc|msc|ysc|mct|esc|wsc|tsc|nsc|vsc|csc|psc";

// Each pattern has what stands before the number as its first group: old browsers
// cannot look behind.
const patterns = (): [Kind, RegExp][] => [
  ["receipt", new RegExp(`(^|[^a-z0-9])(?:(?:${offices})[ .:#-]{0,2}|[a-z]{3})(?:[0-9oil]${gap}){9}[0-9oil](?![a-z0-9])`, "gi")],
  ["anumber", new RegExp(`(^|[^a-z0-9])a(?:lien)?${gap}(?:number|num|no\\.?|#)?[ :#-]{0,2}(?:\\d${gap}){7,8}\\d(?!\\d)`, "gi")],
  ["card", new RegExp(`(^|\\D)(?:\\d${gap}){12,18}\\d(?!\\d)`, "g")],
  ["ssn", new RegExp(`(^|\\D)\\d{3}${gap}\\d{2}${gap}\\d{4}(?!\\d)`, "g")],
];

// findNumbers lists what it found from left to right, without overlaps.
export function findNumbers(text: string): Found[] {
  const found: Found[] = [];
  for (const [kind, pattern] of patterns()) {
    for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
      const start = m.index + (m[1] ?? "").length;
      const end = m.index + m[0].length;
      if (!plausible(kind, text.slice(start, end))) continue;
      if (!found.some((f) => start < f.end && end > f.start)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function plausible(kind: Kind, match: string): boolean {
  const digits = match.replace(/\D/g, "");
  if (kind === "card") return /^[2-6]/.test(digits) && luhn(digits);
  if (kind === "receipt") return digits.length >= 6 && !/^(tel|fax|num|cel|apt|box|usa|zip)/i.test(match);
  if (kind === "ssn") return !/^\d{5}\D\d{4}$/.test(match); // a postal code
  return true;
}

// luhn is the check digit of payment cards (ISO/IEC 7812-1).
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]) * (1 + (i % 2));
    sum += d > 9 ? d - 9 : d;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

// without puts a note where each number was.
export function without(text: string, found: Found[], note: string): string {
  let rest = text;
  for (const { start, end } of [...found].reverse()) rest = rest.slice(0, start) + note + rest.slice(end);
  return rest;
}
