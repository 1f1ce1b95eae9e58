// Addresses of the desk's views, each way.

export type Pane = "lists" | "chat" | "details";
export type Sheet = "" | "transfer" | "close" | "keys" | "sign-out";

export interface Place {
  readonly conversation: string; // empty when none is open
  readonly pane: Pane; // what a phone shows, and whether the drawer is open
  readonly sheet: Sheet; // the dialog on top
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// readPlace understands the parts below /console; what it does not know is the lists.
export function readPlace(parts: readonly string[], query: URLSearchParams): Place {
  const asked = query.get("show");
  const sheet = asked === "transfer" || asked === "close" || asked === "keys" || asked === "sign-out" ? asked : "";
  const [first, conversation = "", pane] = parts;
  if (first !== "c" || !uuid.test(conversation)) return { conversation: "", pane: "lists", sheet };
  return { conversation, pane: pane === "details" ? "details" : pane === "lists" ? "lists" : "chat", sheet };
}

export function writePlace({ conversation, pane, sheet }: Place): string {
  const path = conversation ? `/console/c/${conversation}${pane === "chat" ? "" : `/${pane}`}` : "/console";
  return sheet ? `${path}?show=${sheet}` : path;
}
