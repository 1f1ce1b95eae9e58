import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import type { Address } from "../staff/address";
import { Dialog } from "../staff/dialog";
import { Icon } from "../staff/icon";
import { words, type Session } from "../staff/session";
import { TopBar } from "../staff/topbar";
import { Close } from "./close";
import { open as openField } from "./composer";
import { Lost } from "./connection";
import { Context } from "./context";
import type { Desk } from "./desk";
import type { Field } from "./draft";
import { Help } from "./help";
import { isField, letter, type SingleKeys } from "./keys";
import { arrived, neighbour, ofTeams, pageTitle } from "./list";
import { Lists } from "./lists";
import { readPlace, writePlace, type Pane, type Place, type Sheet } from "./place";
import { Thread } from "./thread";
import { Transfer } from "./transfer";
import { titleOf } from "./words";

interface Props {
  desk: Desk;
  address: Address;
  now: ReadonlySignal<number>;
  keys: SingleKeys;
  session: Session;
}

// Room puts the panes together: what is open stands in the address.
export function Room({ desk, address, now, keys, session }: Props) {
  const place = readPlace(address.parts(), address.query.value);
  const field = useSignal<Field>("reply");
  const allTeams = useSignal(desk.shelf.get("teams") === "all");
  const taking = useSignal(false);
  const lost = useSignal("");
  const news = useSignal("");
  const transferNote = useSignal("");
  const here = useRef(place);
  here.current = place;

  const rows = useComputed(() => {
    const all = desk.waiting.value;
    const waiting = allTeams.value ? [...all] : ofTeams(all, desk.staff.teams);
    return { mine: desk.mine.value, waiting, hidden: all.length - waiting.length };
  });

  const go = (change: Partial<Place>) => address.go(writePlace({ ...here.current, sheet: "", ...change }));

  useEffect(() => {
    lost.value = "";
    field.value = "reply";
    transferNote.value = "";
    desk.show(place.conversation);
  }, [place.conversation]);

  useTitle(desk, rows, place.conversation);
  useNews(desk, rows, news);

  async function take() {
    const conversation = here.current.conversation;
    if (taking.value || !conversation) return;
    taking.value = true;
    lost.value = "";
    const outcome = await desk.move({ type: "claim", conversation });
    taking.value = false;
    if (here.current.conversation !== conversation) return;
    if (outcome.ok) {
      field.value = "reply";
      setTimeout(() => document.getElementById("reply")?.focus(), 50);
    } else lost.value = outcome.code === "taken" ? `${outcome.winner ?? "Another agent"} was faster and has this chat.` : outcome.text;
  }

  async function giveBack() {
    const conversation = here.current.conversation;
    lost.value = "";
    const outcome = await desk.move({ type: "return", conversation });
    if (!outcome.ok && here.current.conversation === conversation) lost.value = outcome.text;
  }

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      const key = keys.on.peek() ? letter(event, isField(event.target)) : "";
      if (!key || event.repeat) return;
      if (run(key)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  // run does what a single key stands for and reports whether it stands for something here.
  function run(key: string): boolean {
    const { conversation } = here.current;
    const row = desk.talk(conversation).peek().row;
    const mine = row?.state === "agent" && row.agent === desk.staff.name;
    switch (key) {
      case "j":
      case "k":
        return step(key === "j" ? 1 : -1);
      case "?":
        go({ sheet: "keys" });
        return true;
      case "a":
        if (row?.state === "waiting") void take();
        return row?.state === "waiting";
      case "r":
        return mine && write("reply");
      case "n":
        return row !== undefined && write("note");
      case "t":
      case "e":
        if (mine) go({ sheet: key === "t" ? "transfer" : "close" });
        return mine;
    }
    return false;
  }

  function step(by: 1 | -1): boolean {
    const { mine, waiting } = rows.peek();
    const order = [...mine, ...waiting].map((row) => row.conversation);
    const next = neighbour(order, here.current.conversation, by);
    if (!next) return false;
    address.go(writePlace({ conversation: next, pane: "chat", sheet: "" }));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-conversation="${next}"]`)?.focus());
    return true;
  }

  function write(which: Field): boolean {
    if (here.current.pane !== "chat") go({ pane: "chat" });
    openField(field, which);
    return true;
  }

  async function signOut() {
    if (desk.drafts.with.peek().size > 0 || desk.outbox.parcels.peek().some((p) => p.state !== "stored")) return go({ sheet: "sign-out" });
    await leaveForGood();
  }

  async function leaveForGood() {
    try {
      await session.signOut();
      desk.drafts.clear();
      for (const parcel of desk.outbox.parcels.peek()) desk.outbox.discard(parcel.id);
    } catch (error) {
      news.value = words(error);
    }
  }

  const closeSheet = () => go({});
  return (
    <div class="room">
      <TopBar
        staff={desk.staff}
        here="desk"
        signOut={() => void signOut()}
        menu={
          <button class="button" type="button" onClick={() => go({ sheet: "keys" })}>
            <Icon name="keyboard" />
            Keys
          </button>
        }
      >
        <label>
          <span class="sr">Your status</span>
          <select class="input status-select" value={desk.status.value} onChange={(e) => desk.setStatus(e.currentTarget.value === "away" ? "away" : "available")}>
            <option value="available">Available</option>
            <option value="away">Away</option>
          </select>
        </label>
      </TopBar>
      <Lost line={desk.line} retry={() => desk.again()} />
      <p class="sr" role="status">
        {news}
      </p>
      <main class={`desk on-${place.pane}`}>
        <h1 class="sr">Desk</h1>
        <Lists
          desk={desk}
          now={now}
          rows={rows}
          open={place.conversation}
          allTeams={allTeams.value}
          setAllTeams={(all) => {
            allTeams.value = all;
            desk.shelf.put("teams", all ? "all" : "mine");
          }}
        />
        <Thread desk={desk} now={now} place={place} field={field} taking={taking} lost={lost} take={() => void take()} giveBack={() => void giveBack()} />
        <Context desk={desk} now={now} place={place} />
        <Tabs place={place} rows={rows} />
      </main>
      <Sheets desk={desk} place={place} keys={keys} transferNote={transferNote.value} keepNote={(text) => (transferNote.value = text)} leave={closeSheet} leaveForGood={() => void leaveForGood()} />
    </div>
  );
}

interface SheetProps {
  desk: Desk;
  place: Place;
  keys: SingleKeys;
  transferNote: string;
  keepNote: (text: string) => void;
  leave: () => void;
  leaveForGood: () => void;
}

function Sheets({ desk, place, keys, transferNote, keepNote, leave, leaveForGood }: SheetProps) {
  const sheet: Sheet = place.sheet;
  if (sheet === "keys") return <Help keys={keys} leave={leave} />;
  if (sheet === "sign-out") return <Leaving desk={desk} stay={leave} go={leaveForGood} />;
  const row = place.conversation ? desk.talk(place.conversation).value.row : undefined;
  if (!row || row.state !== "agent" || row.agent !== desk.staff.name) return null;
  const move = desk.move.bind(desk);
  if (sheet === "transfer") return <Transfer row={row} move={move} leave={leave} note={transferNote} keepNote={keepNote} />;
  const unsent = desk.drafts.get(row.conversation, "reply") !== "";
  return sheet === "close" ? <Close conversation={row.conversation} shelf={desk.shelf} unsent={unsent} move={move} leave={leave} /> : null;
}

function Leaving({ desk, stay, go }: { desk: Desk; stay: () => void; go: () => void }) {
  const drafts = desk.drafts.with.value.size;
  const unsent = desk.outbox.parcels.value.filter((p) => p.state !== "stored").length;
  const what = [drafts ? (drafts === 1 ? "1 draft" : `${drafts} drafts`) : "", unsent ? (unsent === 1 ? "1 message that was not sent" : `${unsent} messages that were not sent`) : ""].filter(Boolean).join(" and ");
  return (
    <Dialog labelledby="out-h" leave={stay}>
      <h2 id="out-h">Sign out and delete what is not sent?</h2>
      <p>On this device: {what}. Signing out deletes it, because others may use this computer.</p>
      <div class="row">
        <button class="button danger" type="button" onClick={go}>
          Delete it and sign out
        </button>
        <button class="button primary" type="button" onClick={stay}>
          Stay signed in
        </button>
      </div>
    </Dialog>
  );
}

function Tabs({ place, rows }: { place: Place; rows: ReadonlySignal<{ mine: readonly Row[]; waiting: readonly Row[] }> }) {
  const unread = rows.value.mine.reduce((sum, row) => sum + (row.conversation === place.conversation ? 0 : row.unread), 0);
  const count = unread + rows.value.waiting.length;
  const to = (pane: Pane) => writePlace({ ...place, pane, sheet: "" });
  const now = (pane: Pane) => (place.pane === pane ? "page" : undefined);
  return (
    <nav class="tabs" aria-label="Panes">
      <a href={to("lists")} aria-current={now("lists")}>
        <Icon name="bullets" />
        Lists
        {count > 0 && (
          <span class="badge danger">
            {count}
            <span class="sr"> waiting or unread</span>
          </span>
        )}
      </a>
      <a href={place.conversation ? to("chat") : "/console"} aria-current={now("chat")} aria-disabled={place.conversation ? undefined : "true"}>
        <Icon name="chat" />
        Chat
      </a>
      <a href={place.conversation ? to("details") : "/console"} aria-current={now("details")} aria-disabled={place.conversation ? undefined : "true"}>
        <Icon name="info" />
        Details
      </a>
    </nav>
  );
}

// useTitle keeps the number of those who wait for this agent in the tab's title.
function useTitle(desk: Desk, rows: ReadonlySignal<{ mine: readonly Row[]; waiting: readonly Row[] }>, conversation: string) {
  const { mine, waiting } = rows.value;
  const unread = mine.reduce((sum, row) => sum + row.unread, 0);
  const row = conversation ? desk.talk(conversation).value.row : undefined;
  const title = pageTitle(waiting.length, unread, row ? titleOf(row) : "Desk");
  useEffect(() => {
    document.title = title;
  }, [title]);
}

// useNews tells readers of who came into line, once each and not at the start.
function useNews(desk: Desk, rows: ReadonlySignal<{ waiting: readonly Row[] }>, news: { value: string }) {
  const before = useRef<readonly Row[] | undefined>(undefined);
  const waiting = rows.value.waiting;
  const loaded = desk.everOpen.value;
  useEffect(() => {
    if (!loaded) return;
    const fresh = before.current ? arrived(before.current, waiting) : [];
    before.current = waiting;
    const newest = fresh[fresh.length - 1];
    if (newest) news.value = fresh.length === 1 ? `New in line: ${titleOf(newest)}` : `${fresh.length} new in line`;
  }, [waiting, loaded]);
}
