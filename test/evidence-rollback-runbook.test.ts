// A runbook that rolls back: all of its work is the roll-back, and is held to the limit, whatever its targets are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeLimits } from "../src/evidence/limits/index.ts";
import { bound, goodRun, inputOfRun } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";

const plan = bound({ steps: ["drain", { id: "restart", verify: "up" }], others: [{ id: "up", risk: "read" }] });
const envOf = (run: ReturnType<typeof play>, kind: "rollback" | "restart" = "rollback"): ReadonlyMap<string, string> =>
  new Map(inputOfRun(run, { kind }).env);

test("a roll-back that was executed and went well says how long it took; others say nothing [C-031]", () => {
  const env = envOf(goodRun(plan, 1_500));
  assert.deepEqual([env.get("WORK_SECONDS"), env.get("ROLLBACK_SECONDS")], ["4.500", "4.500"]);
  for (const [max, verdict] of [
    [4.5, "pass"],
    [4.499, "fail"],
  ] as const)
    assert.equal(judgeLimits(env, { maxRollbackSeconds: max }).verdict, verdict);
  assert.equal(envOf(goodRun(plan), "restart").get("ROLLBACK_SECONDS"), undefined);
  assert.equal(envOf(goodRun(bound({ ...plan, rehearsal: true }))).get("ROLLBACK_SECONDS"), undefined);
  const failed = play(plan);
  failed.go();
  failed.end("drain@a", { ending: "failed" });
  assert.equal(envOf(failed).get("ROLLBACK_SECONDS"), undefined);
});

test("seconds of a wall clock demonstrate no limit, under our own keys neither", () => {
  const env = new Map([...envOf(goodRun(plan, 1_500)), ["CLOCK_SOURCE", "wall"]]);
  const judged = judgeLimits(env, { maxRollbackSeconds: 180 });
  assert.deepEqual([judged.verdict, judged.reasons.map(({ code }) => code)], ["inconclusive", ["coarse-clock"]]);
  assert.equal(judgeLimits(env, {}).verdict, "pass", "nothing was asked");
  const events = new Map([...env, ["RPO_EVENTS", "0"]]);
  assert.equal(judgeLimits(events, { maxRpoEvents: 0 }).verdict, "pass", "a count needs no clock");
});
