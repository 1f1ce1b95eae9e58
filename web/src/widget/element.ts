// Making nodes without innerHTML: h("p.fine", { lang: "es" }, "text", child). A
// property that begins with "on" is a listener, true and false set and leave out an
// attribute, everything else is its value.

export type Child = Node | string | false | undefined | Child[];
type Properties = Record<string, string | number | boolean | undefined | ((event: never) => void)>;
type Part = Child | Properties;

export function h<K extends keyof HTMLElementTagNameMap>(name: K | `${K}.${string}`, ...parts: Part[]): HTMLElementTagNameMap[K] {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag as K);
  if (classes[0]) node.className = classes.join(" ");
  return add(node, ...parts);
}

export function add<N extends Element>(node: N, ...parts: Part[]): N {
  for (const part of parts) {
    if (!part) continue;
    if (Array.isArray(part)) add(node, ...part);
    else if (typeof part === "string" || part instanceof Node) node.append(part);
    else fit(node, part);
  }
  return node;
}

function fit(node: Element, properties: Properties): void {
  for (const name in properties) {
    const value = properties[name];
    if (typeof value === "function") node.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function replace(node: Element, ...children: Child[]): void {
  node.textContent = "";
  add(node, ...children);
}

export const button = (text: string, onclick: () => void, style = "", ...before: Child[]): HTMLButtonElement =>
  h("button", { class: "button " + style, type: "button", onclick }, before, text);

export const hidden = (text: string): HTMLElement => h("span.sr", text);
