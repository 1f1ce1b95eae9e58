import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, slash, type Saved } from "./saved";

const reply = (short: string, language: "en" | "es", text = "x"): Saved => ({ id: short + language, short, language, text, team: "", own: true, may_change: true, saved_by: "", saved_at: 0 });

test("a slash counts at the start and after a space", () => {
  assert.deepEqual(slash("/he", 3), { from: 0, word: "he" });
  assert.deepEqual(slash("Hi /", 4), { from: 3, word: "" });
  assert.equal(slash("and/or", 6), undefined);
  assert.equal(slash("http://x", 8), undefined);
  assert.equal(slash("/he is", 6), undefined);
});

test("names that begin with the word come first, in the language of the chat", () => {
  const all = [reply("ohello", "en"), reply("hello", "en"), reply("hello", "es"), reply("other", "es", "say hello")];
  assert.deepEqual(
    matching(all, "hel", "es").map((r) => r.id),
    ["helloes", "helloen", "otheres", "ohelloen"],
  );
});
