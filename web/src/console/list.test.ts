import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../shared/protocol";
import { afterClosing, narrow, neighbour } from "./list";
import { nothingNarrowed } from "./place";

const row = (conversation: string, change: Partial<Row> = {}): Row => ({
  conversation,
  state: "waiting",
  team: "general",
  tier: 1,
  language: "en",
  reason: "wants_person",
  title: "My card",
  page: "",
  waiting_since: 1,
  seq: 1,
  unread: 0,
  ...change,
});

test("lists are narrowed without regard to case and accents", () => {
  const rows = [row("a", { title: "Cambio de DIRECCI\u00d3N", language: "es" }), row("b", { tier: 2 })];
  const ids = (change: object) => narrow(rows, { ...nothingNarrowed, ...change }).map((r) => r.conversation);
  assert.deepEqual(ids({}), ["a", "b"]);
  assert.deepEqual(ids({ text: "direccion" }), ["a"]);
  assert.deepEqual(ids({ tier: "2" }), ["b"]);
  assert.deepEqual(ids({ language: "es", text: "card" }), []);
});

test("one steps through the lists and stops at the ends", () => {
  assert.equal(neighbour(["a", "b"], "", 1), "a");
  assert.equal(neighbour(["a", "b"], "", -1), "b");
  assert.equal(neighbour(["a", "b"], "a", 1), "b");
  assert.equal(neighbour(["a", "b"], "b", 1), undefined);
});

test("after closing the next is who wrote, then one's own, then who waits", () => {
  const mine = [row("closed"), row("quiet"), row("wrote", { unread: 2 })];
  assert.equal(afterClosing(mine, [row("w")], "closed"), "wrote");
  assert.equal(afterClosing(mine.slice(0, 2), [row("w")], "closed"), "quiet");
  assert.equal(afterClosing([row("closed")], [row("w")], "closed"), "w");
  assert.equal(afterClosing([], [], "closed"), undefined);
});
