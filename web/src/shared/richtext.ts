// The server's sanitised `html` (PROTOCOL.md §3) as nodes, without innerHTML: works
// under Trusted Types, and what is not on the list cannot appear whatever the
// server sends. Unknown tags are left out, their text stays.

const allowed = /^(p|br|strong|em|a|ul|ol|li|code|pre|blockquote|h3|h4|hr|table|thead|tbody|tr|th|td|del)$/;
const empty = /^[bh]r$/;
const deepest = 40; // deeper tags are left out, so that no input can exhaust the stack

// isAddress accepts what may be the target of a link: never a script, never
// something relative to the page that we are a guest on.
export function isAddress(url: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(url);
}

// render makes nodes of it. Links to pages open a tab and say so to readers, with
// the words of newTab. A table may be scrolled sideways by keyboard.
export function render(html: string, newTab: string, page: Document = document): DocumentFragment {
  const top = page.createDocumentFragment();
  const open: HTMLElement[] = [];

  // The server escapes > in attributes.
  for (const [, end, name = "", rest = "", text] of html.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+|<)/g)) {
    const tag = name.toLowerCase();
    const inner = open[open.length - 1] ?? top;
    if (text) {
      inner.append(unescape(text));
    } else if (end) {
      const from = open.map((node) => node.localName).lastIndexOf(tag);
      for (const node of from < 0 ? [] : open.splice(from)) close(node);
    } else if (allowed.test(tag) && open.length < deepest) {
      const node = page.createElement(tag);
      const value = unescape(/(?:href|start)="([^"]*)/.exec(rest)?.[1] ?? "").trim();
      if (tag === "a" && isAddress(value)) node.setAttribute("href", value);
      if (tag === "ol" && /^\d{1,9}$/.test(value)) node.setAttribute("start", value);
      inner.append(node);
      if (!empty.test(tag)) open.push(node);
      if (tag !== "table") continue;
      const frame = page.createElement("div");
      frame.className = "scroll";
      frame.tabIndex = 0;
      node.replaceWith(frame);
      frame.append(node);
    }
  }
  open.forEach(close);
  return top;

  function close(node: HTMLElement): void {
    if (!/^http/i.test(node.getAttribute("href") ?? "")) return;
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
    const hint = page.createElement("span");
    hint.className = "sr";
    hint.textContent = " " + newTab;
    node.append(hint);
  }
}

// What the server escapes; the rest comes as it is.
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function unescape(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => (name[0] === "#" ? String.fromCharCode(+name.slice(1)) : (named[name] ?? whole)));
}
