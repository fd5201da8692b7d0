// The backup kind `pgbackrest` against the real program and a running cluster that archives through it.
import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { backupBench, type Bench, type PartGiven } from "../kit/backup.ts";
import { lateSeed } from "../kit/random-seed.ts";
import { until } from "../kit/until.ts";
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
const prune = (b: Bench, parts?: readonly PartGiven[]) =>
  done(
    "backup-prune",
    { set: "shop", into: b.into, sudo: false, keep: { copies: 1 }, ...(parts && { parts }) },
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

/** Two encrypted repositories, each with a passphrase of its own, and what they have is packed. */
const twice = shared(after, async (ending) => {
  const second = join(openRoom(ending), "r2");
  const found = await withRepository(ending, {
    ...{ "repo1-cipher-type": "aes-256-cbc", "repo1-cipher-pass": "of this host" },
    ...{ "repo2-cipher-type": "aes-256-cbc", "repo2-cipher-pass": "of the other" },
    ...{ "repo2-path": second, "repo2-retention-full": "99", "repo2-bundle": "y", "compress-type": "zst" },
  });
  found.ask("CREATE TABLE tick (at timestamptz DEFAULT clock_timestamp())");
  return { ...found, second };
});

/** What is kept elsewhere; a test may mistype it. */
const both = async (t: TestContext, also: readonly object[] = []) => {
  const found = await twice();
  const kept: Record<string, string> = { first: "of this host", second: "of the other" };
  const secret = (name: string) => (kept[name] === undefined ? found.secret(name) : Promise.resolve(kept[name]));
  const escrow = { escrow: { secret: "first" }, escrows: { 2: { secret: "second" } } };
  const parts = [{ id: "db", kind: "pgbackrest", with: { ...found.with, ...escrow, repos: [2] } }];
  const b = await backupBench(t, { parts, secret, also });
  const labels = (repo: number): readonly string[] =>
    [...found.rest(`--repo=${repo}`, "info", "--output=json").matchAll(/"label":"([^"]+)"/g)].map(([, one]) => one!);
  return { found, b, kept, labels };
};

const UTC = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Rows until surely some are behind a set and behind the second in which it ended, all of them archived. */
async function ticked({ found, b }: Pick<Awaited<ReturnType<typeof both>>, "found" | "b">, run: string): Promise<void> {
  const { until: whole } = JSON.parse(readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8"));
  const last = (): string => found.ask(`INSERT INTO tick DEFAULT VALUES RETURNING ${UTC}`);
  await until(() => Date.parse(last()) > Date.parse(whole) + 2_500, "the clock stands");
  found.rest("check");
}

/** Restores to a point that nobody chose, late in the window; what is restored ends there. */
async function drawn({ found, b }: Pick<Awaited<ReturnType<typeof both>>, "found" | "b">, run: string, FROM: string) {
  const { until: whole } = JSON.parse(readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8"));
  const back = await b.restore({ FROM, TO: `random:${lateSeed()}` }, ({ outputs }) => {
    const { POINT = "", POINT_UNTIL = "", SET_ID } = outputs;
    assert.equal(SET_ID, run);
    assert.ok(Date.parse(POINT) > Date.parse(whole) + 1_000 && POINT < POINT_UNTIL, JSON.stringify(outputs));
    const ask = askRestored(outputs);
    assert.equal(ask(`SELECT count(*) FROM tick WHERE at > '${POINT}'`), "0");
    const sure = `SELECT count(*) FROM tick WHERE at < timestamptz '${POINT}' - interval '1 s'`;
    assert.equal(ask(sure), found.ask(sure));
  });
  assert.equal(back.end, "ok", `${back.at}: ${JSON.stringify(back.args)}`);
}

test("pgbackrest: every repository is opened with the passphrase that is kept elsewhere for it, or the copy says that it is not", async (t) => {
  if (!has(t)) return;
  const { b, kept } = await both(t);
  assert.equal((await b.take()).end, "ok");
  assert.equal(said(await b.examine("db")), "ok");
  for (const name of ["first", "second"] as const) {
    const right = kept[name]!;
    kept[name] = "mistyped";
    const looked = await b.examine("db");
    assert.equal(said(looked), "failed backup-escrow");
    assert.match(sentence(looked, "en"), name === "first" ? /repo1/ : /repo2/);
    kept[name] = right;
  }
  kept["second"] = "of this host";
  assert.equal((await b.take()).end, "failed backup-escrow");
});

test("pgbackrest: what is kept no longer goes from every repository, but never what was restored last or is held", async (t) => {
  if (!has(t)) return;
  const { b, found, labels } = await both(t);
  const second = (run: string): string =>
    /^LABEL_2 (.*)$/m.exec(readFileSync(join(b.into, "shop", run, "db", "facts"), "utf8"))![1]!;
  const before = [labels(1), labels(2)];
  const runs: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { run, end, args } = await b.take();
    assert.equal(end, "ok", JSON.stringify(args));
    runs.push(run);
  }
  const [proven, gone, last] = runs.map((run) => [labelOf(b, run), second(run)] as const);
  // What its own rules would remove is none of theirs: only what was restored last, and the newest, are left by ours.
  const set = join(b.into, "shop", runs[0]!);
  writeFileSync(join(set, "restored.json"), JSON.stringify({ run: runs[0], at: "2026-11-20T08:00:00Z", probes: 1 }));
  writeFileSync(join(b.into, "shop", runs[1]!, "hold-r20261120-080000-0000000f"), "");
  assert.equal(said(await prune(b)), "ok");
  const all = (repo: 0 | 1) => [...before[repo]!, proven![repo], gone![repo], last![repo]];
  assert.deepEqual([labels(1), labels(2)], [all(0), all(1)]);
  rmSync(join(b.into, "shop", runs[1]!, "hold-r20261120-080000-0000000f"));
  // A repository that cannot be had keeps its copy, and the set with it, until it is there again.
  renameSync(found.second, `${found.second}-away`);
  assert.equal(said(await prune(b)), "failed backup-repository-away");
  assert.ok(existsSync(join(b.into, "shop", runs[1]!, "manifest.json")));
  renameSync(`${found.second}-away`, found.second);
  assert.equal(said(await prune(b)), "ok");
  const left = (repo: 0 | 1) => [...before[repo]!, proven![repo], last![repo]];
  assert.deepEqual([labels(1), labels(2)], [left(0), left(1)]);
  assert.deepEqual(
    readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r")),
    [runs[0], runs[2]],
  );
});

test("pgbackrest: a repository that its configuration dropped is asked for, until the book says that it is gone", async (t) => {
  if (!has(t)) return;
  const { b, found, labels } = await both(t);
  const runs: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { run, end, args } = await b.take();
    assert.equal(end, "ok", JSON.stringify(args));
    runs.push(run);
  }
  const [proven, old, newest] = runs.map((run) => labelOf(b, run));
  const proof = JSON.stringify({ run: runs[0], at: "2026-11-20T08:00:00Z", probes: 1 });
  writeFileSync(join(b.into, "shop", runs[0]!, "restored.json"), proof);
  const config = String(found.with["config"]);
  const before = readFileSync(config, "utf8");
  t.after(() => writeFileSync(config, before));
  writeFileSync(config, before.replace(/^repo2-.*\n/gm, ""));
  const given = { ...found.with, repos: [], escrow: { secret: "first" } };
  const part = { id: "db", kind: "pgbackrest", with: given };
  const parts = [{ ...part, with: { ...given, gone: [2] } }];
  for (const refused of [await prune(b), await prune(b, [part]), await b.examine("db")]) {
    assert.equal(said(refused), "failed backup-repository-dropped");
    assert.match(sentence(refused, "en"), /repository 2[^]*gone: \[2\]/);
    assert.match(sentence(refused, "zh"), /仓库 2[^]*gone: \[2\]/);
  }
  assert.ok(existsSync(join(b.into, "shop", runs[1]!, "manifest.json")));
  // What was restored last, and the newest, stay; of the others nothing is asked for in a repository that is gone.
  assert.equal(said(await prune(b, parts)), "ok");
  const left = readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r"));
  assert.deepEqual(left, [runs[0], runs[2]]);
  assert.deepEqual(
    [proven, old, newest].map((label) => labels(1).includes(label!)),
    [true, false, true],
  );
  const { into } = b;
  const look = { set: "shop", into, sudo: false, part: "db", kind: "pgbackrest" };
  const context = b.context("r20261120-235959-000000aa", "examine-db", { SET: "latest", TO: "latest" });
  const looked = await done("backup-examine", { ...look, with: parts[0]!.with }, context);
  assert.equal(looked.ending, "ok", said(looked));
  assert.match(sentence(looked, "en"), /repository 2[^]*gone/);
});

test("pgbackrest: a point that nobody chose may lie behind the newest set; with the first repository gone, in the second one", async (t) => {
  if (!has(t)) return;
  const away = join(
    openRoom((work) => t.after(work)),
    "away",
  );
  const also = [{ name: "away", to: { kind: "folder", path: away } }];
  const { b, found } = await both(t, also);
  const { run, end, args } = await b.take();
  assert.equal(end, "ok", JSON.stringify(args));
  cpSync(join(b.into, "shop", run), join(away, "shop", run), { recursive: true });
  await ticked({ found, b }, run);
  await drawn({ found, b }, run, "1");
  renameSync(found.repository, `${found.repository}-gone`);
  await drawn({ found, b }, run, "away");
  // The copy in the first repository was that of the set here: both are gone, and it is said.
  renameSync(`${found.repository}-gone`, found.repository);
  renameSync(found.second, `${found.second}-gone`);
  assert.match((await b.restore({ FROM: "away" })).end, /^failed backup-/);
  renameSync(`${found.second}-gone`, found.second);
});
