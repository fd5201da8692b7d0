// A run that broke off because its fault had no effect shows nothing; one that broke off for anything else has failed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf } from "../src/engine/run/core/verdict.ts";
import { recorder, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bound, recordRun } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";

const drilled = (onFail: "stop" | "undo") =>
  play(
    bound({
      steps: [
        "look",
        { id: "fault_injection", kind: "fault", until: "switch", undo: "heal", onFail },
        { id: "switch" },
      ],
      others: [{ id: "heal" }],
    }),
  );

for (const onFail of ["stop", "undo"] as const)
  test(`a fault without effect, ${onFail}: inconclusive for whoever runs it and for whoever verifies it`, async (t) => {
    const run = drilled(onFail);
    run.go();
    run.end("look@a");
    run.end("fault_injection@a", { ending: "failed", reason: "fault-did-not-bite" });
    for (let open = run.view.tasks.find((task) => task.open); open; open = run.view.tasks.find((task) => task.open))
      run.end(`${open.step}@${open.target}`);
    assert.ok(run.view.ended, run.view.state);
    assert.equal(verdictOf(run.view, run.plan).verdict, "inconclusive");
    const to = recorder(folder(t));
    assert.equal(verify(to, await recordRun(to, run)).verdict, "inconclusive");
  });

test("a fault that bit and a step that failed: fail", async (t) => {
  const run = drilled("stop");
  run.go();
  run.end("look@a");
  run.end("fault_injection@a");
  run.end("switch@a", { ending: "failed", reason: "exit-code" });
  for (let open = run.view.tasks.find((task) => task.open); open; open = run.view.tasks.find((task) => task.open))
    run.end(`${open.step}@${open.target}`);
  assert.equal(verdictOf(run.view, run.plan).verdict, "fail");
  const to = recorder(folder(t));
  assert.equal(verify(to, await recordRun(to, run)).verdict, "fail");
});
