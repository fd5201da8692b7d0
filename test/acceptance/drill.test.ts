// A drill as a user types it: held to the manual's objectives, signed, and in the table of promises and proofs.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBook } from "../kit/backup-book.ts";

function shop(t: TestContext, goals: string, script: string) {
  const probe = `{ kind: shell, outputs: [RPO_SECONDS, RTO_SECONDS], with: { script: '${script}' } }`;
  return backupBook(t, { readme: `# Shop\n\n## Goals\n\n${goals}\n`, probe }).json;
}

const promisesOf = (json: { readonly promises: readonly Record<string, unknown>[] }) =>
  json.promises.map(({ objective, state, attempts }) => [
    (objective as Record<string, unknown>)["name"],
    state,
    attempts,
  ]);

test("objectives that are kept are proven, in the table and in evidence that holds [K-077]", async (t) => {
  const wb = shop(t, "RTO < 1 hour. RPO < 15 minutes.", 'echo RPO_SECONDS=60 >>"$WB_OUTPUT"');
  assert.equal((await wb("backup", "run")).code, 0);
  const before = await wb("drill");
  assert.equal(before.code, 0);
  assert.deepEqual(promisesOf(before.json), [
    ["rpo", "undrilled", 0],
    ["rto", "undrilled", 0],
  ]);
  const rehearsed = await wb("drill", "shop", "--rehearse");
  assert.equal(rehearsed.code, 0);
  assert.equal(rehearsed.json.rehearsal, true);
  const done = await wb("drill", "shop", "--by", "ana");
  assert.equal(done.code, 0, done.err);
  assert.equal(done.json.verdict, "pass");
  const env = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  assert.match(env, /^OBJECTIVE_RTO_SECONDS_BELOW=3600\nOBJECTIVE_RTO_SECONDS_MET=true$/m);
  assert.match(env, /^OBJECTIVE_RPO_SECONDS_MET=true$/m);
  assert.equal((await wb("evidence", "verify", done.json.evidence)).json.verdict, "pass");
  assert.deepEqual(promisesOf((await wb("drill")).json), [
    ["rpo", "kept", 1],
    ["rto", "kept", 1],
  ]);
  // A claim that was not measured is not believed.
  writeFileSync(join(done.json.evidence, "result.env"), env.replace("RPO_SECONDS=60", "RPO_SECONDS=6"));
  assert.equal((await wb("evidence", "verify", done.json.evidence)).json.verdict, "refused");
  const table = await wb("drill");
  assert.equal(table.code, 3);
  assert.deepEqual(promisesOf(table.json)[0], ["rpo", "removed", 0]);
});

test("sixteen minutes where fifteen are promised fail, and the table says so with status 3 [K-077]", async (t) => {
  const wb = shop(t, "RTO < 1 hour. RPO < 15 minutes.", 'echo RPO_SECONDS=960 >>"$WB_OUTPUT"');
  assert.equal((await wb("backup", "run")).code, 0);
  const done = await wb("drill", "shop");
  assert.equal(done.code, 3);
  assert.equal(done.json.verdict, "fail");
  assert.match(done.json.reasons.join(), /lost data \(RPO\) was 960 s, the manual allows < 900 s/);
  const table = await wb("drill");
  assert.equal(table.code, 3);
  assert.deepEqual(promisesOf(table.json), [
    ["rpo", "missed", 1],
    ["rto", "kept", 1],
  ]);
});

test("a failed drill whose evidence was removed is not forgotten: the log knows it", async (t) => {
  const wb = shop(t, "RPO < 15 minutes.", 'echo RPO_SECONDS=960 >>"$WB_OUTPUT"');
  assert.equal((await wb("backup", "run")).code, 0);
  const done = await wb("drill", "shop");
  assert.equal(done.code, 3);
  rmSync(done.json.evidence, { recursive: true });
  const table = await wb("drill");
  assert.equal(table.code, 3);
  assert.deepEqual(promisesOf(table.json), [["rpo", "removed", 0]]);
});

test("what a step says of the time that the run itself measured is not heard", async (t) => {
  const wb = shop(t, "RTO < 1 second.", 'sleep 2; echo RTO_SECONDS=0.1 >>"$WB_OUTPUT"');
  assert.equal((await wb("backup", "run")).code, 0);
  const done = await wb("drill", "shop");
  assert.equal(done.code, 3);
  assert.equal(done.json.verdict, "fail");
});

test("an objective that nothing measured is not demonstrated", async (t) => {
  const wb = shop(t, "RPO < 15 minutes.", "true");
  assert.equal((await wb("backup", "run")).code, 0);
  const done = await wb("drill", "shop");
  assert.equal(done.code, 3);
  assert.equal(done.json.verdict, "inconclusive");
  assert.match(done.json.reasons.join(), /nothing measured lost data \(RPO\)/);
});

test("a restore to a random point says which, from what window and by what seed", async (t) => {
  const wb = shop(t, "RTO < 1 hour.", "true");
  for (let set = 0; set < 2; set++) assert.equal((await wb("backup", "run")).code, 0);
  const done = await wb("drill", "shop", "--param", "TO=random:2026-q4");
  assert.deepEqual([done.code, done.json.verdict], [0, "pass"], done.err);
  const env = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  const [, point = "", seed, from = "", until = ""] =
    /^POINT=(.+)\nPOINT_SEED=(.+)\nPOINT_FROM=(.+)\nPOINT_UNTIL=(.+)$/m.exec(env) ?? assert.fail(env);
  assert.equal(seed, "2026-q4");
  // Of sets that were taken right behind each other there is no time between them.
  const inside = Date.parse(from) < Date.parse(point) && Date.parse(point) < Date.parse(until);
  assert.ok(inside || (point === "set" && Date.parse(until) - Date.parse(from) <= 2_000), `${from} ${point} ${until}`);
});
