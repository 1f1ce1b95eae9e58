// Addresses of the desk's views, each way.

export type Pane = "lists" | "chat" | "details";
export type Sheet = "" | "transfer" | "close" | "keys" | "sign-out" | "alerts" | "day" | "palette" | "request" | "supervise";
export type ListName = "live" | "all" | "messages" | "requests";
export type Room = "desk" | "replies" | "board" | "reports";

// Narrowed is what the lists show: which one, and what it is narrowed to.
export interface Narrowed {
  readonly list: ListName;
  readonly text: string;
  readonly state: string;
  readonly team: string;
  readonly tier: string;
  readonly language: string;
  readonly reason: string;
}

export interface Place extends Narrowed {
  readonly room: Room;
  readonly conversation: string; // empty when none is open
  readonly case: string; // reference of the case that is worked on
  readonly silent: boolean; // opened by a supervisor without telling the others
  readonly pane: Pane; // what a phone shows, and whether the drawer is open
  readonly sheet: Sheet; // the dialog on top
}

export const nothingNarrowed: Narrowed = { list: "live", text: "", state: "", team: "", tier: "", language: "", reason: "" };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const sheets: readonly Sheet[] = ["transfer", "close", "keys", "sign-out", "alerts", "day", "palette", "request", "supervise"];
const lists: readonly ListName[] = ["all", "messages", "requests"];
const narrowing = ["text", "state", "team", "tier", "language", "reason"] as const;

// readPlace understands the parts below /console; what it does not know is the lists.
export function readPlace(parts: readonly string[], query: URLSearchParams): Place {
  const [first, second = "", third] = parts;
  const open = first === "c" && uuid.test(second);
  const narrowed = { ...nothingNarrowed };
  narrowed.list = lists.find((l) => l === query.get("list")) ?? "live";
  for (const name of narrowing) narrowed[name] = query.get(name) ?? "";
  return {
    ...narrowed,
    room: first === "replies" || first === "board" || first === "reports" ? first : "desk",
    conversation: open ? second : "",
    case: /^\d{10}$/.exec(query.get("case") ?? "")?.[0] ?? "",
    silent: open && query.get("silent") === "1",
    pane: !open || third === "lists" ? "lists" : third === "details" ? "details" : "chat",
    sheet: sheets.find((s) => s === query.get("show")) ?? "",
  };
}

export function writePlace(place: Place): string {
  const { room, conversation, pane, sheet } = place;
  let path = "/console";
  if (room !== "desk") path += `/${room}`;
  else if (conversation) path += `/c/${conversation}${pane === "chat" ? "" : `/${pane}`}`;
  const query = new URLSearchParams();
  if (place.list !== "live") query.set("list", place.list);
  for (const name of narrowing) if (place[name]) query.set(name, place[name]);
  if (place.case) query.set("case", place.case);
  if (place.silent && conversation) query.set("silent", "1");
  if (sheet) query.set("show", sheet);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

// isNarrowed says whether a list shows less than everything.
export function isNarrowed(n: Narrowed): boolean {
  return narrowing.some((name) => n[name] !== "");
}
