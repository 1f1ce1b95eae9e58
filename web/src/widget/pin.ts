import type { Status } from "../shared/connection";
import type { Chat } from "./chat";
import { button, h, replace } from "./element";
import { icon, range } from "./icon";
import type { Voice } from "./voice";
import { Word } from "./words/word";

const enum Seconds {
  forgetWarning = 20,
}

// What the visitor waits for, pinned above the log: the place in line, or the
// connection. Texts change only when what they say changes.

export function makeQueuePin({ say, place, minutes }: Voice, chat: Chat, write: () => void) {
  const box = h("div.pin", { hidden: true });
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
    const { open, position, staffed } = queue;
    const { low, high, text } = minutes(queue.wait_s);
    const waited = Math.max(0, Math.floor((now - chat.since) / 60_000));
    if (staffed) promised ||= high;
    const late = promised > 0 && waited > promised;
    const title = !open ? say(Word.closedTitle) : position === 1 ? say(Word.next) : say(Word.placeN, { place: place(position) });
    const [start, end] = say(Word.wait).split("{range}");
    const body = !open
      ? [h("strong", hours), " ", say(Word.closedText)]
      : !staffed
        ? [say(Word.nobody)]
        : late
          ? [say(Word.longer)]
          : [start, h("strong", text), end];
    const sentence = title + ". " + h("p", body).textContent;
    if (shown === sentence + waited) return "";
    shown = sentence + waited;
    const held = box.contains((box.getRootNode() as ShadowRoot).activeElement);
    replace(
      box,
      h("div.row", h("h3", title), open && waited > 0 && h("span.fine.push", say(Word.waited, { n: waited }))),
      h("p", body),
      open && staffed && low < 60 && range(low, high, waited, say(Word.now)),
      h("div.row", button(say(Word.write), write), button(say(Word.leave), () => chat.send({ type: "cancel" }), "quiet")),
    );
    if (held) box.querySelector("button")?.focus();
    const first = !told; // the log says already that the visitor is in line
    const news = told !== sentence;
    told = sentence;
    return news && !first ? sentence : "";
  }
  return { box, show };
}

// An alert is a strip with one button. What is in `more` is not read out.
function makeAlert(label: string, act: () => void) {
  const alert = h("strong");
  const more = h("span");
  const box = h("div.pin.alert", { hidden: true }, h("p", icon("clock"), h("span", { role: "alert" }, alert), " ", more), button(label, act));
  return {
    box,
    show(text: string, rest = ""): void {
      box.hidden = !text;
      if (alert.textContent !== text) alert.textContent = text;
      more.textContent = rest;
    },
  };
}

export function makeLinkPin({ say }: Voice, chat: Chat) {
  const { box, show } = makeAlert(say(Word.tryNow), () => (chat.status.kind === "ended" ? chat.start() : chat.wake()));
  return {
    box,

    // show says how the connection stands; undefined hides it. The seconds stand
    // outside the alert, so that readers do not hear them.
    show(status: Status | undefined, now: number): void {
      const lost = !status ? "" : say(status.kind === "ended" ? Word.refusedLink : Word.offline);
      show(lost, status?.kind === "waiting" ? say(Word.tryingIn, { n: Math.max(1, Math.ceil((status.until - now) / 1000)) }) : "");
    },
  };
}

// What a shared computer forgets is announced while it can still be kept.
export function makeForgetPin({ say }: Voice, stay: () => void) {
  const { box, show } = makeAlert(say(Word.stay), stay);
  return { box, show: (seconds: number) => show(seconds <= Seconds.forgetWarning ? say(Word.forgetIn) : "", seconds + "") };
}
