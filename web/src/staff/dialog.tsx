import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

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
