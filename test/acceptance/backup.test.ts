// backup and restore as a user types them: taken, worth nothing until restored, pruned, and told why not.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBook } from "../kit/backup-book.ts";
import { flip } from "../suites/backup.ts";

function shop(t: TestContext, keep = "{ copies: 2 }") {
  const probe = "{ kind: shell, risk: read, with: { script: 'grep -q paid \"$FILES_DIR/order.txt\"' } }";
  const made = backupBook(t, { keep, probe, environments: "{ staging: {}, prod: {} }" });
  const sets = () => readdirSync(join(made.root, "sets", "shop")).filter((name) => name.startsWith("r"));
  return { ...made, sets };
}

test("a set is unproven until it was restored; its evidence names set and seconds, and holds them to a limit [S-056]", async (t) => {
  const { root, wb, json, sets } = shop(t);
  assert.match((await wb("backup", "list")).out, /There is no set yet/);
  const none = /No set of shop is on record here[^]*backup run shop/;
  assert.match((await wb("status")).out, none, "what was never taken is not well");
  const taken = await wb("backup", "run");
  assert.equal(taken.code, 0, taken.err);
  assert.doesNotMatch((await wb("status")).out, none);
  const [id] = sets();
  const before = await json("backup", "list", "shop");
  assert.deepEqual(
    before.json.sets.map(({ id: name, state, restored }: Record<string, unknown>) => [name, state, restored]),
    [[id, "unproven", null]],
  );
  const shown = await wb("restore", "shop");
  assert.equal(shown.code, 0);
  assert.match(shown.out, /restore-files/);
  assert.equal((await json("backup", "list")).json.sets[0].state, "unproven", "a plan proves nothing");
  // Of a folder nothing is known between two sets: a point that nobody chose is the set's own.
  const done = await json("restore", id!, "--to", "random", "--execute", "--by", "ana", "--reason", "monthly");
  assert.equal(done.code, 0, done.err);
  const after = await json("backup", "list");
  assert.equal(after.json.sets[0].state, "good");
  assert.equal(after.json.sets[0].restored.run, done.json.run);
  assert.deepEqual(readdirSync(join(root, "places")), []);
  const env = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  assert.match(env, new RegExp(`^SET_ID=${id}$`, "m"));
  assert.match(env, /^POINT=set$/m);
  assert.match(env, /^RTO_SECONDS=\d+\.\d{3}$/m);
  assert.equal((await wb("evidence", "verify", done.json.evidence, "--max-rto-seconds", "600")).code, 0);
  assert.equal((await wb("evidence", "verify", done.json.evidence, "--max-rto-seconds", "0")).code, 3);
});

test("a probe that does not hold proves nothing, and everything is cleared away", async (t) => {
  const { root, wb, json } = shop(t);
  writeFileSync(join(root, "data", "order.txt"), "open\n");
  assert.equal((await wb("backup", "run", "shop")).code, 0);
  const failed = await wb("restore", "shop", "--execute");
  assert.equal(failed.code, 3);
  assert.equal((await json("backup", "list")).json.sets[0].state, "unproven");
  assert.deepEqual(readdirSync(join(root, "places")), []);
});

test("a part of a restore proves nothing, and a run that took nothing is no set", async (t) => {
  const { wb, json } = shop(t);
  const status = async () => (await wb("status")).out;
  const none = /No set of shop is on record here/;
  const pruned = await wb("run", "backup-shop", "--env", "prod", "--step", "prune", "--execute");
  assert.equal(pruned.code, 0, pruned.err);
  assert.match(await status(), none);
  assert.equal((await wb("backup", "run", "shop")).code, 0);
  assert.doesNotMatch(await status(), none);
  const steps = ["--step", "find", "--step", "prove"];
  const part = await wb("run", "restore-shop", "--env", "prod", ...steps, "--execute");
  assert.equal(part.code, 3, part.err);
  assert.match(part.out + part.err, /only a whole restore proves/i);
  assert.equal((await json("backup", "list")).json.sets[0].state, "unproven");
});

test("what is damaged is told by looking, with status 3; what cannot be taken leaves nothing [S-054]", async (t) => {
  const { root, wb, sets } = shop(t);
  assert.equal((await wb("backup", "run", "shop")).code, 0);
  flip(join(root, "sets", "shop", sets()[0]!, "files", "order.txt"));
  const seen = await wb("backup", "verify", "shop");
  assert.equal(seen.code, 3);
  assert.match(seen.out, /The copy is damaged/);
  const { wb: other, root: there } = shop(t);
  writeFileSync(join(there, "sets"), "a file where a folder belongs\n");
  const refused = await other("backup", "run", "shop");
  assert.equal(refused.code, 3);
  assert.match(refused.out + refused.err, /sets\/shop cannot be written/);
});

test("prune shows what would go and removes it only when told, never the last that was restored", async (t) => {
  const { root, wb, json, sets } = shop(t);
  for (let count = 0; count < 2; count++) assert.equal((await wb("backup", "run", "shop")).code, 0);
  const [oldest] = sets();
  assert.equal((await wb("restore", oldest!, "--execute")).code, 0);
  // The third one prunes; the restored one stays beside the newest two.
  assert.equal((await wb("backup", "run", "shop")).code, 0);
  assert.equal(sets().length, 3);
  assert.ok(sets().includes(oldest!));
  const dry = await json("backup", "prune", "shop");
  assert.deepEqual(dry.json, { expired: [], kept: 3 });
  assert.ok(existsSync(join(root, "sets", "shop", oldest!, "restored.json")));
  const all = shop(t, "{}");
  const refused = await all.wb("backup", "prune");
  assert.equal(refused.code, 2);
  assert.match(refused.err, /watchbook\.yaml:\d+.*\n?.*keeps every set|keeps every set/);
});

test("the disk of the host is gone: its set is listed, looked at and restored from the second place", async (t) => {
  const probe = "{ kind: shell, risk: read, with: { script: 'grep -q paid \"$FILES_DIR/order.txt\"' } }";
  const more = ["    also: [{ name: nas, folder: ROOT/nas }]"];
  const { root, book, wb, json } = backupBook(t, { probe, more });
  mkdirSync(join(root, "nas"));
  assert.equal((await wb("backup", "run")).code, 0);
  rmSync(join(root, "sets"), { recursive: true });
  assert.deepEqual((await json("backup", "list")).json.sets, []);
  const [set] = (await json("backup", "list", "--from", "2")).json.sets;
  assert.equal(set.state, "unproven");
  assert.equal((await wb("backup", "verify", "--from", "nas")).code, 0);
  const done = await json("restore", set.id, "--from", "nas", "--execute");
  assert.equal(done.code, 0, done.err);
  assert.equal((await json("backup", "list", "--from", "nas")).json.sets[0].state, "good");
  assert.deepEqual(readdirSync(join(root, "places")), []);
  // Not only its disk: the host itself does not answer any more, and another target restores.
  const yaml = join(book, "watchbook.yaml");
  const dead = readFileSync(yaml, "utf8")
    .replace("targets: {", "targets: { dead: { kind: ssh, host: 127.0.0.1, port: 1, environment: prod },")
    .replace("    target: here", "    target: dead")
    .replace("    restore:", "    restore:\n      target: here");
  writeFileSync(yaml, dead);
  assert.equal((await wb("backup", "list")).code, 4);
  assert.equal((await wb("backup", "list", "--from", "nas")).code, 0);
  assert.equal((await wb("restore", "shop", "--from", "nas", "--execute")).code, 0);
  const none = await wb("restore", "shop", "--from", "tape");
  assert.equal(none.code, 2);
  assert.match(none.err, /no place “tape”[^]*1 \(.*\/sets\), 2 = nas/);
});

test("a set that shrank is told in its evidence, in the list and in status, with the numbers; the first ones have no baseline", async (t) => {
  const { root, wb, json } = backupBook(t, { probe: "{ kind: shell, risk: read, with: { script: 'true' } }" });
  const big = join(root, "data", "big");
  writeFileSync(big, Buffer.alloc(400_000, "x"));
  const first = await json("backup", "run");
  assert.equal(first.code, 0, first.err);
  assert.match(first.json.remarks.join(), /can be said from 3 on/);
  for (let count = 0; count < 2; count++) assert.equal((await wb("backup", "run")).code, 0);
  assert.equal((await wb("status")).code, 0);
  rmSync(big);
  const shrank = await json("backup", "run");
  assert.equal(shrank.code, 0, "it is a whole copy of what is there");
  assert.match(shrank.json.remarks.join(), /files has \d+ bytes; the median of the 3 sets before it is 40\d{4}/);
  assert.match(readFileSync(join(shrank.json.evidence, "result.md"), "utf8"), /Remarks[^]*watch.*files has/);
  const list = await json("backup", "list");
  assert.deepEqual(
    list.json.alarms.map(({ backup, level, code }: Record<string, unknown>) => [backup, level, code]),
    [["shop", "alarm", "backup-shrank"]],
  );
  assert.match((await wb("backup", "list")).out, /^! shop: files has/m);
  const status = await wb("status");
  assert.match(status.out, /The last set of shop has \d+ bytes in files/);
});

test("by hand outside of its hours it is refused, or meant: --outside-window, and the evidence says so", async (t) => {
  const probe = "{ kind: shell, risk: read, with: { script: 'true' } }";
  const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toTimeString().slice(0, 5);
  const later = backupBook(t, { probe, more: [`    window: "${clock(2)}-${clock(4)}"`] });
  const refused = await later.wb("backup", "run");
  assert.equal(refused.code, 2);
  assert.match(refused.err, /begun between .* only[^]*--outside-window/);
  assert.equal((await later.wb("backup", "run", "--dry-run")).code, 0, "a plan may be looked at");
  const meant = await later.json("backup", "run", "--outside-window");
  assert.equal(meant.code, 0, meant.err);
  assert.match(meant.json.remarks.join(), /outside of its hours/);
  // The same runbook by any other verb is held to the same hours.
  const around = await later.wb("run", "backup-shop", "--env", "prod", "--execute");
  assert.equal(around.code, 3, around.err);
  assert.match(around.out, /begins between .* only[^]*OUTSIDE_WINDOW=yes/);
  assert.equal((await later.json("backup", "list")).json.sets.length, 1);
  const said = ["--param", "OUTSIDE_WINDOW=yes"];
  assert.equal((await later.wb("run", "backup-shop", "--env", "prod", ...said, "--execute")).code, 0);
  const now = backupBook(t, { probe, more: [`    window: "${clock(-2)}-${clock(2)}"`] });
  const inside = await now.json("backup", "run");
  assert.equal(inside.code, 0, inside.err);
  assert.doesNotMatch(inside.json.remarks.join(), /hours/);
  const wrong = backupBook(t, { probe, more: ['    window: "01:00-05:00"', '    at: "12:00"'] });
  assert.match((await wrong.wb("lint")).out, /at ∈ window/);
});

test("names that are none, points that are none and words that are none are refused with what is meant", async (t) => {
  const { wb } = shop(t);
  const cases: readonly (readonly [string[], RegExp])[] = [
    [["backup", "run", "shopp"], /no backup “shopp”[^]*shop/],
    [["backup", "lsit"], /does not know “lsit”[^]*list/],
    [["restore", "shop", "--to", "yesterday"], /no point[^]*with its zone/],
    [["restore", "shop", "--to", "random", "--over"], /no point[^]*never over what is in use/],
    [["restore", "r20200101-000000-00000000"], /no set r20200101/],
    [["backup", "list", "--execute"], /--execute does not belong to backup list/],
    // Not where it should be done: there is no such thing anywhere.
    [["run", "restore-shopp"], /no runbook “restore-shopp”[^]*restore-shop/],
    [["drill", "shopp"], /no runbook “shopp”/],
  ];
  for (const [args, wanted] of cases) {
    const { code, err } = await wb(...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, wanted);
  }
});
