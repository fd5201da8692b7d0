// `run --execute` at a terminal: what a person must say is asked for at once.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { lamps } from "../kit/lamp.ts";
import { CTRL_C, CTRL_D, terminal } from "../kit/terminal.ts";
import { needs } from "../live/needs.ts";

const ASSIST = "services: { lamps: { automation: assist } }\n";

test("posture assist: a key before every change, a tick, a failure answered, all at the terminal", async (t) => {
  if (!needs(t, "script")) return;
  const { book, at, log, json } = lamps(t, "", {}, ASSIST);
  writeFileSync(at(1, "dark"), "");
  const screen = terminal(t, book, "run", "SOP-03", "--env", "test", "--execute", "--by", "ana");
  await screen.sees(/\$ echo off >> log\n[^]*Let it begin\? \[y: yes, p: pause, Enter: leave it\] $/);
  assert.deepEqual(log(), []);
  screen.enter("x");
  await screen.sees(/Please answer y, p, or press Enter\. $/);
  screen.enter("y");
  await screen.sees(/To be done by a person: .* Done\? .* $/);
  assert.deepEqual(log(), ["off"]);
  screen.enter("y");
  await screen.sees(/What did you see\?.* $/);
  screen.enter("bulb in");
  await screen.sees(/\$ echo on >> log\n[^]*Let it begin\?.* $/);
  screen.enter("y");
  await screen.sees(/has failed\. \[r: retry, s: skip, u: undo, t: stop, Enter: leave it\] $/);
  screen.enter("t");
  await screen.sees(/What did you see\?.* $/);
  screen.enter();
  assert.equal(await screen.code, 3, screen.screen());
  const { json: shown } = await json("runs", "show", "last");
  assert.equal(shown.state, "failed");
  assert.deepEqual(log(), ["off", "on"]);
});

test("what was typed before its question decides nothing, and that is said: each change has an answer of its own", async (t) => {
  if (!needs(t, "script")) return;
  const { book, log } = lamps(t, "", {}, ASSIST);
  const screen = terminal(t, book, "run", "SOP-03", "--env", "test", "--execute", "--by", "ana");
  screen.keys("y\ry\ry");
  await screen.sees(/not taken as its answer\.\n[^]*Let it begin\? \[y: yes, p: pause, Enter: leave it\] $/);
  assert.deepEqual(log(), []);
  // The second line of what is pasted comes before the next question has been read.
  screen.keys("y\ry\r\r");
  await screen.sees(/not taken as its answer\.\n[^]*Done\? .* $/);
  assert.deepEqual(log(), ["off"]);
  screen.enter();
  assert.equal(await screen.code, 5, screen.screen());
  assert.deepEqual(log(), ["off"]);
});

test("a protected environment is typed by its name; anything else, or leaving, begins nothing", async (t) => {
  if (!needs(t, "script")) return;
  const { book, json, log } = lamps(t, "", {}, "services: { lamps: { automation: auto } }\n");
  const begin = ["run", "SOP-03", "--env", "prod", "--execute", "--by", "ana"];
  const wrong = terminal(t, book, ...begin);
  await wrong.sees(/prod is protected, and the plan changes it \(0 read \/ 2 write .*\)\. Type prod to begin: $/);
  wrong.enter("test");
  assert.equal(await wrong.code, 2);
  await wrong.sees(/“test” is not prod: nothing was begun/);
  const left = terminal(t, book, ...begin);
  await left.sees(/Type prod to begin: $/);
  left.keys(CTRL_C);
  assert.equal(await left.code, 130);
  assert.deepEqual((await json("runs", "list")).json.runs, []);
  const right = terminal(t, book, ...begin);
  await right.sees(/Type prod to begin: $/);
  right.enter("prod");
  await right.sees(/Done\?.* $/);
  right.keys(CTRL_D);
  assert.equal(await right.code, 5, right.screen());
  assert.match(right.screen(), /Waits for:\n.*\n +watchbook runs tick r\S+ --step \S+ --target lamp-2\n/);
  assert.deepEqual(log(2), ["off"]);
});

test("a question that another terminal answers is taken back, and the run goes on where it was begun", async (t) => {
  if (!needs(t, "script")) return;
  const { book, at, log, wb } = lamps(t);
  writeFileSync(at(1, "dark"), "");
  const screen = terminal(t, book, "run", "SOP-03", "--env", "test", "--execute", "--by", "ana");
  await screen.sees(/To be done by a person: .* Done\? .* $/);
  assert.equal((await wb("runs", "tick", "last", "--by", "ben", "--note", "bulb in")).code, 0);
  await screen.sees(/\nAnswered from another terminal\.\n[^]*has failed\. \[r: retry, .*\] $/);
  assert.deepEqual(log(), ["off", "on"]);
  screen.enter("t");
  await screen.sees(/What did you see\?.* $/);
  assert.equal((await wb("runs", "answer", "last", "--choice", "skip", "--by", "ben")).code, 0);
  assert.equal(await screen.code, 3, screen.screen());
  assert.match(screen.screen(), /Ended: done/);
});
