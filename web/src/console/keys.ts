import type { Shelf } from "../shared/shelf";
import { signal } from "@preact/signals";

// The keys of the desk. Single letters work only outside of fields and dialogs and
// can be switched off; there is never a combination with Alt and a letter.

export interface Shortcut {
  readonly keys: string; // as printed
  readonly does: string;
  readonly single: boolean; // can be switched off
}

export const shortcuts: readonly Shortcut[] = [
  { keys: "J", does: "Next chat in the list", single: true },
  { keys: "K", does: "Chat before it in the list", single: true },
  { keys: "A", does: "Take the open chat from the line", single: true },
  { keys: "R", does: "Write a reply", single: true },
  { keys: "N", does: "Write a private note", single: true },
  { keys: "T", does: "Transfer the open chat", single: true },
  { keys: "E", does: "Close the open chat", single: true },
  { keys: "?", does: "This list", single: true },
  { keys: "Ctrl \u21b5", does: "Send what is in the field", single: false },
  { keys: "Esc", does: "Leave the field or the dialog", single: false },
];

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

// letter is the single key that was pressed, or "" when it means something else.
export function letter(pressed: Pressed, inField: boolean): string {
  if (inField || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return "";
  if (pressed.key === "?") return "?";
  return /^[a-z]$/i.test(pressed.key) ? pressed.key.toLowerCase() : "";
}

// isField says whether typing there makes text or moves a choice.
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

export class SingleKeys {
  readonly on = signal(true);

  constructor(private readonly shelf: Shelf) {
    this.on.value = shelf.get("keys") !== "off";
  }

  set(on: boolean): void {
    this.on.value = on;
    this.shelf.put("keys", on ? "on" : "off");
  }
}
