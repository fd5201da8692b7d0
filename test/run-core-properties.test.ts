// Runs by chance: any plan, any outcome, any person, a crash anywhere. What must hold is told by kit/run-oracle.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { advance } from "../src/engine/run/core/advance.ts";
import type { Plan } from "../src/model/plan.ts";
import { isEnded } from "../src/model/run.ts";
import { planOf } from "./kit/plan.ts";
import { Drive } from "./kit/run-drive.ts";
import { Oracle } from "./kit/run-oracle.ts";
import { anyPlan } from "./kit/run-plans.ts";
import type { Play } from "./kit/run-play.ts";
import { FATES } from "./kit/run-world.ts";

const choices = fc.array(fc.nat(10_000), { maxLength: 250, size: "max" });
const RUNS = Number(process.env["WATCHBOOK_PROPERTY_RUNS"] ?? 1_500);

function drive(plan: Plan, tape: readonly number[], receipts: boolean): Play {
  const oracle = new Oracle(plan);
  return new Drive(plan, tape, { receipts, watch: oracle.watch }).run().play;
}

for (const receipts of [true, false])
  test(`any run ends; nothing is lost, repeated, or begun that may not be; ${receipts ? "with" : "without"} receipts`, () => {
    fc.assert(
      fc.property(anyPlan, choices, (plan, tape) => {
        const { view, waits } = drive(plan, tape, receipts);
        assert.ok(isEnded(view.state));
        assert.deepEqual(waits, []);
      }),
      { numRuns: RUNS },
    );
  });

test("a journal folded from the beginning gives the same view and the same commands", () => {
  const same = fc.property(anyPlan, choices, (plan, tape) => {
    let turn = 0;
    const oracle = new Oracle(plan);
    const watch: typeof oracle.watch = (play, entry, world) => {
      oracle.watch(play, entry, world);
      turn += 1;
      if (turn % 7 !== 0 && entry.type !== "run.ended") return;
      assert.equal(JSON.stringify(play.replayed()), JSON.stringify(play.view));
      assert.deepEqual(advance(plan, play.journal, play.now), play.next());
    };
    new Drive(plan, tape, { receipts: true, watch }).run();
  });
  fc.assert(same, { numRuns: RUNS / 5 });
});

/** A plan with every sort of step that a crash can meet. */
const everySort = (): Plan =>
  planOf({
    steps: [
      "look",
      { id: "stop", risk: "destructive", undo: "start", verify: "stopped" },
      { id: "copy", idempotent: true },
      { id: "switch", scope: "run", verify: "switched", declares: true },
      { id: "settle", kind: "wait", params: { ms: 1_000 }, risk: "read" },
      { id: "report", kind: "manual", scope: "run" },
    ],
    others: [{ id: "start" }, { id: "stopped", risk: "read" }, { id: "switched", risk: "read" }],
    targets: ["a", "b"],
    batches: [["a"], ["b"]],
  });

for (const receipts of [true, false])
  test(`a crash at every point, whatever had happened by then, ${receipts ? "with" : "without"} receipts: all is done once`, () => {
    const plan = everySort();
    const whole = new Drive(plan, [], { receipts, watch: () => undefined }).run().play.journal.length;
    for (let after = 2; after < whole; after++)
      for (const fate of FATES) {
        const oracle = new Oracle(plan);
        const { view } = new Drive(plan, [], { receipts, watch: oracle.watch, crash: { after, fate } }).run().play;
        assert.equal(view.epoch, 2);
        if (fate !== "failed" || !receipts) assert.equal(view.state, "done", `crash after ${after}, ${fate}`);
      }
    assert.ok(whole > 30, `${whole} entries`);
  });
