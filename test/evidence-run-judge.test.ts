// The verdict of a run, judged from its events alone, against the engine's own: any plan, any outcome, any crash.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { verdictOf } from "../src/engine/run/core/verdict.ts";
import { boundPart, planDigest, stagesOf } from "../src/evidence/run/plan.ts";
import { outcomeOf, tasksOf, type Task } from "../src/evidence/run/tasks.ts";
import { judgeRun } from "../src/evidence/run/judge.ts";
import type { Journalled } from "../src/model/journal.ts";
import { runEvents } from "../src/engine/run/evidence/events.ts";
import { clocked, factsOf, inputOfRun, unsigned } from "./kit/run-evidence.ts";
import { Drive } from "./kit/run-drive.ts";
import { anyPlan } from "./kit/run-plans.ts";
import { Play } from "./kit/run-play.ts";

const RUNS = Number(process.env["WATCHBOOK_PROPERTY_RUNS"] ?? 600);

const timed = (journal: readonly Journalled[]) =>
  clocked(journal).map(({ entry, at, mono }) => ({ entry, wall: at, mono: BigInt(mono!) }));

test("what the events give is what the engine says, and what it says of every step", () => {
  const verdicts = new Map<string, number>();
  fc.assert(
    fc.property(
      anyPlan,
      fc.array(fc.nat(10_000), { maxLength: 250, size: "max" }),
      fc.boolean(),
      (any, tape, receipts) => {
        const plan = unsigned(any);
        const { play } = new Drive(plan, tape, { receipts, watch: () => undefined }).run();
        const said = verdictOf(play.view, plan).verdict;
        const { verdict, tasks } = judgeRun(runEvents(factsOf(play)), plan.rehearsal ? "dry-run" : "execute");
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        assert.equal(verdict, said);
        assert.deepEqual(
          tasks.map((task) => [task.step.id, task.target, task.attempts]),
          play.view.tasks.map(({ step, target, attempts }) => [step, target, attempts]),
        );
      },
    ),
    { numRuns: RUNS },
  );
  assert.ok([...verdicts.keys()].length === 4, [...verdicts].join(" "));
});

test("with approvals too, every step ends for the verifier as it does for the engine", () => {
  fc.assert(
    fc.property(anyPlan, fc.array(fc.nat(10_000), { maxLength: 250, size: "max" }), (plan, tape) => {
      const { play } = new Drive(plan, tape, { receipts: true, watch: () => undefined }).run();
      const tasks = tasksOf(plan, timed(play.journal));
      const good = (task: Task): boolean => outcomeOf(task) === "pass";
      const { ended } = play.view;
      const all = tasks.every(good) && ended?.reasons.length === 0;
      if (ended?.state === "done")
        assert.equal(all, verdictOf(play.view, { ...plan, rehearsal: false }).verdict === "pass");
      for (const [index, task] of tasks.entries()) {
        const { state } = play.view.tasks[index]!;
        if (good(task)) assert.equal(state, task.step.until === undefined ? "done" : "undone", task.step.id);
      }
    }),
    { numRuns: RUNS },
  );
});

test("the digest of a plan is that of what the events carry of it; its stages are the engine's tasks", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      assert.equal(planDigest(boundPart(plan)), planDigest(plan));
      const tasks = stagesOf(plan).flatMap(({ step, targets }) => targets.map((target) => `${step.id}@${target}`));
      assert.deepEqual(
        tasks,
        new Play(plan).view.tasks.map(({ step, target }) => `${step}@${target}`),
      );
    }),
    { numRuns: 200 },
  );
});

test("the same run gives the same input, whatever asks again", () => {
  fc.assert(
    fc.property(anyPlan, fc.array(fc.nat(10_000), { maxLength: 60 }), (any, tape) => {
      const plan = unsigned(any);
      const { play } = new Drive(plan, tape, { receipts: true, watch: () => undefined }).run();
      assert.deepEqual(inputOfRun(play), inputOfRun(play));
    }),
    { numRuns: 50 },
  );
});
