// Icons of LOOK §7: 24 grid, 1.75 px line, drawn with the text's colour. They
// stand beside words and are hidden from readers.

const paths = {
  alert: "M12 4l9 16H3zM12 10v4M12 17h.01",
  bold: "M8 5h5a3.5 3.5 0 0 1 0 7H8zM8 12h6a3.5 3.5 0 0 1 0 7H8z",
  bullets: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  chat: "M4 5h16v11H11l-4.5 3.5V16H4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  draft: "M5 19l1-4L16 5l3 3L9 18z",
  heading: "M6 5v14M18 5v14M6 12h12",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5M12 8h.01",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  note: "M5 4h14v10l-5 6H5zM14 20v-6h5M9 9h6M9 13h2",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v4M4 11h2.5L4 14h2.5M4 16.5h2.5v3.5H4",
  plus: "M12 5v14M5 12h14",
  reply: "M10 8L5 12.5l5 4.5v-3c5 0 8 1.5 9 5 0-6-3-9.5-9-9.5z",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
  transfer: "M5 8h13M14 4l4 4-4 4M19 16H6M10 12l-4 4 4 4",
  up: "M12 19V5M6 11l6-6 6 6",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10",
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

// Mark is the lit door: Emma and nothing else.
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="door" d="M5 14.5a11 11 0 0 1 22 0V24a3 3 0 0 1-3 3H12.4l-5.6 3.7A1.2 1.2 0 0 1 5 29.7z" />
      <path class="flame" d="M16.7 6.6c.4 3.2 4.5 5 4.5 9.6a5.2 5.2 0 0 1-10.4 0c0-2.1.9-3.5 2.1-4.8.3 1.1.9 1.8 1.6 2-.4-2.6.4-5.1 2.2-6.8z" />
    </svg>
  );
}

// Face is a person: a circle with initials.
export function Face({ name, small }: { name: string; small?: boolean }) {
  return (
    <span class={small ? "face small" : "face"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

// Meter repeats a share between 0 and 1 beside its number.
export function Meter({ share, strong }: { share: number; strong: boolean }) {
  const width = Math.round(72 * Math.min(1, Math.max(0, share)));
  return (
    <svg class="meter" viewBox="0 0 72 8" aria-hidden="true">
      <rect class="rail" width="72" height="8" rx="4" />
      <rect class={strong ? "fill" : "fill soft"} width={width} height="8" rx="4" />
    </svg>
  );
}
