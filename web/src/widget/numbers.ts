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

// A run of digits with what people put between them, and what stands before it: the
// A of an A-number, or the three letters of a receipt number, in which O, I and L may
// stand for digits.
const run = /(^|[^a-z0-9])(a(?:lien)?[ -]?(?:number|num|no\.?|#)?|[a-z]{3})?([ .:#-]{0,2})(\d(?:[ .\u2013-]?[\doil]){7,18})(?![a-z0-9])/gi;
// Letters that begin receipt numbers; only they may stand apart from the digits.
const offices = /^(ioe|lin|mct|[cemnpstvwy][abrs]c)$/i;

// findNumbers lists what it found from left to right, without overlaps.
export function findNumbers(text: string): Found[] {
  const found: Found[] = [];
  for (const m of text.matchAll(run)) {
    const [all, before = "", letters = "", gap, number = ""] = m;
    const signs = number.replace(/[^\doil]/gi, "").length;
    const digits = number.replace(/\D/g, "");
    const end = m.index! + all.length;
    const add = (kind: Kind, long?: boolean) => found.push({ kind, start: long ? m.index! + before.length : end - number.length, end });
    if (letters.length === 3 && (!gap || offices.test(letters)) && signs === 10) add("receipt", true);
    else if (signs > digits.length) continue;
    else if (/^a/i.test(letters) && signs < 10) add("anumber", true);
    else if (/^\d{3}(\D?)\d{2}\1\d{4}$/.test(number)) add("ssn");
    else if (signs > 12 && luhn(digits)) add("card");
  }
  return found;
}

// luhn is the check digit of payment cards (ISO/IEC 7812-1).
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]) * (1 + (i % 2));
    sum += d > 9 ? d - 9 : d;
  }
  return sum % 10 === 0;
}

// without puts a note where each number was.
export function without(text: string, found: Found[], note: string): string {
  let rest = text;
  for (const { start, end } of [...found].reverse()) rest = rest.slice(0, start) + note + rest.slice(end);
  return rest;
}
