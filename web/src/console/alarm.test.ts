import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../shared/protocol";
import { Watch, type Scene } from "./alarm";
import { usualLimits } from "./waiting";

const row = (conversation: string, change: Partial<Row> = {}): Row => ({ conversation, state: "waiting", team: "general", tier: 1, language: "en", reason: "", title: "secret words", page: "", waiting_since: 0, seq: 1, unread: 0, ...change });
const scene = (change: Partial<Scene>): Scene => ({ mine: [], waiting: [], offers: [], away: false, ...change });
const kinds = (watch: Watch, s: Scene, at = 0, looking = "") => watch.look(s, at, looking).map((a) => `${a.kind} ${a.conversation}`);

test("what is there at the start rings for nothing, what comes rings once", () => {
  const watch = new Watch(usualLimits);
  assert.deepEqual(kinds(watch, scene({ waiting: [row("a")] })), []);
  assert.deepEqual(kinds(watch, scene({ waiting: [row("a"), row("b")], offers: [row("b")] })), ["new b", "offer b"]);
  assert.deepEqual(kinds(watch, scene({ waiting: [row("a"), row("b")], offers: [row("b")] })), []);
});

test("whoever is set away hears it, once each time", () => {
  const watch = new Watch(usualLimits);
  watch.look(scene({}), 0, "");
  assert.deepEqual(kinds(watch, scene({ away: true })), ["away "]);
  assert.deepEqual(kinds(watch, scene({ away: true })), []);
  assert.deepEqual(kinds(watch, scene({})), []);
  assert.deepEqual(kinds(watch, scene({ away: true })), ["away "]);
});

test("a wait rings again when it is soon late and when it is late", () => {
  const watch = new Watch(usualLimits);
  const s = scene({ waiting: [row("a")] });
  watch.look(s, 0, "");
  assert.deepEqual(kinds(watch, s, usualLimits.soon), ["soon a"]);
  assert.deepEqual(kinds(watch, s, usualLimits.soon + 1), []);
  assert.deepEqual(kinds(watch, s, usualLimits.late), ["late a"]);
});

test("the chat that one looks at is silent, and no alarm tells the visitor's words", () => {
  const watch = new Watch(usualLimits);
  watch.look(scene({ mine: [row("a"), row("b")] }), 0, "a");
  const alarms = watch.look(scene({ mine: [row("a", { unread: 1 }), row("b", { unread: 1 })] }), 0, "a");
  assert.deepEqual(alarms.map((a) => a.conversation), ["b"]);
  assert.ok(alarms.every((a) => !a.text.includes("secret")));
});
