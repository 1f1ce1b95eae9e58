import type { Row } from "../shared/protocol";
import type { Narrowed } from "./place";

// Which rows stand in the lists, and in what order one steps through them.

// ofTeams keeps the rows of somebody's teams. Who has no team sees them all.
export function ofTeams(rows: readonly Row[], teams: readonly string[]): Row[] {
  return teams.length === 0 ? [...rows] : rows.filter((row) => teams.includes(row.team));
}

// narrow keeps the rows that fit; the text is looked for in the visitor's last words.
export function narrow(rows: readonly Row[], to: Narrowed): readonly Row[] {
  const text = plain(to.text);
  if (!text && !to.team && !to.tier && !to.language && !to.reason) return rows;
  return rows.filter(
    (row) =>
      (!to.team || row.team === to.team) &&
      (!to.tier || String(row.tier) === to.tier) &&
      (!to.language || row.language === to.language) &&
      (!to.reason || row.reason === to.reason) &&
      (!text || plain(row.title).includes(text)),
  );
}

// plain is a text without case and accents, so that "direccion" finds "Dirección".
export function plain(text: string): string {
  return text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

// neighbour is the conversation one step below (+1) or above (-1) the open one. It
// stops at the ends; with none open it enters from the nearer end.
export function neighbour(order: readonly string[], open: string, step: 1 | -1): string | undefined {
  const at = order.indexOf(open);
  if (at < 0) return step > 0 ? order[0] : order[order.length - 1];
  return order[at + step];
}

// afterClosing is where to go on: an own chat with unread words, another own chat,
// whoever waits longest; undefined when there is nothing to do.
export function afterClosing(mine: readonly Row[], waiting: readonly Row[], closed: string): string | undefined {
  const others = mine.filter((row) => row.conversation !== closed);
  return (others.find((row) => row.unread > 0) ?? others[0] ?? waiting.find((row) => row.conversation !== closed))?.conversation;
}

// pageTitle says how much waits, the number first because tabs are narrow.
export function pageTitle(waiting: number, unread: number, name: string): string {
  const parts = [waiting > 0 ? `${waiting} waiting` : "", unread > 0 ? `${unread} unread` : ""].filter(Boolean);
  const total = waiting + unread;
  return total > 0 ? `(${total}) ${parts.join(", ")} \u00b7 ${name}` : `${name} \u00b7 Emma`;
}

// arrived lists who is in line now and was not before, so that it can be announced once.
export function arrived(before: readonly Row[], now: readonly Row[]): Row[] {
  const held = new Set(before.map((row) => row.conversation));
  return now.filter((row) => !held.has(row.conversation));
}
