// The counter itself: it must see what the campaign is there to find.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "../kit/plan.ts";
import { count } from "./count.ts";

const plan = planOf({
  steps: [
    { id: "one", risk: "destructive" },
    { id: "two", risk: "read" },
    { id: "three", verify: "green" },
  ],
  others: [{ id: "green", risk: "read" }],
  targets: ["local"],
});
const WELL = ["one@local.do.1", "two@local.do.1", "three@local.do.1", "three@local.verify.1"].flatMap((name) => [
  `begin r ${name}`,
  `end r ${name}`,
]);

const counted = (lines: readonly string[], more: { readonly redone?: string; readonly state?: string } = {}) => {
  const runs = [{ run: "r", plan, state: more.state ?? "done" }];
  const redone = new Set(more.redone === undefined ? [] : [more.redone]);
  const { repeated, lost, undecided } = count({ runs, lines: new Map([["local", lines]]), redone });
  return [repeated, lost, undecided];
};
/** The lines, with some more before the first `begin` of step two. */
const amid = (...more: readonly string[]): readonly string[] => [...WELL.slice(0, 2), ...more, ...WELL.slice(2)];

test("a run that went well counts nothing, also beside the lines of another", () => {
  assert.deepEqual(counted(WELL), [0, 0, 0]);
  assert.deepEqual(counted(["begin other one@local.do.1", ...WELL, "boot"]), [0, 0, 0]);
});

test("a complete step that begins again is repeated, under a new attempt or the same", () => {
  assert.deepEqual(counted(amid("begin r one@local.do.2", "end r one@local.do.2")), [1, 0, 0]);
  assert.deepEqual(counted(amid("begin r one@local.do.1", "end r one@local.do.1")), [1, 0, 0]);
  assert.deepEqual(counted([...WELL, "begin r two@local.do.2"]), [1, 0, 0]);
  // Without its receipt a read may be done again: here the target went down.
  assert.deepEqual(counted([...WELL, "boot", "begin r two@local.do.2"]), [0, 0, 0]);
  // So may one that was under way when the driver was killed, once for each kill; a change may not.
  const again = ["begin r two@local.do.1", "end r two@local.do.1"];
  assert.deepEqual(counted([...WELL, "kill", ...again]), [0, 0, 0]);
  assert.deepEqual(counted([...WELL, "kill", ...again, ...again, ...again]), [1, 0, 0]);
  assert.deepEqual(counted([...WELL, "kill", "begin r one@local.do.2"]), [1, 0, 0]);
});

test("a change that was cut short and begins again wants a decision", () => {
  const cut = ["begin r one@local.do.1", "boot", "begin r one@local.do.2", "end r one@local.do.2", ...WELL.slice(2)];
  assert.deepEqual(counted(cut), [0, 0, 1]);
  assert.deepEqual(counted(cut, { redone: "r one@local.do.1" }), [0, 0, 0]);
});

test("a step without a whole effect, and a run that did not end well, are lost", () => {
  assert.deepEqual(counted(WELL.slice(2)), [0, 1, 0]);
  assert.deepEqual(counted(WELL.toSpliced(1, 1)), [0, 1, 0]);
  assert.deepEqual(counted(WELL, { state: "failed" }), [0, 1, 0]);
});
