import assert from "node:assert/strict";
import { test } from "node:test";
import { pointOf } from "../src/engine/alerts/rings.ts";
import type { Reading } from "../src/model/check.ts";

const reading = (more: Partial<Reading>): Reading => ({
  ...{
    check: "errors",
    target: "local",
    outcome: "unknown",
    reason: "no-bands",
    args: {},
    facts: {},
    at: 1,
    seconds: 0,
  },
  ...more,
});

test("a counter without limits of its own is a value for the rule that has them, and nothing else that is unknown is", () => {
  assert.deepEqual(pointOf(reading({ value: 7 })), { at: 1, value: 7 });
  assert.deepEqual(pointOf(reading({ value: 7, reason: "internal" })), { at: 1 });
  assert.deepEqual(pointOf(reading({ value: 7, outcome: "pass", reason: "value", elevated: true })), {
    at: 1,
    value: 7,
    level: 0.5,
  });
  assert.deepEqual(pointOf(reading({ outcome: "fail", reason: "refused" })), { at: 1, level: 2, gone: true });
  assert.deepEqual(pointOf(reading({ outcome: "fail", reason: "http-status" })), { at: 1, level: 2 });
});
