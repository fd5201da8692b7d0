// There and back on a PostgreSQL pair under load: the primary is killed, that is noticed, another one takes over, and the first one
// follows and is the primary again.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { clusterBook } from "../kit/cluster-book.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD } from "./pair.ts";

test("a failback measures both ways, each with a ledger of its own, and how soon the fault was noticed", async (t) => {
  if (!needs(t, "postgres", "psql")) return;
  const { a, b, members, shared } = await pair((work) => t.after(work), {});
  const { book, json } = clusterBook(t, { members, shared, password: PASSWORD });
  const yaml = join(book, "watchbook.yaml");
  const drills = {
    checks: {
      up: { kind: "tcp", params: { address: `127.0.0.1:${a.port}` } },
      disk: { kind: "disk", params: { path: book }, bands: { bad: "above", critical: 101 } },
    },
    drills: { "failback-orders": { guards: ["disk"], every: "500ms", detect: { check: "up", every: "200ms" } } },
  };
  writeFileSync(yaml, JSON.stringify({ ...JSON.parse(readFileSync(yaml, "utf8")), ...drills }));
  const done = await json("drill", "failback-orders", "--env", "drill", "--no-ask");
  assert.deepEqual([done.code, done.json.verdict], [0, "pass"], `${done.err}${JSON.stringify(done.json)}`.slice(-3000));
  const text = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  const env = new Map(text.split("\n").map((line) => line.split("=") as [string, string]));
  const seconds = (name: string): number => Number(env.get(name) ?? Number.NaN);
  const both = (name: string): readonly [string, string] => [name, name.replace(/^(?:FAILOVER_)?/, "FAILBACK_")];
  for (const name of ["FAILOVER_SECONDS", "RTO_SECONDS", "REJOIN_SECONDS"].flatMap(both))
    assert.ok(seconds(name) > 0, `${name} ${env.get(name)}`);
  for (const name of both("ACKED_LAST_SECOND")) assert.ok(seconds(name) >= 50, `${name} ${env.get(name)}`);
  assert.deepEqual([env.get("FAILBACK_LOST_ACKED"), env.get("FAILBACK_DATA_SYNC_LAG_EVENTS")], ["0", "0"]);
  assert.deepEqual(
    both("FENCE_VERIFIED").map((name) => env.get(name)),
    ["true", "true"],
  );
  assert.equal(new Set(both("LEDGER_SHA256").map((name) => env.get(name))).size, 2);
  assert.deepEqual([env.get("DETECTION"), env.get("GUARDS_HELD")], ["check", "true"]);
  // Nobody was put aside before it was noticed.
  assert.ok(seconds("DETECT_SECONDS") >= 0.2 && seconds("FAILOVER_SECONDS") > seconds("DETECT_SECONDS") - 0.2);
  const verified = await json("evidence", "verify", done.json.evidence);
  assert.deepEqual([verified.code, verified.json.verdict], [0, "pass"], JSON.stringify(verified.json));
  assert.deepEqual(
    [a, b].map((one) => one.ask("SELECT pg_is_in_recovery()")),
    ["f", "t"],
    "who was the primary is the primary",
  );
});
