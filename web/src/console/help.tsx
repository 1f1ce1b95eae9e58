import { Dialog } from "../staff/dialog";
import type { Command } from "./command";
import type { SingleKeys } from "./keys";

const chords: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Search and commands"],
  ["Ctrl \u21b5", "Send what is in the field"],
  ["/", "In a reply: saved replies"],
  ["Esc", "Leave the field or the dialog"],
];

export function Help({ keys, commands, leave }: { keys: SingleKeys; commands: readonly Command[]; leave: () => void }) {
  const on = keys.on.value;
  return (
    <Dialog labelledby="keys-h" leave={leave}>
      <h2 id="keys-h">Keys</h2>
      <table class="keys">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Does</th>
          </tr>
        </thead>
        <tbody>
          {commands
            .filter((c) => c.key)
            .map((c) => (
              <tr key={c.key} class={on ? undefined : "muted"}>
                <td>
                  <kbd>{c.key?.toUpperCase()}</kbd>
                </td>
                <td>
                  {c.words}
                  {!on && " (off)"}
                </td>
              </tr>
            ))}
          {chords.map(([key, does]) => (
            <tr key={key}>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input type="checkbox" checked={on} onChange={(e) => keys.set(e.currentTarget.checked)} />
        Single keys work outside of fields
      </label>
      <div class="row">
        <button class="button primary" type="button" onClick={leave}>
          Close the list
        </button>
      </div>
    </Dialog>
  );
}
