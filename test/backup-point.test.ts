// Points of a restore as an operator writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pointOf } from "../src/kinds/backups/repository/choose.ts";

test("points: latest, the set as it was taken, times with their zone, names and transactions; nothing else", () => {
  const points = {
    latest: "latest ",
    set: "set ",
    "2026-11-20T08:33:00Z": "time 2026-11-20T08:33:00.000Z",
    "2026-11-20 08:33:00+08:00": "time 2026-11-20T00:33:00.000Z",
    "name:before-upgrade": "name before-upgrade",
    "xid:4711": "xid 4711",
    "gtid:0-1-4711": "gtid 0-1-4711",
  };
  for (const [text, expected] of Object.entries(points)) {
    const point = pointOf(text);
    assert.equal(`${point?.kind} ${point?.value}`, expected);
  }
  for (const text of [
    "",
    "now",
    "2026-11-20T08:33:00",
    "gtid:0-1",
    "gtid:0-1-2,1-1-1",
    "gtid:0-1-x",
    "xid:0-1-2",
    "sets",
  ])
    assert.equal(pointOf(text), undefined, text);
});
