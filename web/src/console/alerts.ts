import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Shelf } from "../shared/shelf";
import { Watch, type Alarm, type Scene } from "./alarm";
import type { Limits } from "./waiting";

// How an agent wants to be told. Kept on this device, under the agent's name.
export interface Settings {
  readonly notify: boolean;
  readonly sound: boolean;
  readonly volume: number; // 1 to 10
  readonly quiet: boolean; // no sound for new chats while the desk is before their eyes
}

const usual: Settings = { notify: true, sound: true, volume: 6, quiet: true };

// What rings: the page gives it, a test has its own.
export interface Bell {
  looking(): boolean; // the page is before somebody's eyes
  ring(volume: number, pressing: boolean): void;
  notify(alarm: Alarm, pressing: boolean): void;
  dot(on: boolean): void; // on the page's icon
}

// Alerts tells of new chats, new words and waits that become pressing.
export class Alerts {
  readonly settings = signal<Settings>(usual);
  private readonly watch: Watch;
  private end: () => void = () => {};

  constructor(private readonly shelf: Shelf, private readonly bell: Bell, limits: Limits) {
    this.watch = new Watch(limits);
    this.settings.value = { ...usual, ...shelf.json<Partial<Settings>>("alerts") };
  }

  set(change: Partial<Settings>): void {
    this.settings.value = { ...this.settings.peek(), ...change };
    this.shelf.putJSON("alerts", this.settings.peek());
  }

  // start follows the scene until stop. loaded is false until there is a first one.
  start(scene: ReadonlySignal<Scene>, now: ReadonlySignal<number>, open: ReadonlySignal<string>, loaded: ReadonlySignal<boolean>): void {
    this.end = effect(() => {
      const [is, at] = [scene.value, now.value];
      if (!loaded.value) return;
      const looking = this.bell.looking();
      const unread = is.mine.some((row) => row.unread > 0 && !(looking && row.conversation === open.peek()));
      this.bell.dot(unread || is.waiting.length > 0);
      this.tell(this.watch.look(is, at, looking ? open.peek() : ""), looking);
    });
  }

  stop(): void {
    this.end();
    this.bell.dot(false);
  }

  test(): void {
    this.bell.ring(this.settings.peek().volume, false);
  }

  private tell(alarms: readonly Alarm[], looking: boolean): void {
    const { notify, sound, volume, quiet } = this.settings.peek();
    const pressing = alarms.some((a) => a.kind === "late");
    const loud = alarms.filter((a) => a.kind !== "new" || !(quiet && looking));
    if (sound && loud.length > 0) this.bell.ring(volume, pressing);
    if (!notify || looking) return;
    for (const alarm of alarms.slice(0, 5)) this.bell.notify(alarm, alarm.kind === "late");
  }
}
