import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import { Face, Icon, Mark } from "./icon";
import { editsKnowledge, leads, usesDesk } from "./session";

interface Props {
  staff: Staff;
  here: "desk" | "board" | "reports" | "knowledge";
  signOut: () => void;
  search?: () => void; // opens the search of this page, where there is one
  // children stand before the face, menu inside the account menu.
  children?: ComponentChildren;
  menu?: ComponentChildren;
}

export function TopBar({ staff, here, signOut, search, children, menu }: Props) {
  const home = here === "knowledge" ? "/editor" : "/console";
  return (
    <header class="top">
      <a class="brand" href={home}>
        <Mark />
        <span>Emma</span>
      </a>
      <nav aria-label="Main">
        {usesDesk(staff) && (
          <a href="/console" aria-current={here === "desk" ? "page" : undefined}>
            Desk
          </a>
        )}
        {leads(staff) && (
          <>
            <a href="/console/board" aria-current={here === "board" ? "page" : undefined}>
              Board
            </a>
            <a href="/console/reports" aria-current={here === "reports" ? "page" : undefined}>
              Reports
            </a>
          </>
        )}
        {editsKnowledge(staff) && (
          <a href="/editor" aria-current={here === "knowledge" ? "page" : undefined}>
            Knowledge
          </a>
        )}
      </nav>
      {search && (
        <button class="search-button" type="button" onClick={search} aria-haspopup="dialog">
          <Icon name="search" />
          <span>Search or command</span>
          <kbd>Ctrl K</kbd>
        </button>
      )}
      <div class="top-end">
        {children}
        <Account staff={staff} signOut={signOut}>
          {menu}
        </Account>
      </div>
    </header>
  );
}

function Account({ staff, signOut, children }: { staff: Staff; signOut: () => void; children?: ComponentChildren }) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open.value) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) open.value = false;
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      open.value = false;
      button.current?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("keydown", escape);
    };
  }, [open.value]);
  return (
    <div class="account" ref={root}>
      <button class="account-button" type="button" ref={button} aria-expanded={open.value} aria-controls="account" onClick={() => (open.value = !open.value)}>
        <Face name={staff.name} />
        <span class="sr">Account of {staff.name}</span>
      </button>
      <div class="account-menu" id="account" hidden={!open.value}>
        <p>
          <strong>{staff.name}</strong>
          <br />
          <span class="fine">{describe(staff)}</span>
        </p>
        {children}
        <button class="button" type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
    </div>
  );
}

const roles: Record<string, string> = {
  agent: "Agent, Tier 1",
  senior: "Agent, Tier 2",
  editor: "Editor",
  supervisor: "Supervisor",
  admin: "Administrator",
};

export function describe(staff: Staff): string {
  const role = roles[staff.role] ?? staff.role;
  return staff.teams?.length ? `${role} \u00b7 ${staff.teams.join(", ")}` : role;
}
