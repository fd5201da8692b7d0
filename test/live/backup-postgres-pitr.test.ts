// Points in time of the backup kind `postgres`, and everything that may be wrong with an archive.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { lateSeed } from "../kit/random-seed.ts";
import { until } from "../kit/until.ts";
import { flip } from "../suites/backup.ts";
import { askRestored, cluster, openRoom, shared } from "./cluster.ts";
import { needs } from "./needs.ts";

/** One set, and what happened afterwards: rows 1 to 4, each with a point behind it, all of it archived. */
const story = shared(after, async (ending) => {
  const server = await cluster(ending);
  server.ask("CREATE TABLE event (id int PRIMARY KEY, xid xid8 DEFAULT pg_current_xact_id())");
  const room = openRoom(ending);
  const part = (more: object = {}) => ({
    id: "db",
    kind: "postgres",
    with: { ...server.with, archive: server.archive, ...more },
  });
  const into = join(room, "sets");
  const bench = (t: TestContext, more: object = {}, own = into) =>
    backupBench(t, { parts: [part(more)], secret: server.secret, into: own });
  return { server, bench, room };
});

type Story = Awaited<ReturnType<typeof story>>;

let taken: { readonly run: string; readonly time: string; readonly xid: string } | undefined;

/** Takes the set once, then writes what is restored to. */
async function told(
  t: TestContext,
): Promise<Story & { readonly run: string; readonly time: string; readonly xid: string }> {
  const found = await story();
  const { server, bench } = found;
  if (!taken) {
    const { run, end, args } = await (await bench(t)).take();
    assert.equal(end, "ok", JSON.stringify(args));
    server.ask("INSERT INTO event VALUES (1)");
    const time = server.ask(
      "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    );
    server.ask("INSERT INTO event VALUES (2)");
    server.ask("SELECT pg_create_restore_point('before-upgrade')");
    await server.archived();
    server.ask("INSERT INTO event VALUES (3)");
    const xid = server.ask("SELECT xid FROM event WHERE id = 3");
    server.ask("INSERT INTO event VALUES (4)");
    await server.archived();
    taken = { run, time, xid };
  }
  return { ...found, ...taken };
}

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

const digests = (folder: string): readonly string[] =>
  readdirSync(folder)
    .toSorted()
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );

const segments = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .toSorted();

test("postgres: a time, a named point, a transaction and the latest are restored to, and production's archive stays as it is", async (t) => {
  if (!has(t)) return;
  const { server, bench, run, time, xid } = await told(t);
  const b = await bench(t);
  const before = digests(server.archive);
  for (const [TO, ids] of [
    [time, "1"],
    ["name:before-upgrade", "1,2"],
    [`xid:${xid}`, "1,2,3"],
    ["latest", "1,2,3,4"],
  ] as const) {
    let seen = "";
    const back = await b.restore({ SET: run, TO }, ({ outputs }) => {
      const ask = askRestored(outputs);
      seen = ask("SELECT string_agg(id::text, ',' ORDER BY id) FROM event");
      // It is writable, alone, and archives nothing, though what it writes fills more than one file.
      ask("INSERT INTO event VALUES (99)");
      assert.equal(ask("SHOW listen_addresses"), "");
      assert.equal(ask("SHOW archive_mode"), "off");
      ask("SELECT pg_switch_wal()");
      ask("CHECKPOINT");
    });
    assert.equal(back.end, "ok", `${TO}: ${JSON.stringify(back.args)}`);
    assert.equal(seen, ids, TO);
  }
  assert.deepEqual(digests(server.archive), before);
  assert.equal(server.ask("SELECT count(*) FROM event WHERE id = 99"), "0");
});

test("postgres: points that cannot be had are refused before anything is started", async (t) => {
  if (!has(t)) return;
  const { server, bench, run } = await told(t);
  const b = await bench(t);
  const alone = await backupBench(t, {
    parts: [{ id: "db", kind: "postgres", with: server.with }],
    secret: server.secret,
    into: b.into,
  });
  const end = async (TO: string, over = b) => {
    const { at, end: how } = await over.restore({ SET: run, TO });
    return `${at} ${how}`;
  };
  assert.equal(await end("2026-01-01T00:00:00Z"), "restore-db failed restore-point-early");
  assert.equal(await end("2126-01-01T00:00:00Z"), "restore-db failed restore-point-late");
  assert.equal(await end("name:never"), "restore-db failed restore-point-absent");
  assert.equal(await end("xid:4000000"), "restore-db failed restore-point-absent");
  assert.equal(await end("name:before-upgrade", alone), "restore-db failed restore-no-archive");
});

test("postgres: a missing, a damaged and a foreign file of the archive are each refused, never taken for its end", async (t) => {
  if (!has(t)) return;
  const { server, bench, room, run, time } = await told(t);
  const copy = join(room, "archive");
  cpSync(server.archive, copy, { recursive: true });
  execFileSync("chmod", ["-R", "a+rX", copy]);
  const b = await bench(t, { archive: copy });
  const restore = async (TO: string) => (await b.restore({ SET: run, TO })).end;
  const names = segments(copy);
  const [second = "", last = ""] = names.slice(-2);
  // The one before the last: a recovery would end there and call it a success.
  renameSync(join(copy, second), join(room, "away"));
  assert.equal(await restore("latest"), "failed restore-wal-gap");
  assert.equal(await restore(time), "failed restore-wal-gap");
  renameSync(join(room, "away"), join(copy, second));
  // Its first record is damaged: everything of that file would be lost, unnoticed.
  const whole = readFileSync(join(copy, last));
  const damaged = Buffer.from(whole);
  damaged.fill(0x55, 200, 240);
  writeFileSync(join(copy, last), damaged);
  assert.equal(await restore("latest"), "failed restore-wal-damaged");
  writeFileSync(join(copy, last), whole);
  // A file of another cluster, as a copied archive folder has it.
  damaged.set(whole);
  damaged[24]! ^= 1;
  writeFileSync(join(copy, last), damaged);
  assert.equal(await restore("latest"), "failed restore-other-cluster");
  rmSync(copy, { recursive: true });
  assert.equal(await restore("latest"), "failed backup-no-source");
});

test("postgres: a copy of a newer server is refused, and one whose own WAL is damaged", async (t) => {
  if (!has(t)) return;
  const { bench } = await told(t);
  const b = await bench(t);
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  const data = join(b.into, "shop", run, "db", "data");
  const [first = ""] = segments(join(data, "pg_wal"));
  flip(join(data, "pg_wal", first));
  assert.equal((await b.restore({ SET: run })).end, "failed backup-damaged");
  flip(join(data, "pg_wal", first));
  // As if that server had written it: its digest is right, and its version is not of here.
  writeFileSync(join(data, "PG_VERSION"), "99\n");
  const sums = join(b.into, "shop", run, "db.sums");
  const sha = createHash("sha256").update("99\n").digest("hex");
  writeFileSync(sums, readFileSync(sums, "utf8").replace(/^[0-9a-f]{64}(?=  \.\/data\/PG_VERSION$)/m, sha));
  const manifest = join(b.into, "shop", run, "manifest.json");
  const digest = createHash("sha256").update(readFileSync(sums)).digest("hex");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/(?<="sums": ")[0-9a-f]{64}/, digest));
  assert.equal((await b.restore({ SET: run })).end, "failed restore-other-version");
});

test("postgres: a point that nobody chose may lie behind the newest set, as far as the archive goes, and no further", async (t) => {
  if (!has(t)) return;
  const { server, bench } = await told(t);
  const b = await bench(
    t,
    {},
    join(
      openRoom((work) => t.after(work)),
      "sets",
    ),
  );
  const utc = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  server.ask("CREATE TABLE tick (at timestamptz DEFAULT clock_timestamp())");
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  const manifest = readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8");
  const whole = Date.parse((JSON.parse(manifest) as { until: string }).until);
  const last = (): string => server.ask(`INSERT INTO tick DEFAULT VALUES RETURNING ${utc}`);
  await until(() => Date.parse(last()) > whole + 4_000, "the clock stands");
  await server.archived();
  const end2 = server.ask(`SELECT max(${utc}) FROM tick`);
  let seen = "";
  const back = await b.restore({ TO: `random:${lateSeed()}` }, ({ outputs }) => {
    const { POINT = "", POINT_FROM = "", POINT_UNTIL = "", SET_ID } = outputs;
    assert.equal(SET_ID, run);
    assert.ok(POINT_FROM < POINT && Date.parse(POINT) > whole + 2_000 && POINT < POINT_UNTIL, JSON.stringify(outputs));
    // Committed a moment after it was written.
    assert.ok(POINT_UNTIL.slice(0, 22) >= end2.slice(0, 22), `${POINT_UNTIL} ${end2}`);
    const ask = askRestored(outputs);
    seen = ask("SELECT count(*) FROM tick");
    assert.equal(ask(`SELECT count(*) FROM tick WHERE at > '${POINT}'`), "0");
    const sure = `SELECT count(*) FROM tick WHERE at < timestamptz '${POINT}' - interval '500 ms'`;
    assert.equal(ask(sure), server.ask(sure));
  });
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.ok(Number(seen) > 0 && Number(seen) < Number(server.ask("SELECT count(*) FROM tick")), seen);
  // An archive that is gone hides nothing: what is drawn cannot be had, and is refused with its reason.
  const gone = await bench(t, { archive: join(b.into, "none") }, b.into);
  const lost = await gone.restore({ TO: "random" });
  assert.deepEqual([lost.at, lost.end], ["restore-db", "failed backup-no-source"]);
});
