import assert from "node:assert/strict";
import { test } from "node:test";
import { isNarrowed, nothingNarrowed, readPlace, writePlace } from "./place";

const id = "0190c0de-0000-7000-8000-0000000000aa";
const read = (address: string) => {
  const url = new URL(address, "https://x.test");
  return readPlace(url.pathname.split("/").filter(Boolean).slice(1), url.searchParams);
};

test("an address names a place and a place its address", () => {
  for (const address of [
    "/console",
    `/console/c/${id}`,
    `/console/c/${id}/details?list=all&text=card&state=closed&team=general`,
    `/console/c/${id}?case=1482739060`,
    `/console/c/${id}?silent=1&show=supervise`,
    "/console?list=messages&show=palette",
    "/console/replies",
    "/console/board",
    "/console/reports",
  ]) {
    assert.equal(writePlace(read(address)), address);
  }
});

test("what is not known is the lists", () => {
  for (const address of ["/console/x", "/console/c/1", "/console/c/<script>", "/console?show=x&list=x&case=12"]) assert.equal(writePlace(read(address)), "/console");
});

test("a list is narrowed by anything but its name", () => {
  assert.equal(isNarrowed({ ...nothingNarrowed, list: "all" }), false);
  assert.equal(isNarrowed({ ...nothingNarrowed, text: "card" }), true);
});
