import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import type { Desk } from "./desk";
import { arrived, pageTitle } from "./list";
import type { Rows } from "./lists";
import { titleOf } from "./words";

// useTitle keeps the number of those who wait for this agent in the tab's title.
export function useTitle(desk: Desk, rows: ReadonlySignal<Rows>, conversation: string, room: string) {
  const { mine, waiting } = rows.value;
  const unread = mine.reduce((sum, row) => sum + row.unread, 0);
  const row = conversation ? desk.talk(conversation).value.row : undefined;
  const name = room === "board" ? "Board" : room === "reports" ? "Reports" : room === "replies" ? "Saved replies" : row ? titleOf(row) : "Desk";
  const title = pageTitle(waiting.length, unread, name);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

// useNews tells readers of who came into line, once each and not at the start.
export function useNews(desk: Desk, waiting: readonly Row[], news: { value: string }) {
  const before = useRef<readonly Row[] | undefined>(undefined);
  const loaded = desk.everOpen.value;
  useEffect(() => {
    if (!loaded) return;
    const fresh = before.current ? arrived(before.current, waiting) : [];
    before.current = waiting;
    const newest = fresh[fresh.length - 1];
    if (newest) news.value = fresh.length === 1 ? `New in line: ${titleOf(newest)}` : `${fresh.length} new in line`;
  }, [waiting, loaded]);
}
