import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Dialog } from "../staff/dialog";
import { leads } from "../staff/session";
import { Alerting } from "./alerting";
import type { Alerts } from "./alerts";
import { Close } from "./close";
import type { Case, Casework } from "./casework";
import type { Command } from "./command";
import { MyDay } from "./day";
import type { Desk } from "./desk";
import { Help } from "./help";
import type { SingleKeys } from "./keys";
import type { Rows } from "./lists";
import { Palette } from "./palette";
import type { Place } from "./place";
import { Request } from "./request";
import { Supervise } from "./supervise";
import { Transfer } from "./transfer";
import { teams } from "./words";

interface Props {
  desk: Desk;
  api: Api;
  place: Place;
  keys: SingleKeys;
  alerts: Alerts;
  commands: readonly Command[];
  rows: Rows;
  transferNote: string;
  keepNote: (text: string) => void;
  openChat: (conversation: string) => void;
  searchAll: (text: string) => void;
  casework: Casework;
  openCase: (reference: string, conversation: string) => void;
  next: (closed: string) => void; // goes on after closing
  leave: () => void;
  leaveForGood: () => void;
}

// Sheets is the dialog on top, if there is one.
export function Sheets(props: Props) {
  const { desk, api, place, keys, alerts, commands, rows, leave } = props;
  switch (place.sheet) {
    case "keys":
      return <Help keys={keys} commands={commands} leave={leave} />;
    case "alerts":
      return <Alerting alerts={alerts} leave={leave} />;
    case "day":
      return <MyDay api={api} leave={leave} />;
    case "palette":
      return <Palette commands={commands} rows={[...rows.mine, ...rows.waiting]} openChat={props.openChat} searchAll={props.searchAll} openCase={(reference) => props.openCase(reference, "")} leave={leave} />;
    case "sign-out":
      return <Leaving desk={desk} stay={leave} go={props.leaveForGood} />;
  }
  const row = place.conversation ? desk.talk(place.conversation).value.row : undefined;
  if (row && place.sheet === "request") return <Request casework={props.casework} row={row} leave={leave} opened={(c: Case) => props.openCase(c.reference, c.conversation)} />;
  if (row && place.sheet === "supervise" && leads(desk.staff)) return <Supervise row={row} agents={desk.agents.value} move={desk.move.bind(desk)} leave={leave} />;
  if (!row || row.state !== "agent" || row.agent !== desk.staff.name) return null;
  const move = desk.move.bind(desk);
  if (place.sheet === "transfer") return <Transfer row={row} agents={desk.agents.value.filter((a) => a.id !== desk.staff.id)} move={move} leave={leave} note={props.transferNote} keepNote={props.keepNote} />;
  const unsent = desk.drafts.get(row.conversation, "reply") !== "";
  return place.sheet === "close" ? <Close conversation={row.conversation} team={teams.value.find((t) => t.id === row.team)} shelf={desk.shelf} unsent={unsent} move={move} leave={leave} next={() => props.next(row.conversation)} /> : null;
}

function Leaving({ desk, stay, go }: { desk: Desk; stay: () => void; go: () => void }) {
  const drafts = desk.drafts.with.value.size;
  const unsent = desk.outbox.parcels.value.filter((p) => p.state !== "stored").length;
  const what = [drafts ? count(drafts, "draft") : "", unsent ? `${count(unsent, "message that was", "messages that were")} not sent` : ""].filter(Boolean).join(" and ");
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
