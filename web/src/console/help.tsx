import { Dialog } from "../staff/dialog";
import { shortcuts, type SingleKeys } from "./keys";

export function Help({ keys, leave }: { keys: SingleKeys; leave: () => void }) {
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
          {shortcuts.map((s) => (
            <tr key={s.keys} class={s.single && !keys.on.value ? "muted" : undefined}>
              <td>
                <kbd>{s.keys}</kbd>
              </td>
              <td>
                {s.does}
                {s.single && !keys.on.value && " (off)"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input type="checkbox" checked={keys.on.value} onChange={(e) => keys.set(e.currentTarget.checked)} />
        Single letters work outside of fields
      </label>
      <div class="row">
        <button class="button primary" type="button" onClick={leave}>
          Close the list
        </button>
      </div>
    </Dialog>
  );
}
