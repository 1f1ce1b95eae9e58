// The server's sanitised `html` (PROTOCOL.md §3) as nodes, without innerHTML: works
// under Trusted Types, and what is not on the list cannot appear whatever the
// server sends. Unknown tags are left out, their text stays.

export interface Element {
  tag: string;
  attributes: Record<string, string>; // href or start, checked
  children: Rich[];
}
export type Rich = string | Element;

const allowed = new Set("p br strong em a ul ol li code pre blockquote h3 h4 hr table thead tbody tr th td del".split(" "));
const empty = new Set(["br", "hr"]);
const deepest = 40; // deeper tags are left out, so that no input can exhaust the stack

export function parse(html: string): Rich[] {
  const top: Rich[] = [];
  const open: Element[] = [];
  const children = () => open[open.length - 1]?.children ?? top;
  const text = (raw: string) => {
    const list = children();
    const last = list.length - 1;
    if (typeof list[last] === "string") list[last] += unescape(raw);
    else if (raw) list.push(unescape(raw));
  };
  const token = /<!--[^]*?(?:-->|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;
  let at = 0;
  for (let found = token.exec(html); found; found = token.exec(html)) {
    text(html.slice(at, found.index));
    at = token.lastIndex;
    const tag = found[2]?.toLowerCase();
    if (!tag || !allowed.has(tag)) continue;
    if (found[1]) {
      const from = open.map((e) => e.tag).lastIndexOf(tag);
      if (from >= 0) open.length = from;
    } else if (open.length < deepest) {
      const element: Element = { tag, attributes: attributesOf(tag, found[3] ?? ""), children: [] };
      children().push(element);
      if (!empty.has(tag)) open.push(element);
    }
  }
  text(html.slice(at));
  return top;
}

// The value is checked, so it does not matter where in the tag a pattern finds it.
function attributesOf(tag: string, source: string): Record<string, string> {
  const name = { a: "href", ol: "start" }[tag];
  if (!name) return {};
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(source);
  const value = unescape(found?.[1] ?? found?.[2] ?? found?.[3] ?? "").trim();
  return (tag === "a" ? isAddress(value) : /^\d{1,9}$/.test(value)) ? { [name]: value } : {};
}

// isAddress accepts what may be the target of a link: never a script, never
// something relative to the page that we are a guest on.
export function isAddress(url: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)[^\s\u0000-\u001f\u007f]+$/i.test(url);
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    const code = hex ? parseInt(hex, 16) : parseInt(decimal, 10);
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? "\ufffd" : String.fromCodePoint(code);
  });
}

// render makes nodes of it. Links to pages open a tab and say so to readers, with
// the words of newTab. A table may be scrolled sideways by keyboard.
export function render(rich: Rich[], newTab: string, page: Document = document): DocumentFragment {
  const fragment = page.createDocumentFragment();
  for (const part of rich) fragment.append(typeof part === "string" ? part : renderElement(part, newTab, page));
  return fragment;
}

function renderElement({ tag, attributes, children }: Element, newTab: string, page: Document): Node {
  const link = tag === "a";
  const node = page.createElement(link && !attributes.href ? "span" : tag);
  for (const name in attributes) node.setAttribute(name, attributes[name] ?? "");
  node.append(render(children, newTab, page));
  if (link && /^http/i.test(attributes.href ?? "")) {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
    const hint = page.createElement("span");
    hint.className = "sr";
    hint.textContent = " " + newTab;
    node.append(hint);
  }
  if (tag !== "table") return node;
  const frame = page.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.append(node);
  return frame;
}
