// Ctrl-C while a step runs: once pauses after it, twice lets go at once; either way the run can be taken up again.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { lamps } from "../kit/lamp.ts";
import { rescue } from "../kit/rescue.ts";
import { CTRL_C, terminal } from "../kit/terminal.ts";
import { until } from "../kit/wb.ts";
import { needs } from "../live/needs.ts";

const AUTO = "services: { lamps: { automation: auto } }\n";
const SLOW = ["run", "SOP-02", "--env", "test", "--execute", "--by", "ana"];

test("Ctrl-C pauses after the step that is running; the run is resumed and nothing is done twice", async (t) => {
  if (!needs(t, "script")) return;
  const { book, at, log, json } = lamps(t, "", {}, AUTO);
  const screen = terminal(t, book, ...SLOW);
  await until("the step runs", 60, () => log().includes("begin"));
  screen.keys(CTRL_C);
  await screen.sees(/it pauses after the step that is running/);
  writeFileSync(at(1, "go"), "");
  assert.equal(await screen.code, 130, screen.screen());
  assert.deepEqual(log(), ["begin"]);
  assert.equal((await json("runs", "show", "last")).json.state, "paused");
  const { code, json: ended } = await json("runs", "resume", "last");
  assert.equal(code, 0);
  assert.equal(ended.state, "done");
  assert.deepEqual(log(), ["begin", "end"]);
});

test("Ctrl-C twice lets go at once; the step goes on by its receipt, and whoever resumes finds how it ended", async (t) => {
  if (!needs(t, "script")) return;
  const { book, at, log, json } = lamps(t, "", {}, AUTO);
  const screen = terminal(t, book, ...SLOW);
  await until("the step runs", 60, () => log().includes("begin"));
  screen.keys(CTRL_C);
  await screen.sees(/Once more lets go of it at once/);
  screen.keys(CTRL_C);
  // It ends although the step never would.
  assert.equal(await screen.code, 130, screen.screen());
  assert.deepEqual(log(), ["begin"]);
  writeFileSync(at(1, "go"), "");
  const { code, json: ended } = await json("runs", "resume", "last");
  assert.equal(code, 0, ended);
  assert.equal(ended.verdict, "pass");
  assert.deepEqual(log(), ["begin", "end"]);
});

test("a target that nobody listens at ends the run with exit 4, and says so", async (t) => {
  // A port that was free a moment ago, and that nobody listens at.
  const listener = createServer().listen(0, "127.0.0.1");
  await until("a port", 10, () => listener.listening);
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  const { json, wb } = rescue(t, port);
  const { code, json: ended } = await json("run", "SOP-11", "--env", "far", "--execute", "--by", "ana");
  assert.equal(code, 4);
  assert.equal(ended.state, "failed");
  assert.equal(ended.verdict, "fail");
  assert.match(ended.reasons.join("\n"), /hello on far-1: The target cannot be reached/);
  const shown = await wb("evidence", "verify", ended.evidence);
  assert.equal(shown.code, 3);
});
