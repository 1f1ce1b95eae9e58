import type { Row } from "../shared/protocol";
import type { Saved, SavedReplies } from "./saved";

interface Props {
  id: string;
  saved: SavedReplies;
  found: readonly Saved[];
  at: number; // the marked one
  row: Row | undefined;
  agent: string;
  pick: (reply: Saved) => void;
}

// Picker is the list of saved replies above the field while "/" is being typed.
export function Picker({ id, saved, found, at, row, agent, pick }: Props) {
  const problem = saved.problem.value;
  return (
    <div class="picker">
      {found.length > 0 ? (
        <ul role="listbox" id={id} aria-label="Saved replies">
          {found.map((reply, i) => (
            <li
              key={reply.id}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(reply);
              }}
            >
              <strong>/{reply.short}</strong>
              <span class="badge">{reply.language.toUpperCase()}</span>
              <span class="fine" lang={reply.language}>
                {saved.filled(reply, row, agent)}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="fine">{problem || (saved.list.value.length > 0 ? "No saved reply has this name." : "There are no saved replies yet.")}</p>
      )}
      <p class="fine row">
        <span class="by-keys">
          <kbd>{"\u2191"}</kbd> <kbd>{"\u2193"}</kbd> choose, <kbd>{"\u21b5"}</kbd> insert
        </span>
        <a class="push" href="/console/replies">
          All saved replies
        </a>
      </p>
    </div>
  );
}
