import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Socket } from "../shared/connection";
import { makeShelf } from "../shared/shelf";
import { Desk } from "./desk";

const examples = "testdata/protocol/";
const example = (name: string) => readFileSync(`${examples}${name}.json`, "utf8").trim();

// stage is a desk with a socket and a clock in the test's hands.
function stage() {
  let at = 1_000_000;
  const due: { at: number; run: () => void }[] = [];
  const sent: string[] = [];
  const socket: Socket = { onopen: null, onmessage: null, onclose: null, send: (text) => void sent.push(text), close() {} };
  const clock = {
    now: () => at,
    after(ms: number, run: () => void) {
      const timer = { at: at + ms, run };
      due.push(timer);
      return () => {
        if (due.includes(timer)) due.splice(due.indexOf(timer), 1);
      };
    },
  };
  const staff = { id: "dana", name: "Dana R.", role: "agent", teams: [] };
  const desk = new Desk(staff, makeShelf(undefined, ""), { dial: () => socket, clock, random: () => 0, newID: () => crypto.randomUUID() }, () => {});
  const hear = (text: string) => socket.onmessage?.({ data: text });
  desk.start();
  socket.onopen?.({});
  return {
    desk,
    hear,
    welcome: () => hear(example("server-staff-welcome")),
    // said takes out what was sent, without the signs of life of the connection.
    said: () => sent.splice(0).filter((text) => text !== example("staff-ping")),
    pass(ms: number) {
      for (const end = at + ms; ; ) {
        const next = due.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        at = next ? next.at : end;
        if (!next) return;
        due.splice(due.indexOf(next), 1);
        next.run();
        hear(example("server-pong"));
      }
    },
  };
}

test("a person who is there is told of once a minute, and the last sign at the latest then", () => {
  const { desk, welcome, said, pass } = stage();
  assert.deepEqual(said(), [example("staff-hello")]);
  desk.touch();
  assert.deepEqual(said(), [], "before the server says that it wants to hear it");
  welcome();
  desk.touch();
  assert.deepEqual(said(), [example("staff-active")]);
  for (let i = 0; i < 100; i++) {
    desk.touch();
    pass(500);
  }
  assert.deepEqual(said(), [], "50 seconds later");
  pass(10_000);
  assert.deepEqual(said(), [example("staff-active")], "a minute later");
  pass(600_000);
  assert.deepEqual(said(), [], "nobody touched anything");
});

test("who works need not say that they are there", () => {
  const { desk, welcome, said, pass } = stage();
  welcome();
  said();
  for (let i = 0; i < 30; i++) {
    desk.touch();
    desk.typing("0190c0de-0000-7000-8000-0000000000aa");
    pass(5000);
  }
  const frames = said();
  assert.equal(frames.length, 31);
  assert.equal(frames.filter((f) => f === example("staff-active")).length, 1, "before the first command only");
});

test("whoever was set away is told why, and is back with one command", () => {
  const { desk, welcome, hear, said } = stage();
  welcome();
  said();
  hear(example("server-desk-idle"));
  assert.equal(desk.absence.value, "idle");
  assert.equal(desk.status.value, "away");
  desk.setStatus("available");
  assert.equal(desk.absence.value, undefined);
  assert.deepEqual(said(), [`{"type":"status","status":"available"}`]);
});

test("every frame of the server is understood", () => {
  const { hear, welcome } = stage();
  welcome();
  for (const file of readdirSync(examples).filter((name) => name.startsWith("server-"))) hear(readFileSync(examples + file, "utf8"));
});
