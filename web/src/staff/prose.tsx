import { useLayoutEffect, useRef } from "preact/hooks";
import { render } from "../shared/richtext";

interface Props {
  html: string;
  lang?: string;
  label?: string; // name of the group for readers
}

// Prose shows html of the server: through the list of allowed tags, as nodes.
export function Prose({ html, lang, label }: Props) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    element.replaceChildren(render(html, "(opens a new tab)"));
    for (const frame of element.querySelectorAll(".scroll")) {
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", "Table, scrolls sideways");
    }
  }, [html]);
  return <div class="prose" ref={root} lang={lang || undefined} role={label ? "group" : undefined} aria-label={label} />;
}
