// What is said of a run that has ended: the cause before what it left behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonLines } from "../src/api/view/run.ts";
import type { RunShown } from "../src/engine/run/control/shown.ts";

test("why a run failed comes before what of it could not be undone, in the order of its steps", () => {
  const reason = (code: string, step: string) => ({ code, args: { step, target: "web-1" } });
  const reasons = [reason("no-undo", "install"), reason("step-failed", "start"), reason("left", "keep")];
  const tasks = [{ step: "start", target: "web-1", end: { ending: "failed" } }];
  const run = { record: { state: "undone" }, verdict: { verdict: "fail", reasons }, view: { tasks } };
  const lines = reasonLines(run as unknown as RunShown, "en");
  assert.deepEqual(
    lines.map((line) => ["start", "install", "keep"].find((step) => line.includes(step))),
    ["start", "install", "keep"],
  );
});
