// The backup kind `pgbackrest` against the real program and a running cluster that archives through it.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { backupSuite, flip, largest } from "../suites/backup.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import { askRestored, noteSource, openRoom, shared } from "./cluster.ts";
import { withRepository } from "./pgbackrest.ts";
import { needs } from "./needs.ts";

const server = shared(after, withRepository);
const has = (t: TestContext): boolean => needs(t, "postgres", "psql", "pgbackrest");

backupSuite({
  kind: "pgbackrest",
  proves: "[K-060]",
  has,
  source: async () => {
    const found = await server();
    return {
      ...noteSource(found, { id: "db", kind: "pgbackrest", with: { ...found.with, replay: false } }),
      damaged: (copy) => {
        const label = /^LABEL (.*)$/m.exec(readFileSync(join(copy, "facts"), "utf8"))![1]!;
        return largest(join(found.repository, "backup", "main", label, "bundle"));
      },
    };
  },
});

const bench = async (t: TestContext, more: object = {}) => {
  const found = await server();
  const parts = [{ id: "db", kind: "pgbackrest", with: { ...found.with, ...more } }];
  return { found, b: await backupBench(t, { parts, secret: found.secret }) };
};
const labelOf = (b: Bench, run: string): string =>
  /^LABEL (.*)$/m.exec(readFileSync(join(b.into, "shop", run, "db", "facts"), "utf8"))![1]!;

test("pgbackrest: its verify ends with 0 on a damaged repository, and is not believed", async (t) => {
  if (!has(t)) return;
  const { b, found } = await bench(t);
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  const file = largest(join(found.repository, "backup", "main", labelOf(b, run), "bundle"));
  flip(file);
  // Throws when its status is not 0.
  assert.match(found.rest("verify", "--output=text"), /status: error/);
  const looked = await b.examine("db");
  assert.equal(said(looked), "failed backup-damaged");
  assert.match(sentence(looked, "en"), /invalid/);
  flip(file);
  assert.equal(said(await b.examine("db")), "ok");
});

test("pgbackrest: a transaction is restored to, and a damaged file of the archive is not taken for its end", async (t) => {
  if (!has(t)) return;
  const { b, found } = await bench(t);
  found.ask("CREATE TABLE event (id int PRIMARY KEY, xid xid8 DEFAULT pg_current_xact_id())");
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  for (const id of [1, 2]) found.ask(`INSERT INTO event VALUES (${id})`);
  found.rest("check");
  for (const [TO, ids] of [
    [`xid:${found.ask("SELECT xid FROM event WHERE id = 1")}`, "1"],
    ["latest", "1,2"],
  ] as const) {
    let seen = "";
    const back = await b.restore({ SET: run, TO }, ({ outputs }) => {
      seen = askRestored(outputs)("SELECT string_agg(id::text, ',' ORDER BY id) FROM event");
      assert.equal(askRestored(outputs)("SHOW archive_mode"), "off");
    });
    assert.equal(back.end, "ok", JSON.stringify(back.args));
    assert.equal(seen, ids);
  }
  const wal = join(found.repository, "archive", "main", "15-1");
  const archived = readdirSync(wal, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\/[0-9A-F]{24}-/.test(name),
  );
  flip(join(wal, archived.toSorted().at(-1)!));
  assert.equal((await b.restore({ SET: run })).end, "failed restore-wal-damaged");
  assert.equal((await b.restore({ SET: run, TO: "2026-01-01T00:00:00Z" })).end, "failed restore-point-early");
});

let pruned = 0;
const prune = (b: Bench) =>
  done(
    "backup-prune",
    { set: "shop", into: b.into, sudo: false, keep: { copies: 1 } },
    b.context(`r20261120-235959-0000000${(pruned += 1)}`, "prune"),
  );

test("pgbackrest: a copy is forgotten by its label, and not before what builds on it", async (t) => {
  if (!has(t)) return;
  const full = await bench(t);
  const { b, found } = await bench(t, { type: "incr" });
  const labels = (): readonly string[] =>
    [...found.rest("info", "--output=json").matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label!).toSorted();
  const base = labelOf(full.b, (await full.b.take()).run);
  const taken: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { run, end, args } = await b.take();
    assert.equal(end, "ok", JSON.stringify(args));
    taken.push(labelOf(b, run));
  }
  assert.ok(taken.every((label) => label.startsWith(`${base}_`)));
  const all = labels();
  // Expiring the first would take the third along, which is kept.
  assert.equal(said(await prune(b)), "ok");
  assert.equal(readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r")).length, 1);
  assert.deepEqual(labels(), all);
  // A new base: what was only kept for the others goes now, and nothing else.
  const next = labelOf(full.b, (await full.b.take()).run);
  const last = await b.take();
  assert.equal(last.end, "ok");
  assert.equal(said(await prune(b)), "ok");
  assert.deepEqual(labels(), [...all.filter((label) => !taken.includes(label)), next, labelOf(b, last.run)].toSorted());
});

test("pgbackrest: its last full copy is not forgotten", async (t) => {
  if (!has(t)) return;
  const { b, found } = await bench(t);
  const first = labelOf(b, (await b.take()).run);
  await b.take();
  // Somebody else removes every other full copy.
  for (const [, label] of found.rest("info", "--output=json").matchAll(/"label":"(\d+-\d+F)"/g))
    if (label !== first) found.rest("expire", `--set=${label}`);
  const end = await prune(b);
  assert.equal(said(end), "failed backup-last-full");
  assert.equal(readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r")).length, 2);
});

test("pgbackrest: an encrypted repository is opened with the passphrase that is kept elsewhere, or the copy says that it is not", async (t) => {
  if (!has(t)) return;
  const cipher = { "repo1-cipher-type": "aes-256-cbc", "repo1-cipher-pass": "of this host" };
  const found = await withRepository((work) => t.after(work), cipher);
  const kept: Record<string, string> = { escrow: "of this host" };
  const secret = (name: string) => (kept[name] === undefined ? found.secret(name) : Promise.resolve(kept[name]));
  const parts = [{ id: "db", kind: "pgbackrest", with: { ...found.with, escrow: { secret: "escrow" } } }];
  const b = await backupBench(t, { parts, secret });
  assert.equal((await b.take()).end, "ok");
  kept["escrow"] = "mistyped";
  assert.equal(said(await b.examine("db")), "failed backup-escrow");
  assert.equal((await b.take()).end, "failed backup-escrow");
});

test("pgbackrest: with the first repository gone, a copy comes from the second one", async (t) => {
  if (!has(t)) return;
  const room = openRoom((work) => t.after(work));
  const second = { "repo2-path": join(room, "r2"), "repo2-retention-full": "99" };
  const found = await withRepository((work) => t.after(work), second);
  const parts = [{ id: "db", kind: "pgbackrest", with: { ...found.with, repos: [2] } }];
  const away = join(room, "away");
  const also = [{ name: "away", to: { kind: "folder", path: away } }];
  const b = await backupBench(t, { parts, secret: found.secret, also });
  found.ask("CREATE TABLE tick (at timestamptz DEFAULT clock_timestamp())");
  const { run, end, args } = await b.take();
  assert.equal(end, "ok", JSON.stringify(args));
  cpSync(join(b.into, "shop", run), join(away, "shop", run), { recursive: true });
  const facts = readFileSync(join(b.into, "shop", run, "db", "facts"), "utf8");
  assert.match(facts, /^LABEL_2 \d+-\d+F$/m);
  found.ask("INSERT INTO tick DEFAULT VALUES");
  found.rest("check");
  renameSync(found.repository, join(room, "gone"));
  rmSync(join(b.into, "shop"), { recursive: true });
  let seen = "";
  const back = await b.restore({ FROM: "away" }, ({ outputs }) => {
    seen = askRestored(outputs)("SELECT count(*) FROM tick");
  });
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.equal(seen, found.ask("SELECT count(*) FROM tick"));
  // The copy in the first repository was that of the set here: both are gone, and it is said.
  renameSync(join(room, "gone"), found.repository);
  renameSync(second["repo2-path"], join(room, "gone"));
  assert.match((await b.restore({ FROM: "away" })).end, /^failed backup-/);
});
