import { signal } from "@preact/signals";
import type { Shelf } from "../shared/shelf";

// The keys of the desk. Single keys work only outside of fields and dialogs and can be
// switched off; there is never a combination with Alt and a letter.

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

// single is the single key that was pressed, or "" when it means something else.
export function single(pressed: Pressed, inField: boolean): string {
  if (inField || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return "";
  return /^[a-z?/]$/i.test(pressed.key) ? pressed.key.toLowerCase() : "";
}

// opensPalette is Ctrl+K, or Command+K on a Mac.
export function opensPalette(pressed: Pressed): boolean {
  return (pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.key.toLowerCase() === "k";
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
