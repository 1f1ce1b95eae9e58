import { unreadable } from "./colours";

const phone = "(max-width: 30em)"; // there the panel takes the whole screen

// The page that the widget is a guest on: where its host stands, what is behind a
// full screen, and the title.
export function makePage(root: HTMLElement, style: (root: ShadowRoot) => void, alone: boolean) {
  const host = document.createElement("emma-widget");
  const shadow = host.attachShadow({ mode: "open" });
  let covered: Element[] = []; // made inert by us
  let counted = ""; // the title with our count
  let warned: string | undefined;

  style(shadow);
  shadow.append(root);

  const isPhone = () => alone || matchMedia(phone).matches;

  // measure takes the reader's own text size, which the page cannot change in here, and
  // takes away colours of the page that cannot be read. The tokens are reckoned on the
  // host, and in .plain once more as they were.
  function measure(): void {
    const unit = Math.max(16, parseFloat(getComputedStyle(root).fontSize) || 0) + "px";
    for (const { style } of [host, root]) style.setProperty("--unit", unit);
    root.classList.remove("plain");
    const pair = unreadable(root);
    if (!pair) return;
    root.classList.add("plain");
    if (pair !== warned) console.warn("emma-widget: the colours cannot be read, the default ones are used:", (warned = pair));
  }

  // put keeps the host on the page, also when a site swaps its body.
  const watcher = new MutationObserver(put);
  function put(): void {
    if (!document.body || host.parentNode === document.body) return;
    document.body.append(host);
    watcher.observe(document.body, { childList: true });
    measure();
  }
  watcher.observe(document.documentElement, { childList: true });
  put();

  return {
    host,
    isPhone,
    measure,
    focused: () => shadow.activeElement,

    // cover makes the page behind a full screen unreachable, and reachable again.
    cover(panel?: HTMLElement | false): void {
      for (const element of covered) element.removeAttribute("inert");
      covered = [];
      if (!panel) return;
      panel.removeAttribute("aria-modal");
      if (!isPhone()) return;
      panel.setAttribute("aria-modal", "true");
      covered = [...document.body.children].filter((e) => e !== host && !e.hasAttribute("inert"));
      for (const element of covered) element.setAttribute("inert", "");
    },

    // count shows in the title how many messages are new.
    count(n: number): void {
      const bare = document.title === counted ? counted.replace(/^\(\d+\) /, "") : document.title;
      counted = n ? `(${n}) ${bare}` : "";
      document.title = counted || bare;
    },

    onresize(then: () => void): void {
      addEventListener("resize", () => {
        measure();
        then();
      });
    },
  };
}
