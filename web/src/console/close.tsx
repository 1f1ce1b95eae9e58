import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Dialog, DialogFoot } from "../staff/dialog";
import { Icon } from "../staff/icon";
import type { Shelf } from "../shared/shelf";
import type { Move, Outcome } from "./moves";
import { dispositions } from "./entry";
import type { Team } from "./words";

interface Props {
  conversation: string;
  shelf: Shelf;
  team: Team | undefined;
  unsent: boolean; // a reply draft is there
  move: (move: Move) => Promise<Outcome>;
  leave: () => void;
  next: () => void; // leaves and goes on with the next chat
}

const MOST_TAGS = 20;
const LONGEST_TAG = 60;

// readTags makes a list of what stands between commas: trimmed, each once.
export function readTags(text: string): string[] {
  const tags = text.split(/[,\n]/).map((tag) => tag.trim().replace(/\s+/g, " ").slice(0, LONGEST_TAG)).filter(Boolean);
  return [...new Set(tags)].slice(0, MOST_TAGS);
}

// ways are how a chat can have ended: by the list of its team, when it has one.
function ways(team: Team | undefined): readonly { code: string; words: string }[] {
  const own = team?.dispositions.map((code) => ({ code, words: code.replace(/_/g, " ") })) ?? [];
  const list = own.length > 0 ? own : dispositions;
  return team?.disposition_required ? list : [...list, { code: "", words: "Say nothing about it" }];
}

export function Close({ conversation, team, shelf, unsent, move, leave, next }: Props) {
  const disposition = useSignal("");
  const failure = useSignal("");
  const busy = useSignal(false);
  const tags = useRef<HTMLInputElement>(null);
  const known = shelf.json<string[]>("tags") ?? [];

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const goOn = event.submitter?.getAttribute("value") !== "stay";
    if (busy.value) return;
    const chosen = readTags(tags.current?.value ?? "");
    busy.value = true;
    failure.value = "";
    const outcome = await move({ type: "close", conversation, disposition: disposition.value, tags: chosen });
    busy.value = false;
    if (!outcome.ok) return void (failure.value = outcome.text);
    shelf.putJSON("tags", [...new Set([...chosen, ...known])].slice(0, 12));
    if (goOn) next();
    else leave();
  }

  function add(tag: string) {
    const field = tags.current;
    if (field) field.value = readTags(`${field.value},${tag}`).join(", ");
  }

  return (
    <Dialog labelledby="cl-h" leave={leave}>
      <form class="stack" onSubmit={submit}>
        <h2 id="cl-h">Close this chat</h2>
        {unsent && (
          <div key="draft" class="notice lamp">
            <Icon name="draft" />
            <p>You have a reply that was not sent. It stays as a draft on this device.</p>
          </div>
        )}
        <fieldset class="stack">
          <legend class="legend">How it ended</legend>
          <div class="picks">
            {ways(team).map(({ code, words }) => (
              <label key={code} class={disposition.value === code ? "pick on" : "pick"}>
                <input type="radio" name="disposition" checked={disposition.value === code} onChange={() => (disposition.value = code)} />
                <span>{words}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div key="tags" class="field">
          <label for="cl-tags">Tags</label>
          <p class="fine" id="cl-hint">
            For reports. Put commas between them.{team?.tag_required && " This team asks for at least one."}
          </p>
          <input class="input" id="cl-tags" ref={tags} autocomplete="off" aria-describedby="cl-hint" />
          {known.length > 0 && (
            <p class="row">
              <span class="fine">Used before:</span>
              {known.map((tag) => (
                <button key={tag} class="button quiet" type="button" onClick={() => add(tag)}>
                  {tag}
                </button>
              ))}
            </p>
          )}
        </div>
        <DialogFoot failure={failure.value} busy={busy.value ? "Closing\u2026" : ""} does="Close and go to the next" leave={leave}>
          <button class="button" type="submit" value="stay" aria-disabled={busy.value}>
            Close the chat
          </button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
