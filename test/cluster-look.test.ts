// Who of several replicas may take over, by what each has told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ended } from "../src/kinds/steps/ending/ended.ts";
import { bestOf, mustCompare, mustHaveMost } from "../src/kinds/steps/cluster/look.ts";
import type { MemberSeen } from "../src/model/cluster.ts";

const replica = (name: string, HISTORY: string, RECEIVED: string): MemberSeen => ({
  ...{ name, state: "replica", facts: { HISTORY, RECEIVED } },
});
/** Why it was refused, with its values; undefined when it was not. */
function refusal(work: () => void) {
  try {
    work();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Ended);
    return [error.end.reason, error.end.args];
  }
}

test("the newer branch counts before the position; of equals the first; who has less is refused with both", () => {
  const [old, behind, most, equal] = [
    replica("pg2", "1", "900"),
    replica("pg3", "2", "500"),
    replica("pg4", "2", "600"),
    replica("pg5", "2", "600"),
  ];
  const all = [old, behind, most, equal];
  assert.equal(bestOf(all)?.name, "pg4");
  assert.equal(bestOf([{ ...most, state: "down" }, behind])?.name, "pg3");
  assert.equal(
    refusal(() => mustHaveMost(equal, all)),
    undefined,
  );
  assert.deepEqual(
    refusal(() => mustHaveMost(old, all)),
    ["cluster-not-most", { member: "pg2", has: "1/900", best: "pg4", most: "2/600" }],
  );
  assert.equal(
    refusal(() => mustCompare(all)),
    undefined,
  );
});

test("branches that have no order are not compared: a stale one with more is not taken for the best", () => {
  const all = [replica("my2", "0-1", "900"), replica("my3", "0-3", "400")];
  assert.deepEqual(
    refusal(() => mustCompare(all)),
    ["cluster-branches", { detail: "my2 0-1/900, my3 0-3/400" }],
  );
  assert.equal(
    refusal(() => mustCompare([all[0]!, { ...all[1]!, state: "down" }])),
    undefined,
  );
});
