import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import { Failure } from "../staff/failure";
import { Icon } from "../staff/icon";
import { words } from "../staff/session";
import { ReplyForm } from "./replyform";
import type { Saved, SavedReplies } from "./saved";
import { teamName } from "./words";

interface Props {
  saved: SavedReplies;
  staff: Staff;
  newID: () => string;
}

// Replies is where saved replies are kept.
export function Replies({ saved, staff, newID }: Props) {
  const editing = useSignal<Saved | undefined>(undefined);
  const removing = useSignal("");
  const problem = useSignal("");
  useEffect(() => {
    document.title = "Saved replies \u00b7 Emma";
    void saved.load();
  }, []);
  const fresh = (): Saved => ({ id: newID(), short: "", language: "en", text: "", team: "", own: true, may_change: true, saved_by: "", saved_at: 0 });

  async function remove(reply: Saved) {
    removing.value = "";
    try {
      await saved.remove(reply.id);
      problem.value = "";
    } catch (error) {
      problem.value = words(error);
    }
  }
  const list = saved.list.value;
  return (
    <main class="page stack">
      <div class="row">
        <h1>Saved replies</h1>
        <button class="button primary push" type="button" onClick={() => (editing.value = fresh())}>
          <Icon name="plus" />
          New reply
        </button>
      </div>
      <p class="muted">Type a slash and the short name in a reply to use one. You can change the text before you send it.</p>
      <Failure text={problem.value || saved.problem.value} />
      {list.length === 0 && !saved.problem.value && <p class="card">There are no saved replies yet. Save what you write again and again.</p>}
      <ul role="list" class="stack">
        {list.map((reply) => (
          <li key={reply.id} class="card stack">
            <div class="row">
              <h2 class="mono">/{reply.short}</h2>
              <span class="badge">{reply.language === "es" ? "Spanish" : "English"}</span>
              <span class="badge">{reply.own ? "Only you" : reply.team ? teamName(reply.team) : "Everybody"}</span>
              {reply.may_change && (
                <span class="row push">
                  <button class="button" type="button" onClick={() => (editing.value = reply)}>
                    Change<span class="sr"> /{reply.short}</span>
                  </button>
                  {removing.value === reply.id ? (
                    <>
                      <button class="button danger" type="button" onClick={() => void remove(reply)}>
                        Delete for good
                      </button>
                      <button class="button" type="button" onClick={() => (removing.value = "")}>
                        Keep it
                      </button>
                    </>
                  ) : (
                    <button class="button quiet" type="button" onClick={() => (removing.value = reply.id)}>
                      Delete<span class="sr"> /{reply.short}</span>
                    </button>
                  )}
                </span>
              )}
            </div>
            <p class="plain" lang={reply.language}>
              {reply.text}
            </p>
          </li>
        ))}
      </ul>
      {editing.value && <ReplyForm key={editing.value.id} reply={editing.value} saved={saved} staff={staff} leave={() => (editing.value = undefined)} />}
    </main>
  );
}
