import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import { Dialog, DialogFoot } from "../staff/dialog";
import { words } from "../staff/session";
import type { Saved, SavedReplies } from "./saved";
import { teamName, teams } from "./words";

interface Props {
  reply: Saved;
  saved: SavedReplies;
  staff: Staff;
  leave: () => void;
}

// scopes are for whom this person may save a reply: "own", "" for everybody, a team.
function scopes(staff: Staff): { value: string; words: string }[] {
  const own = { value: "own", words: "Only for me" };
  if (staff.role === "senior") return [own, ...staff.teams.map((team) => ({ value: team, words: `For ${teamName(team)}` }))];
  if (staff.role === "agent") return [own];
  return [own, { value: "", words: "For everybody" }, ...teams.value.map((team) => ({ value: team.id, words: `For ${team.name}` }))];
}

export function ReplyForm({ reply, saved, staff, leave }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const failure = useSignal("");
  const busy = useSignal(false);
  const choices = scopes(staff);

  async function submit(event: Event) {
    event.preventDefault();
    if (!form.current || busy.value) return;
    const given = new FormData(form.current);
    const scope = String(given.get("scope") ?? "own");
    busy.value = true;
    try {
      await saved.save({
        id: reply.id,
        short: String(given.get("short") ?? "").trim().replace(/^\//, "").toLowerCase(),
        language: given.get("language") === "es" ? "es" : "en",
        text: String(given.get("text") ?? "").trim(),
        own: scope === "own",
        team: scope === "own" ? "" : scope,
      });
      leave();
    } catch (error) {
      failure.value = words(error);
      busy.value = false;
    }
  }

  return (
    <Dialog labelledby="rf-h" leave={leave}>
      <form class="stack" onSubmit={submit} ref={form}>
        <h2 id="rf-h">{reply.short ? `Change /${reply.short}` : "New saved reply"}</h2>
        <div class="field">
          <label for="rf-short">Short name</label>
          <p class="fine" id="rf-hint">
            Typed after the slash: small letters, digits, hyphens.
          </p>
          <input class="input" id="rf-short" name="short" defaultValue={reply.short} maxLength={31} required autocomplete="off" aria-describedby="rf-hint" />
        </div>
        <div class="row">
          <label class="field">
            <span class="legend">Language</span>
            <select class="input" name="language" defaultValue={reply.language}>
              <option value="en" selected={reply.language === "en"}>English</option>
              <option value="es" selected={reply.language === "es"}>Spanish</option>
            </select>
          </label>
          <label class="field">
            <span class="legend">Who may use it</span>
            <select class="input" name="scope">
              {choices.map(({ value, words }) => (
                <option key={value} value={value} selected={reply.own ? value === "own" : value === reply.team}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="field">
          <label for="rf-text">Text</label>
          <p class="fine" id="rf-text-hint">
            Filled in for you: {saved.variables.value.map((v) => `{${v}}`).join(", ")}
          </p>
          <textarea class="input" id="rf-text" name="text" rows={6} maxLength={4000} defaultValue={reply.text} required aria-describedby="rf-text-hint" />
        </div>
        <DialogFoot failure={failure.value} busy={busy.value ? "Saving\u2026" : ""} does="Save the reply" leave={leave} />
      </form>
    </Dialog>
  );
}
