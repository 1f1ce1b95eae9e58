// Days and times in words for editors.
const dayFormat = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });
const timeFormat = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

// dayWords of a day as 2027-03-31.
export function dayWords(day: string): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? day : dayFormat.format(at);
}

// momentWords of RFC 3339 or Unix milliseconds.
export function momentWords(moment: string | number): string {
  const at = typeof moment === "number" ? moment : Date.parse(moment);
  if (Number.isNaN(at) || at <= 0) return "";
  return timeFormat.format(at).replace(/\s?AM$/, " am").replace(/\s?PM$/, " pm");
}

// today as 2027-03-31 in the reader's own zone.
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
