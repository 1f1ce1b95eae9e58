import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Clock } from "../shared/clock";
import type { Socket } from "../shared/connection";
import type { Staff } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Address } from "../staff/address";
import { Failure } from "../staff/failure";
import { usesDesk, type Session } from "../staff/session";
import { Door } from "../staff/signin";
import { TopBar } from "../staff/topbar";
import { Desk } from "./desk";
import { SingleKeys } from "./keys";
import { Room } from "./room";

export interface AppProps {
  session: Session;
  address: Address;
  shelf: Shelf;
  clock: Clock;
  now: ReadonlySignal<number>;
  dial: () => Socket;
}

export function App(props: AppProps) {
  return (
    <Door session={props.session} place="desk">
      {(staff) => (usesDesk(staff) ? <Shift key={staff.id} {...props} staff={staff} /> : <WrongDoor {...props} staff={staff} />)}
    </Door>
  );
}

// signs are the events behind which there is a person.
const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

// Shift is the desk of one person from sign-in to sign-out. What was written lies
// under the person's own name, so a second one at the same computer never sees it.
function Shift({ staff, session, address, shelf, clock, now, dial }: AppProps & { staff: Staff }) {
  const own = useMemo(() => shelf.within(`${staff.id}.`), []);
  const keys = useMemo(() => new SingleKeys(own), []);
  const desk = useMemo(
    () => new Desk(staff, own, { dial, clock, random: Math.random, newID: () => crypto.randomUUID() }, () => session.end()),
    [],
  );
  useEffect(() => {
    desk.start();
    const wake = () => {
      if (!document.hidden) desk.wake();
    };
    const touch = () => desk.touch();
    for (const sign of signs) document.addEventListener(sign, touch, { capture: true, passive: true });
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      for (const sign of signs) document.removeEventListener(sign, touch, { capture: true });
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      desk.stop();
    };
  }, []);
  return <Room desk={desk} address={address} now={now} keys={keys} session={session} />;
}

function WrongDoor({ staff, session }: AppProps & { staff: Staff }) {
  const failure = useSignal("");
  useEffect(() => {
    document.title = "Desk \u00b7 Emma";
  }, []);
  return (
    <>
      <TopBar staff={staff} here="desk" signOut={() => session.signOut().catch(() => (failure.value = "Signing out did not work. Try again."))} />
      <main class="middle stack">
        <h1>This is the desk of the agents</h1>
        <p>
          You are signed in as {staff.name}. Your role keeps the knowledge base and does not see chats.
        </p>
        <Failure text={failure.value} />
        <p>
          <a class="button primary" href="/editor">
            Go to the knowledge base
          </a>
        </p>
      </main>
    </>
  );
}
