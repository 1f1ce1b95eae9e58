import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Address } from "../staff/address";
import { Icon } from "../staff/icon";
import { leads, words, type Session } from "../staff/session";
import { TopBar } from "../staff/topbar";
import { Absent } from "./absent";
import { All } from "./all";
import { Board } from "./board";
import { Alerts } from "./alerts";
import { deviceBell } from "./bell";
import { CaseList } from "./caselist";
import { Casework } from "./casework";
import { commands, type Hands } from "./command";
import { open as openField } from "./composer";
import { Lost } from "./connection";
import { Context } from "./context";
import type { Desk } from "./desk";
import type { Field } from "./draft";
import { isField, opensPalette, single, type SingleKeys } from "./keys";
import { linkOf, type Known } from "./known";
import { afterClosing, narrow, neighbour, ofTeams } from "./list";
import { Live, type Rows } from "./lists";
import { Narrowing } from "./narrowing";
import { useNews, useTitle } from "./news";
import { isNarrowed, nothingNarrowed, readPlace, writePlace, type ListName, type Place } from "./place";
import { Offer } from "./offer";
import { Replies } from "./replies";
import { Reports } from "./reports";
import { SavedReplies } from "./saved";
import { Sheets } from "./sheets";
import { Tabs } from "./tabs";
import { Thread } from "./thread";
import { usualLimits } from "./waiting";
import { teams, type Team } from "./words";

interface Props {
  desk: Desk;
  address: Address;
  now: ReadonlySignal<number>;
  keys: SingleKeys;
  session: Session;
}

// Room puts the panes together: what is open stands in the address.
export function Room({ desk, address, now, keys, session }: Props) {
  const api = session.api;
  const place = readPlace(address.parts(), address.query.value);
  const field = useSignal<Field>("reply");
  const allTeams = useSignal(desk.shelf.get("teams") === "all");
  const taking = useSignal(false);
  const lost = useSignal("");
  const news = useSignal("");
  const transferNote = useSignal("");
  const firstArticle = useRef<Known | undefined>(undefined);
  const here = useRef(place);
  here.current = place;
  const saved = useMemo(() => new SavedReplies(api), [api]);
  const casework = useMemo(() => new Casework(api, () => crypto.randomUUID()), [api]);

  const go = (change: Partial<Place>) => address.go(writePlace({ ...here.current, sheet: "", ...change }));
  const openChat = (conversation: string) => go({ room: "desk", conversation, case: "", silent: false, pane: "chat" });
  const href = (conversation: string) => writePlace({ ...place, room: "desk", conversation, case: "", silent: false, pane: "chat", sheet: "" });
  const alerts = useMemo(() => new Alerts(desk.shelf, deviceBell(document, openChat), usualLimits), []);

  const line = useComputed(() => (allTeams.value ? desk.waiting.value : ofTeams(desk.waiting.value, desk.staff.teams)));
  const scene = useComputed(() => ({ mine: desk.mine.value, waiting: line.value, offers: desk.offers.value, away: desk.absence.value !== undefined }));
  const rows = useComputed((): Rows => {
    const to = readPlace(address.parts(), address.query.value);
    const narrowed = to.list === "live" ? to : nothingNarrowed;
    return { mine: narrow(desk.mine.value, narrowed), waiting: narrow(line.value, narrowed), hidden: desk.waiting.value.length - line.value.length };
  });

  useEffect(() => {
    lost.value = "";
    field.value = "reply";
    transferNote.value = "";
    desk.show(place.conversation, place.silent);
  }, [place.conversation, place.silent]);
  useEffect(() => void api.get<{ teams: Team[] }>("/api/teams").then((r) => (teams.value = r.teams), () => {}), []);
  useEffect(() => {
    alerts.start(scene, now, desk.current, desk.everOpen);
    return () => alerts.stop();
  }, []);
  useTitle(desk, rows, place.conversation, place.room);
  useNews(desk, line.value, news);

  // take claims the open chat, or accepts one that is offered.
  async function take(offered = "") {
    const conversation = offered || here.current.conversation;
    if (offered) openChat(offered);
    if (taking.value || !conversation) return;
    taking.value = true;
    lost.value = "";
    const outcome = await desk.move({ type: offered ? "accept" : "claim", conversation });
    taking.value = false;
    if (here.current.conversation !== conversation) return;
    if (outcome.ok) openField(field, "reply");
    else lost.value = outcome.code === "taken" ? `${outcome.winner ?? "Another agent"} was faster and has this chat.` : outcome.text;
  }

  async function giveBack() {
    const conversation = here.current.conversation;
    lost.value = "";
    const outcome = await desk.move({ type: "return", conversation });
    if (!outcome.ok && here.current.conversation === conversation) lost.value = outcome.text;
  }

  function insert(text: string) {
    const { conversation } = here.current;
    desk.drafts.putBack(conversation, "reply", text);
    if (here.current.pane !== "chat") go({ pane: "chat" });
    openField(field, "reply");
  }

  const hands: Hands = {
    staff: desk.staff,
    here: () => here.current,
    row: () => (here.current.room === "desk" && here.current.conversation ? desk.talk(here.current.conversation).peek().row : undefined),
    go,
    step(by) {
      if (here.current.list !== "live") return stepInList(by);
      const { mine, waiting } = rows.peek();
      const next = neighbour([...mine, ...waiting].map((row) => row.conversation), here.current.conversation, by);
      if (!next) return;
      openChat(next);
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-conversation="${next}"]`)?.focus());
    },
    take: () => void take(desk.offers.peek()[0]?.conversation),
    offered: () => desk.offers.peek().length > 0,
    giveBack: () => void giveBack(),
    write(which) {
      if (here.current.pane !== "chat") go({ pane: "chat" });
      openField(field, which);
    },
    canInsert: (what) => firstArticle.current !== undefined && (what === "text" || firstArticle.current.source.url !== ""),
    insertFirst(what) {
      if (firstArticle.current) insert(what === "text" ? firstArticle.current.text : linkOf(firstArticle.current));
    },
    focusSearch() {
      if (here.current.pane !== "lists" && matchMedia("(max-width: 760px)").matches) go({ pane: "lists" });
      requestAnimationFrame(() => document.getElementById("list-search")?.focus());
    },
    setStatus: (status) => desk.setStatus(status),
    status: () => desk.status.peek(),
  };
  const all = useMemo(() => commands(hands), []);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const dialog = document.querySelector("dialog[open]");
      if (opensPalette(event)) {
        event.preventDefault();
        if (!dialog) go({ sheet: "palette" });
        return;
      }
      if (dialog || event.repeat || !keys.on.peek()) return;
      const key = single(event, isField(event.target));
      const command = key ? all.find((c) => c.key === key && c.possible()) : undefined;
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

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

  const lists: { name: ListName; words: string; count?: number }[] = [
    { name: "live", words: "Live", count: rows.value.waiting.length },
    { name: "all", words: "All" },
    { name: "messages", words: "Messages" },
    { name: "requests", words: "Requests" },
  ];
  return (
    <div class="room">
      <TopBar staff={desk.staff} here={place.room === "replies" ? "desk" : place.room} signOut={() => void signOut()} search={() => go({ sheet: "palette" })} menu={<Menu go={go} />}>
        {desk.capacity.value > 0 && desk.mine.value.length + desk.afterChat.value.length >= desk.capacity.value && <span class="badge lamp">Busy</span>}
        <label>
          <span class="sr">Your status</span>
          <select class="input status-select" value={desk.status.value} onChange={(e) => desk.setStatus(e.currentTarget.value === "away" ? "away" : "available")}>
            <option value="available">Available</option>
            <option value="away">Away</option>
          </select>
        </label>
      </TopBar>
      <Lost line={desk.line} retry={() => desk.again()} />
      <Absent absence={desk.absence.value} held={desk.mine.value.length} back={() => desk.setStatus("available")} stay={() => desk.setStatus("away")} />
      <p class="sr" role="status">
        {news}
      </p>
      {place.room === "board" && leads(desk.staff) ? (
        <Board
          desk={desk}
          api={api}
          now={now}
          lookIn={(conversation) => writePlace({ ...place, ...nothingNarrowed, room: "desk", conversation, case: "", silent: true, pane: "chat", sheet: "" })}
          supervise={(conversation) => writePlace({ ...place, ...nothingNarrowed, room: "desk", conversation, case: "", silent: true, pane: "chat", sheet: "supervise" })}
        />
      ) : place.room === "reports" ? (
        <Reports api={api} address={address} />
      ) : place.room === "replies" ? (
        <Replies saved={saved} staff={desk.staff} newID={() => crypto.randomUUID()} />
      ) : (
        <main class={`desk on-${place.pane}`}>
          <h1 class="sr">Desk</h1>
          <section class="pane lists" aria-label="Lists">
            {desk.offers.value.slice(0, 1).map((row) => (
              <Offer key={row.conversation} row={row} skew={() => api.skew} accept={(c) => void take(c)} pass={(c) => desk.pass("decline", c)} />
            ))}
            <Narrowing narrowed={place} lists={lists} href={(list) => writePlace({ ...place, ...nothingNarrowed, list, sheet: "" })} change={(to) => address.go(writePlace({ ...here.current, ...to }), true)} />
            {place.list === "messages" || place.list === "requests" ? (
              <CaseList
                desk={desk}
                casework={casework}
                list={place.list}
                narrowed={place}
                open={place.case}
                now={now.value}
                href={(c) => writePlace({ ...place, conversation: c.conversation, case: c.reference, silent: false, pane: "chat", sheet: "" })}
              />
            ) : place.list === "all" ? (
              <All api={api} narrowed={place} open={place.conversation} now={now.value} href={href} />
            ) : (
              <Live
                desk={desk}
                now={now}
                rows={rows}
                open={place.conversation}
                narrowed={isNarrowed(place)}
                href={href}
                allTeams={allTeams.value}
                setAllTeams={(all) => {
                  allTeams.value = all;
                  desk.shelf.put("teams", all ? "all" : "mine");
                }}
              />
            )}
          </section>
          <Thread desk={desk} now={now} place={place} field={field} saved={saved} casework={casework} foundCase={(c) => here.current.conversation === "" && go({ conversation: c.conversation, pane: "chat" })} taking={taking} lost={lost} take={() => void take()} giveBack={() => void giveBack()} />
          <Context desk={desk} api={api} now={now} place={place} insert={insert} href={href} first={(known) => (firstArticle.current = known)} />
          <Tabs place={place} rows={rows} />
        </main>
      )}
      <Sheets
        desk={desk}
        api={api}
        place={place}
        keys={keys}
        alerts={alerts}
        commands={all}
        rows={rows.value}
        transferNote={transferNote.value}
        keepNote={(text) => (transferNote.value = text)}
        openChat={openChat}
        searchAll={(text) => go({ room: "desk", ...nothingNarrowed, list: "all", text, pane: here.current.conversation ? here.current.pane : "lists" })}
        casework={casework}
        openCase={(reference, conversation) => go({ room: "desk", conversation, case: reference, silent: false, pane: "chat" })}
        next={(closed) => {
          const to = afterClosing(desk.mine.peek(), line.peek(), closed);
          if (to) openChat(to);
          else go({ conversation: "" });
        }}
        leave={() => go({})}
        leaveForGood={() => void leaveForGood()}
      />
    </div>
  );
}

// stepInList follows the link below or above the open one, as it stands in the list.
function stepInList(by: 1 | -1) {
  const links = [...document.querySelectorAll<HTMLElement>(".lists .chats a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = at < 0 ? links[by > 0 ? 0 : links.length - 1] : links[at + by];
  next?.click();
  next?.focus();
}

function Menu({ go }: { go: (to: Partial<Place>) => void }) {
  return (
    <>
      <button class="button" type="button" onClick={() => go({ sheet: "day" })}>
        <Icon name="clock" />
        My day
      </button>
      <button class="button" type="button" onClick={() => go({ room: "replies" })}>
        <Icon name="reply" />
        Saved replies
      </button>
      <button class="button" type="button" onClick={() => go({ sheet: "alerts" })}>
        <Icon name="alert" />
        Alerts
      </button>
      <button class="button" type="button" onClick={() => go({ sheet: "keys" })}>
        <Icon name="keyboard" />
        Keys
      </button>
    </>
  );
}
