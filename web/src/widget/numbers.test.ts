import assert from "node:assert/strict";
import { test } from "node:test";
import { findNumbers, without } from "./numbers";

const cases: [string, string][] = [
  ["My number is IOE0912345678", "receipt"],
  ["ioe 0912345678 please", "receipt"],
  ["IOE-09-123-45678", "receipt"],
  ["IOE091234567O", "receipt"],
  ["my a number is A123456789", "anumber"],
  ["A# 012-345-678", "anumber"],
  ["alien number: 12345678", "anumber"],
  ["ssn 123-45-6789.", "ssn"],
  ["123 45 6789", "ssn"],
  ["123456789", "ssn"],
  ["card 4111 1111 1111 1111 ok", "card"],
  ["4111111111111111", "card"],
  ["4111 1111 1111 1112", ""],
  ["call me at 212-555-1234", ""],
  ["the way 2125551234", ""],
  ["1-800-375-5283", ""],
  ["I filed the I-485 on 03/04/2024", ""],
  ["20001-1234", ""],
  ["How much is 1,140 dollars?", ""],
];

for (const [text, kind] of cases) {
  test(`${text} holds ${kind || "nothing"}`, () => assert.equal(findNumbers(text).map((f) => f.kind).join(), kind));
}

test("only the numbers are taken out", () => {
  const text = "My SSN is 123-45-6789 and my receipt IOE0912345678.";
  assert.equal(without(text, findNumbers(text), "[x]"), "My SSN is [x] and my receipt [x].");
});
