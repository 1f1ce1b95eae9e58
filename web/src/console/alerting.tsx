import { useSignal } from "@preact/signals";
import { Dialog } from "../staff/dialog";
import type { Alerts } from "./alerts";

// Alerting is where an agent says how they want to be told of new chats.
export function Alerting({ alerts, leave }: { alerts: Alerts; leave: () => void }) {
  const settings = alerts.settings.value;
  const permission = useSignal<string>("Notification" in window ? Notification.permission : "denied");
  async function ask(on: boolean) {
    alerts.set({ notify: on });
    if (on && permission.value === "default") permission.value = await Notification.requestPermission();
  }
  return (
    <Dialog labelledby="alerts-h" leave={leave}>
      <h2 id="alerts-h">Alerts</h2>
      <p class="fine">The number in the tab and the dot on its icon are always there. The chat that you look at never rings.</p>
      <div class="stack">
        <label class="check">
          <input type="checkbox" checked={settings.notify && permission.value === "granted"} disabled={permission.value === "denied"} onChange={(e) => void ask(e.currentTarget.checked)} />
          Notifications on this computer
        </label>
        {permission.value === "denied" && <p class="fine">This browser does not let the desk show notifications. Allow them in its settings for this site.</p>}
        <label class="check">
          <input type="checkbox" checked={settings.sound} onChange={(e) => alerts.set({ sound: e.currentTarget.checked })} />
          Sound
        </label>
        <div class="row">
          <label for="volume">How loud</label>
          <input id="volume" type="range" min="1" max="10" value={settings.volume} disabled={!settings.sound} onInput={(e) => alerts.set({ volume: Number(e.currentTarget.value) })} />
          <button class="button" type="button" onClick={() => alerts.test()}>
            Test the sound
          </button>
        </div>
        <label class="check">
          <input type="checkbox" checked={settings.quiet} onChange={(e) => alerts.set({ quiet: e.currentTarget.checked })} />
          No sound for new chats while I look at the desk
        </label>
      </div>
      <p class="fine">A wait that becomes late rings twice as long and stays on the screen until you press it.</p>
      <div class="row">
        <button class="button primary" type="button" onClick={leave}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
