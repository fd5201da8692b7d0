// What a crash cost, from the ledger of the load: by ids and one clock, never better than it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../examples/gateway/src/failure.ts";
import { backAt, judge } from "../examples/gateway/src/load/judge.ts";
import type { Line } from "../examples/gateway/src/load/ledger.ts";

const ns = (seconds: number): bigint => BigInt(Math.round(seconds * 1e9));
const FAULT = ns(10);

const joined = (at: number, over: number): Line => ({ what: "joined", over, at: ns(at) });
const lost = (at: number, over: number): Line => ({ what: "lost", over, reason: "ECONNRESET", at: ns(at) });
const order = (what: "sent" | "acked", at: number, id: string, over: number): Line => ({ what, id, over, at: ns(at) });

/** Orders that are sent and acknowledged at once, ten a second. */
const served = (from: number, to: number, prefix: string, over: number): readonly Line[] =>
  Array.from({ length: Math.round((to - from) * 10) }, (_, index) => from + index / 10).flatMap((at, index) => [
    order("sent", at, `${prefix}-${index}`, over),
    order("acked", at, `${prefix}-${index}`, over),
  ]);

const idsOf = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap((line) => (line.what === "acked" ? [line.id] : []));

const before = [joined(1, 1), ...served(7, 10, "a", 1)];
const crash = [order("sent", 10.02, "a-900", 1), order("sent", 10.03, "a-901", 1), lost(10.1, 1), lost(10.5, 2)];
const after = [joined(12, 3), ...served(12.25, 15, "b", 3)];
const all = [...before, ...crash, ...after];

test("load: from the last answer before the fault to the first after which all went well, rounded up", () => {
  const ids = [...idsOf(before), ...idsOf(after)];
  const found = judge(all, FAULT, { ids, replayed: 30 });
  assert.deepEqual(found, { rtoSeconds: 2.35, rpoEvents: 0, inDoubt: 2, inDoubtPresent: 0, ackedLastSecond: 9 });
  const odd = all.map((line) => (line.at === ns(12.25) ? { ...line, at: line.at + 1n } : line));
  assert.equal(judge(odd, FAULT, { ids, replayed: 30 }).rtoSeconds, 2.351);
});

test("load: what was acknowledged and is not there after the replay is lost, each id looked up", () => {
  const kept = idsOf(before).filter((id) => id !== "a-3" && id !== "a-29");
  // As many as before, but others: a difference of counts would show nothing.
  const ids = [...kept, "a-900", "a-901", ...idsOf(after)];
  const found = judge(all, FAULT, { ids, replayed: 30 });
  assert.deepEqual([found.rpoEvents, found.inDoubt, found.inDoubtPresent], [2, 2, 2]);
  // What comes after the replay was taken anew: it does not count as having survived.
  assert.equal(judge(all, FAULT, { ids: [...ids, "a-3", "a-29"], replayed: 30 }).rpoEvents, 2);
});

test("load: what was acknowledged over a new connection and is not there at the end is lost too", () => {
  const again = [...all, lost(15.1, 3), joined(16, 4), ...served(16, 18.5, "c", 4)];
  // A second crash took what had been acknowledged after the first one.
  const ids = [...idsOf(before), ...idsOf(again).filter((id) => id.startsWith("c-"))];
  assert.equal(judge(again, FAULT, { ids, replayed: 30 }).rpoEvents, idsOf(after).length);
});

test("load: a relapse moves the end; too short a peace is none", () => {
  assert.equal(backAt(all, FAULT), ns(12.25));
  assert.equal(backAt([...all, lost(15.1, 3)], FAULT), undefined);
  const again = [...all, lost(15.1, 3), joined(16, 4), ...served(16, 18.5, "c", 4)];
  assert.equal(backAt(again, FAULT), ns(16));
  assert.equal(backAt([...before, ...crash, joined(12, 3), ...served(12.25, 14, "b", 3)], FAULT), undefined);
});

test("load: without an outage, or with an order that nobody sent, there is no recovery", () => {
  const refusal = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof Failure) return error.code;
      throw error;
    }
    return "judged";
  };
  const quiet = [...before, ...served(10.1, 15, "b", 1)];
  assert.equal(
    refusal(() => judge(quiet, FAULT, { ids: [], replayed: 0 })),
    "no-outage",
  );
  assert.equal(
    refusal(() => judge([...before, ...crash], FAULT, { ids: [], replayed: 0 })),
    "not-back",
  );
  assert.equal(
    refusal(() => judge(all, FAULT, { ids: [...idsOf(before), "a-77777"], replayed: 31 })),
    "never-sent",
  );
});
