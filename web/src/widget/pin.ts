import type { Status } from "../shared/connection";
import type { Chat } from "./chat";
import { button, h, replace } from "./element";
import { icon, range } from "./icon";
import type { Voice } from "./voice";

// What the visitor waits for, pinned above the log: the place in line, or the
// connection. Texts change only when what they say changes.

export function makeQueuePin({ words, say, place, minutes }: Voice, chat: Chat) {
  const box = h("section.pin", { "aria-label": words.place, hidden: true });
  let shown = "";
  let told = "";
  let promised = 0; // minutes, the first upper end that was shown

  // show returns the sentence to announce when place or range changed, else "".
  function show(now: number, hours: string): string {
    const queue = chat.phase === "waiting" ? chat.queue : undefined;
    box.hidden = !queue;
    if (!queue) {
      shown = told = "";
      promised = 0;
      return "";
    }
    const { open, position } = queue;
    const { low, high, text } = minutes(queue.wait_s);
    const waited = Math.max(0, Math.floor((now - chat.since) / 60_000));
    promised ||= high;
    const title = !open ? words.closedTitle : position === 1 ? words.next : say(words.placeN, { place: place(position) });
    const [start, end] = words.wait.split("{range}");
    const body = !open ? [h("strong", hours), " ", say(words.closedText)] : waited > promised ? [words.longer] : [start, h("strong", text), end];
    const sentence = title + ". " + h("p", body).textContent;
    if (shown === sentence + waited) return "";
    shown = sentence + waited;
    const held = box.contains((box.getRootNode() as ShadowRoot).activeElement);
    replace(
      box,
      h("div.row", h("h3", title), open && waited > 0 && h("span.fine.push", say(words.waited, { n: waited }))),
      h("p", body),
      open && low < 60 && range(low, high, waited, words.now),
      h("div.row", button(words.leave, () => chat.send({ type: "cancel" }), "quiet")),
    );
    if (held) box.querySelector("button")?.focus();
    const first = !told; // the log says already that the visitor is in line
    const news = told !== sentence;
    told = sentence;
    return news && !first ? sentence : "";
  }
  return { box, show };
}

export function makeLinkPin({ words, say }: Voice, chat: Chat) {
  const alert = h("strong");
  const when = h("span");
  const retry = () => (chat.status.kind === "ended" ? chat.start() : chat.wake());
  const box = h("div.pin.alert", { hidden: true }, h("p", icon("offline"), h("span", { role: "alert" }, alert), " ", when), button(words.tryNow, retry));

  // show says how the connection stands; undefined hides it. The seconds stand
  // outside the alert, so that readers do not hear them.
  function show(status: Status | undefined, now: number): void {
    box.hidden = !status;
    const lost = !status ? "" : status.kind === "ended" ? words.refusedLink : words.offline;
    if (alert.textContent !== lost) alert.textContent = lost;
    when.textContent = status?.kind === "waiting" ? say(words.tryingIn, { n: Math.max(1, Math.ceil((status.until - now) / 1000)) }) : "";
  }
  return { box, show };
}
