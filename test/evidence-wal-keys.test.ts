// The keys of a WAL recovery, from what its steps told.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunEnded } from "../src/evidence/run/drill-keys.ts";
import { walPairs } from "../src/evidence/run/wal-keys.ts";

/** A run with a fault that began at the epoch's second 1.999, whose steps told this. */
const told = (outputs: Readonly<Record<string, string>>): RunEnded =>
  ({
    outputs: { WAL_PATH: "wal/orders.wal", RELEASE_VERSION: "1.0.0", RTO_SECONDS: "10", RPO_EVENTS: "0", ...outputs },
    fault: { bit: true },
    journal: [{ wall: 1_999, entry: { type: "intent", step: "fault_injection" } }],
    started: { id: "r1", by: "li", reason: "" },
  }) as unknown as RunEnded;

const keys = (outputs: Readonly<Record<string, string>>) => Object.fromEntries(walPairs(told(outputs), true));

test("the two labels are as far apart as the seconds that were measured, to the second [C-023]", () => {
  const found = keys({});
  assert.deepEqual(
    [found["failure_start_utc"], found["recovery_complete_utc"], found["rto_seconds"]],
    ["1970-01-01T00:00:01Z", "1970-01-01T00:00:11Z", "10"],
  );
});

test("what is no recovery makes none: seconds beyond any calendar, not a number, negative, or no path", () => {
  for (const outputs of [
    { RTO_SECONDS: "999999999999999" },
    { RTO_SECONDS: "NaN" },
    { RTO_SECONDS: "-1" },
    { RPO_EVENTS: "1e3" },
    { WAL_PATH: "\n" },
  ])
    assert.deepEqual(keys(outputs), {}, JSON.stringify(outputs));
});
