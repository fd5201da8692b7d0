// Waiting until a check is green.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { patient } from "./kit/patient.ts";
import { done, place, said } from "./suites/step-context.ts";

test("it waits until the check is green within its time, and gives what was measured", async (t) => {
  const here = await place(t);
  const path = join(here.root, "ready");
  const clock = patient((count) => {
    if (count === 3) writeFileSync(path, "12");
  });
  const params = { check: "file", with: { path }, within: "60s", every: 2 };
  assert.equal(said(await done("check", params, here.context({ clock }))), "ok");
  assert.equal(clock.slept, 3);
  const value = { check: "command", with: { argv: ["cat", path], value: { regex: "(\\d+)", unit: "count" } } };
  const end = await done("check", { ...value, bands: { bad: "above", critical: 20 } }, here.context());
  assert.deepEqual([said(end), end.outputs], ["ok", { VALUE: "12" }]);
});

test("red at the end of its time fails with what was seen; asked once where no time is given", async (t) => {
  const here = await place(t);
  const clock = patient();
  const params = { check: "file", with: { path: join(here.root, "none") } };
  const end = await done("check", { ...params, within: 10, every: 2 }, here.context({ clock }));
  assert.equal(said(end), "failed check-not-green");
  assert.equal(end.args?.["why"], "file-absent");
  assert.equal(clock.slept, 5);
  const once = patient();
  await done("check", params, here.context({ clock: once }));
  assert.equal(once.slept, 0);
});

test("unknown is not green: no program, no limits, no such kind, wrong params, no answer in time", async (t) => {
  const here = await place(t);
  const say = async (params: object) => said(await done("check", params, here.context()));
  assert.equal(await say({ check: "command", with: { argv: ["no-such-program"] } }), "failed check-unjudged");
  const value = { argv: ["echo", "5"], value: { regex: "(\\d+)", unit: "count" } };
  assert.equal(await say({ check: "command", with: value }), "failed check-unjudged");
  assert.equal(await say({ check: "command", with: { argv: ["sleep", "30"] }, probe: 0.2 }), "failed check-unjudged");
  assert.equal(await say({ check: "nothing" }), "failed check-unknown");
  assert.equal(await say({ check: "file", with: { pth: "/" } }), "failed check-params");
});

test("a warning is green only where that is said", async (t) => {
  const here = await place(t);
  const value = { argv: ["echo", "15"], value: { regex: "(\\d+)", unit: "count" } };
  const params = { check: "command", with: value, bands: { bad: "above", warn: 10, critical: 20 } };
  const end = await done("check", params, here.context());
  assert.deepEqual([said(end), end.args?.["outcome"]], ["failed check-not-green", "warn"]);
  assert.equal(said(await done("check", { ...params, warn: true }, here.context())), "ok");
});
