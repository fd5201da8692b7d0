import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { contextOf, folder, here, measure, said } from "./suites/check-context.ts";
import { until } from "./suites/child.ts";

async function run(t: TestContext, argv: readonly string[], params: object = {}): Promise<string> {
  const got = await measure("command", { argv, ...params }, contextOf(await here(t)));
  return got.kind === "value" ? `${got.value} ${got.unit}` : said(got);
}

test("command: exit code and output are judged, each with its own words [S-026]", async (t) => {
  const print = ["printf", "status: healthy\npeers: 12\n"];
  assert.equal(await run(t, print), "pass command-right");
  assert.equal(await run(t, print, { matches: "status: healthy" }), "pass command-right");
  assert.equal(await run(t, print, { matches: "status: sick" }), "fail command-output-lacks");
  assert.equal(await run(t, print, { excludes: "healthy" }), "fail command-output-has");
  assert.equal(await run(t, ["false"]), "fail command-exit");
  assert.equal(await run(t, ["false"], { exit: [0, 1] }), "pass command-right");
  assert.equal(await run(t, ["false"], { unknown: [1, 125] }), "unknown unreachable");
  assert.equal(await run(t, ["sh", "-c", "kill -9 $$"]), "fail command-killed");
});

test("command: a number of the output is judged by the limits", async (t) => {
  const json = ["printf", '{"peers":{"count":12}}'];
  assert.equal(await run(t, json, { value: { json: ".peers.count", unit: "count" } }), "12 count");
  assert.equal(await run(t, ["printf", "a\n\nb\nc"], { value: { lines: true, unit: "count" } }), "3 count");
  assert.equal(await run(t, ["printf", "load 1,234.5 now"], { value: { regex: "load ([0-9.,]+)" } }), "1234.5 none");
  assert.equal(
    await run(t, ["printf", "p99=230ms"], { value: { regex: "p99=(\\d+)ms", unit: "seconds", scale: 0.001 } }),
    "0.23 seconds",
  );
  for (const text of ["nothing", "NaN", "", "12 34"])
    assert.equal(await run(t, ["printf", "%s", text], { value: { regex: "^(.*)$" } }), "unknown unparsable", text);
  assert.equal(await run(t, ["printf", "{"], { value: { json: "/a" } }), "unknown unparsable");
});

test("command: not there, not allowed, not ending and too much are unknown, never green", async (t) => {
  const directory = folder(t);
  writeFileSync(join(directory, "plain"), "#!/bin/sh\n", { mode: 0o644 });
  assert.equal(await run(t, ["no-such-program-here"]), "unknown command-missing");
  assert.equal(await run(t, [join(directory, "plain")]), "unknown no-permission");
  assert.equal(await run(t, ["sh", "-c", "no-such-program-here"]), "unknown command-missing");
  assert.equal(await run(t, ["sh", "-c", join(directory, "plain")]), "unknown no-permission");
  assert.equal(await run(t, ["sh", "-c", "exit 127"], { exit: 127 }), "pass command-right");
  assert.equal(await run(t, ["head", "-c", "3000000", "/dev/zero"], { matches: "x" }), "unknown too-large");
  const stop = new AbortController();
  const context = contextOf(await here(t), { signal: stop.signal });
  const marker = join(directory, "began");
  const running = measure("command", { argv: ["sh", "-c", 'echo > "$0"; exec sleep 300', marker] }, context);
  await until("begun", () =>
    context.reach.stat(marker).then(
      () => true,
      () => false,
    ),
  );
  stop.abort(new DOMException("limit", "TimeoutError"));
  assert.equal(said(await running), "unknown timeout");
});

test("command: hanging beyond the time the book gives it is a failure [S-026]", async (t) => {
  assert.equal(await run(t, ["sleep", "300"], { within: "200ms" }), "fail command-slow");
});

test("command: arguments meet no shell", async (t) => {
  assert.equal(await run(t, ["printf", "%s", "$(id); `id`"], { matches: "^\\$\\(id\\); `id`$" }), "pass command-right");
});
