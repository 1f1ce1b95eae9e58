import { add, h } from "./element";

// Icons of a 24 grid, one line, drawn with the text's colour. They stand beside words
// and are hidden from readers.
const lines = {
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  send: "M5 12h14M13 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M6 12h.01M12 12h.01M18 12h.01",
  lock: "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
  page: "M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h6",
  out: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

type Shape = Record<string, string | number>;

function draw(tag: string, shape: Shape, ...children: (Node | string)[]): SVGElement {
  return add(document.createElementNS("http://www.w3.org/2000/svg", tag), shape, children);
}

function picture(name: string, width: number, height: number, ...children: Node[]): SVGElement {
  return draw("svg", { class: name, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, ...children);
}

const path = (name: string, d: string, transform = "") => draw("path", { class: name, d, transform });

// The light is Emma's and is drawn nowhere else.
const flame = (transform?: string) =>
  path("flame", "M16.7 6.6c.4 3.2 4.5 5 4.5 9.6a5.2 5.2 0 0 1-10.4 0c0-2.1.9-3.5 2.1-4.8.3 1.1.9 1.8 1.6 2-.4-2.6.4-5.1 2.2-6.8z", transform);

export const icon = (name: keyof typeof lines): SVGElement => picture("icon i-" + name, 24, 24, path("", lines[name]));

// mark is the lit door: Emma and nothing else.
export const mark = (): SVGElement =>
  picture(
    "mark",
    32,
    32,
    path("door", "M5 14.5a11 11 0 0 1 22 0V24a3 3 0 0 1-3 3H12.4l-5.6 3.7A1.2 1.2 0 0 1 5 29.7z"),
    flame(),
  );

export const doors = (): SVGElement =>
  picture(
    "doors",
    150,
    150,
    path("d1", "M10 150V75a65 65 0 0 1 130 0v75z"),
    path("d2", "M30 150V79a45 45 0 0 1 90 0v71z"),
    path("door", "M50 150V83a25 25 0 0 1 50 0v67z"),
    flame("translate(33 57) scale(2.6)"),
  );

// range draws minutes of waiting: when a person usually comes, and where we are.
export function range(low: number, high: number, waited: number, now: string): HTMLElement {
  const most = Math.ceil((high * 1.5) / 5) * 5;
  const bar = (name: string, from: number, to: number) => {
    const node = h("span." + name as "span");
    node.style.marginInlineStart = (from / most) * 100 + "%";
    node.style.width = ((to - from) / most) * 100 + "%";
    return node;
  };
  return h(
    "div.range",
    { "aria-hidden": "true" },
    h("div.rail", bar("likely", low, high), bar("now", Math.min(waited, most), most)),
    h("p.row", h("span", now), h("span.push", most + " min")),
  );
}

// face is a person: a circle with initials.
export function face(name: string, size = ""): HTMLElement {
  const letters = [...name.replace(/(\S)\S*\s*/gu, "$1")].slice(0, 2).join("");
  return h("span", { class: "face " + size, "aria-hidden": "true" }, letters.toUpperCase());
}
