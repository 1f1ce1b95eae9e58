import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Failure } from "./failure";

interface Props {
  labelledby: string;
  // leave is called once, by Esc or by a press outside.
  leave: () => void;
  children: ComponentChildren;
}

// Dialog is modal while it is on the page. Focus goes to the first control (or to
// the one with autofocus) and returns to where it was.
export function Dialog({ labelledby, leave, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dense"
      aria-labelledby={labelledby}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onClick={(event) => {
        if (event.target === element.current) leave();
      }}
    >
      <div class="sheet">{children}</div>
    </dialog>
  );
}

interface FootProps {
  failure: string;
  busy: string; // what is being done; empty: nothing
  does: string; // what the form does
  leave: () => void;
  children?: ComponentChildren; // another way to send the form
}

// DialogFoot ends a form in a dialog: what went wrong, the button, the way out.
export function DialogFoot({ failure, busy, does, leave, children }: FootProps) {
  return (
    <>
      <Failure text={failure} />
      <div class="row">
        <button class="button primary" type="submit" aria-disabled={busy !== ""}>
          {busy || does}
        </button>
        {children}
        <button class="button" type="button" onClick={leave}>
          Cancel
        </button>
      </div>
    </>
  );
}
