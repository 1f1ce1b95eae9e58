import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLists, diffWords } from "./diff";

const shown = (before: string, after: string) =>
  diffWords(before, after)
    .map((p) => (p.kind === "same" ? p.text : `[${p.kind === "added" ? "+" : "-"}${p.text}]`))
    .join("");

test("words that were added and removed are marked", () => {
  assert.equal(shown("You can go.", "You can go."), "You can go.");
  assert.equal(shown("You can go.", "You can now go."), "You can [+now ]go.");
  assert.equal(shown("within ten days of your move", "within ten days of moving"), "within ten days of [-your move][+moving]");
  assert.equal(shown("", "new"), "[+new]");
  assert.equal(shown("old", ""), "[-old]");
});

test("the pieces give both texts again", () => {
  const words = ["a", "b", "c", "d", "\n", "\u00e9"];
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 300; round++) {
    const make = () => Array.from({ length: random(12) }, () => words[random(words.length)]).join(" ");
    const [before, after] = [make(), make()];
    const pieces = diffWords(before, after);
    const join = (kind: string) => pieces.filter((p) => p.kind !== kind).map((p) => p.text).join("");
    assert.equal(join("added"), before);
    assert.equal(join("removed"), after);
  }
});

test("a text that is too long is replaced whole", () => {
  const before = Array.from({ length: 3000 }, (_, i) => `a${i}`).join(" ");
  const after = Array.from({ length: 3000 }, (_, i) => `b${i}`).join(" ");
  assert.deepEqual(diffWords(before, after).map((p) => p.kind).slice(0, 2), ["removed", "added"]);
});

test("texts with hardly a word in common are not broken up", () => {
  assert.equal(shown("Renew it with the form in time, on paper or online.", "Nothing of this, in full."), "[-Renew it with the form in time, on paper or online.][+Nothing of this, in full.]");
});

test("lists name what came and went", () => {
  assert.deepEqual(diffLists(["a", "b"], ["b", "c"]), [
    { kind: "removed", text: "a" },
    { kind: "added", text: "c" },
  ]);
});
