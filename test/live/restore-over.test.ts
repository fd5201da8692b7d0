// A restored database in the place of the one in use, and back again: real servers, stopped and started by the test.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench, type PartGiven, type Restored } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/until.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import { cluster } from "./cluster.ts";
import { mariadb } from "./databases.ts";
import { disk } from "./disk.ts";
import { fieldsOf, SMALL, secretOf } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";
import { withRepository } from "./pgbackrest.ts";

/** The process that was called with this argument, as /proc shows it. */
function serverWith(argument: string) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
    try {
      const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
      if (argv.includes(argument) && !["sh", "runuser"].includes(basename(argv[0] ?? "")))
        // Its accounts are made once.
        return {
          pid: Number(pid),
          program: readlinkSync(`/proc/${pid}/exe`),
          argv: argv.filter((word) => !word.startsWith("--init-file")),
          uid: readFileSync(`/proc/${pid}/status`, "utf8").match(/^Uid:\t(\d+)/m)![1],
        };
    } catch {
      // ended meanwhile
    }
  return undefined;
}

/** Stops the server in use as an operator does, and gives what starts it again. */
async function stopped(t: TestContext, argument: string): Promise<() => void> {
  const { pid, program, argv, uid } = serverWith(argument)!;
  process.kill(pid, "SIGTERM");
  // PostgreSQL waits for those who are connected; nobody is for long.
  await until(() => serverWith(argument) === undefined, "it does not end");
  const id = Number(uid);
  return () => {
    const child = spawn(program, argv.slice(1), { cwd: "/", stdio: "ignore", uid: id, gid: id });
    t.after(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGQUIT");
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
      await gone;
    });
  };
}

/** Steps of `restore-over` for one part of a restore that is going on. */
function overSteps(b: Bench, part: PartGiven, path: string, { outputs, place }: Restored) {
  const run = basename(place);
  const given = { set: "shop", into: b.into, place: b.places, part: part.id, kind: part.kind, with: part.with, path };
  return async (verb: "ready" | "swap", purpose: "do" | "undo" = "do", number = 1) => {
    const context = b.context(run, `${verb}-${number}`, outputs);
    const attempt = { run, step: `${verb}-${number}`, target: "here", purpose, number: 1 } as const;
    return done(`restore-${verb}`, given, { ...context, attempt });
  };
}

const answers = async (ask: () => unknown, what: string): Promise<void> =>
  until(() => {
    try {
      ask();
      return true;
    } catch {
      return false;
    }
  }, what);

test("postgres: the restored cluster takes the place of the one in use, goes on archiving, and is put back", async (t) => {
  if (!needs(t, "root", "postgres", "psql")) return;
  const server = await cluster((work) => t.after(work));
  server.ask("CREATE TABLE event (id int PRIMARY KEY)");
  const part = { id: "db", kind: "postgres", with: { ...server.with, archive: server.archive } };
  const b = await backupBench(t, { parts: [part], secret: server.secret, into: join(server.room, "sets") });
  assert.equal((await b.take()).end, "ok");
  server.ask("INSERT INTO event VALUES (1)");
  await server.archived();
  const TO = server.ask("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
  server.ask("INSERT INTO event VALUES (2)");
  await server.archived();
  const rows = () => server.ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM event");
  const found = await b.restore({ TO }, async (seen) => {
    const step = overSteps(b, part, server.data, seen);
    const ready = await step("ready");
    assert.equal(said(ready), "ok", sentence(ready, "en"));
    // It still runs: nothing is renamed under it.
    const running = await step("swap");
    assert.equal(said(running), "failed restore-over-in-use");
    assert.equal(rows(), "1 2");
    const start = await stopped(t, server.data);
    assert.equal(said(await step("swap", "do", 2)), "ok");
    start();
    await answers(rows, "the restored cluster does not come up");
    assert.equal(rows(), "1");
    server.ask("INSERT INTO event VALUES (3)");
    await server.archived();
    assert.ok(existsSync(join(server.archive, "00000002.history")), "the new timeline can be followed");
    assert.equal(server.ask("SHOW archive_mode"), "on");
    assert.equal(server.ask("SELECT pg_is_in_recovery()"), "f");
    // And back: what was there has everything that was there.
    const again = await stopped(t, server.data);
    assert.equal(said(await step("swap", "undo", 2)), "ok");
    again();
    await answers(rows, "what was there does not come up");
    assert.equal(rows(), "1 2");
    assert.equal(said(await step("ready", "undo")), "ok");
    assert.deepEqual(
      readdirSync(dirname(server.data)).filter((name) => name.startsWith(`${basename(server.data)}.`)),
      [],
    );
    // A folder that is none of this server's is not replaced.
    const other = folder(t);
    assert.equal(said(await overSteps(b, part, other, seen)("ready", "do", 3)), "ok", "an empty one may be");
    rmSync(`${other}.restored-${basename(seen.place)}`, { recursive: true });
    const etc = await overSteps(b, part, server.archive, seen)("ready", "do", 4);
    assert.equal(said(etc), "failed restore-over-other");
    rmSync(`${server.archive}.restored-${basename(seen.place)}`, { recursive: true });
    // It was restored without waiting for its disk: after another boot nobody knows what it is.
    writeFileSync(join(seen.place, "db", "conf", "boot"), "another\n");
    assert.equal(said(await step("ready", "do", 5)), "failed restore-rebooted");
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("mariadb: the restored server takes the place of the one in use, and is put back", async (t) => {
  const tools = ["mariadbd", "mariadb", "mariadb-backup", "mariadb-install-db", "mariadb-binlog"] as const;
  if (!needs(t, "root", ...tools)) return;
  const server = await mariadb(t, ["--skip-log-bin", ...SMALL]);
  server.ask("CREATE TABLE event (id int PRIMARY KEY) ENGINE=InnoDB");
  server.ask("INSERT INTO event VALUES (1)");
  const part = { id: "db", kind: "mariadb", with: fieldsOf(server) };
  const b = await backupBench(t, { parts: [part], secret: secretOf(server) });
  const taken = await b.take();
  assert.equal(taken.end, "ok", JSON.stringify(taken.args));
  server.ask("INSERT INTO event VALUES (2)");
  const rows = () => server.ask("SELECT GROUP_CONCAT(id ORDER BY id SEPARATOR ' ') FROM event");
  const argument = `--datadir=${server.data}`;
  const found = await b.restore({}, async (seen) => {
    const step = overSteps(b, part, server.data, seen);
    const ready = await step("ready");
    assert.equal(said(ready), "ok", sentence(ready, "en"));
    assert.equal(said(await step("swap")), "failed restore-over-in-use");
    const start = await stopped(t, argument);
    assert.equal(said(await step("swap", "do", 2)), "ok");
    start();
    await answers(rows, "the restored server does not come up");
    assert.equal(rows(), "1");
    server.ask("INSERT INTO event VALUES (3)");
    const again = await stopped(t, argument);
    assert.equal(said(await step("swap", "undo", 2)), "ok");
    again();
    await answers(rows, "what was there does not come up");
    assert.equal(rows(), "1 2");
    assert.equal(said(await step("ready", "undo")), "ok");
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("pgbackrest: the restored cluster takes the place of the one in use with its own settings, archives on, and is put back", async (t) => {
  if (!needs(t, "root", "postgres", "psql", "pgbackrest")) return;
  const server = await withRepository((work) => t.after(work));
  server.ask("CREATE TABLE event (id int PRIMARY KEY)");
  server.ask("ALTER SYSTEM SET work_mem = '7MB'");
  const part = { id: "db", kind: "pgbackrest", with: server.with };
  const b = await backupBench(t, { parts: [part], secret: server.secret, into: join(server.room, "sets") });
  server.ask("INSERT INTO event VALUES (1)");
  assert.equal((await b.take()).end, "ok");
  server.ask("INSERT INTO event VALUES (2)");
  const rows = () => server.ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM event");
  const found = await b.restore({ TO: "set" }, async (seen) => {
    const step = overSteps(b, part, server.data, seen);
    const ready = await step("ready");
    assert.equal(said(ready), "ok", sentence(ready, "en"));
    assert.equal(said(await step("swap")), "failed restore-over-in-use");
    const start = await stopped(t, server.data);
    assert.equal(said(await step("swap", "do", 2)), "ok");
    start();
    await answers(rows, "the restored cluster does not come up");
    assert.equal(rows(), "1");
    assert.deepEqual([server.ask("SHOW archive_mode"), server.ask("SHOW work_mem")], ["on", "7MB"]);
    server.ask("INSERT INTO event VALUES (3)");
    // The repository takes the new history, and everything up to its beginning.
    server.rest("check");
    const again = await stopped(t, server.data);
    assert.equal(said(await step("swap", "undo", 2)), "ok");
    again();
    await answers(rows, "what was there does not come up");
    assert.equal(rows(), "1 2");
    assert.equal(said(await step("ready", "undo")), "ok");
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("postgres-dump: a server made of dumps takes the place of the one in use, with its settings and a WAL of its own", async (t) => {
  if (!needs(t, "root", "postgres", "psql")) return;
  const server = await cluster((work) => t.after(work));
  server.ask("CREATE TABLE event (id int PRIMARY KEY)");
  server.ask("ALTER SYSTEM SET work_mem = '7MB'");
  server.ask("INSERT INTO event VALUES (1)");
  const part = { id: "db", kind: "postgres-dump", with: server.with };
  const b = await backupBench(t, { parts: [part], secret: server.secret, into: join(server.room, "sets") });
  const taken = await b.take();
  assert.equal(taken.end, "ok", JSON.stringify(taken.args));
  server.ask("INSERT INTO event VALUES (2)");
  const rows = () => server.ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM event");
  const found = await b.restore({}, async (seen) => {
    const some = { ...part, with: { ...server.with, database: "postgres" } };
    assert.equal(said(await overSteps(b, some, server.data, seen)("ready")), "failed restore-over-some");
    assert.equal(said(await overSteps(b, part, folder(t), seen)("ready", "do", 2)), "failed restore-over-settings");
    const step = overSteps(b, part, server.data, seen);
    const ready = await step("ready", "do", 3);
    assert.equal(said(ready), "ok restore-over-anew", sentence(ready, "en"));
    const start = await stopped(t, server.data);
    assert.equal(said(await step("swap", "do", 4)), "ok");
    start();
    await answers(rows, "the restored cluster does not come up");
    assert.deepEqual([rows(), server.ask("SHOW work_mem")], ["1", "7MB"]);
    const before = readdirSync(server.archive);
    await server.archived();
    const since = readdirSync(server.archive).filter((name) => !before.includes(name));
    assert.ok(since.length > 0 && since.every((name) => name.startsWith("00000002")), since.join(" "));
    const again = await stopped(t, server.data);
    assert.equal(said(await step("swap", "undo", 4)), "ok");
    again();
    await answers(rows, "what was there does not come up");
    assert.equal(rows(), "1 2");
    assert.equal(said(await step("ready", "undo", 3)), "ok");
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("mariadb-dump: a server made of a dump of everything takes the place of the one in use; one of some databases does not", async (t) => {
  if (!needs(t, "root", "mariadbd", "mariadb", "mariadb-dump", "mariadb-install-db")) return;
  const server = await mariadb(t, ["--skip-log-bin", ...SMALL]);
  server.ask("CREATE TABLE event (id int PRIMARY KEY) ENGINE=InnoDB");
  server.ask("INSERT INTO event VALUES (1)");
  const part = { id: "db", kind: "mariadb-dump", with: fieldsOf(server) };
  const b = await backupBench(t, { parts: [part], secret: secretOf(server) });
  const taken = await b.take();
  assert.equal(taken.end, "ok", JSON.stringify(taken.args));
  server.ask("INSERT INTO event VALUES (2)");
  const rows = () => server.ask("SELECT GROUP_CONCAT(id ORDER BY id SEPARATOR ' ') FROM event");
  const argument = `--datadir=${server.data}`;
  const found = await b.restore({}, async (seen) => {
    const some = { ...part, with: { ...fieldsOf(server), databases: ["shop"] } };
    assert.equal(said(await overSteps(b, some, server.data, seen)("ready")), "failed restore-over-some");
    const step = overSteps(b, part, server.data, seen);
    const ready = await step("ready", "do", 2);
    assert.equal(said(ready), "ok", sentence(ready, "en"));
    const start = await stopped(t, argument);
    assert.equal(said(await step("swap", "do", 3)), "ok");
    start();
    await answers(rows, "the restored server does not come up");
    assert.equal(rows(), "1");
    const again = await stopped(t, argument);
    assert.equal(said(await step("swap", "undo", 3)), "ok");
    again();
    await answers(rows, "what was there does not come up");
    assert.equal(rows(), "1 2");
    assert.equal(said(await step("ready", "undo", 2)), "ok");
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("redis: what was restored takes the place of what is in use, whether that starts from a snapshot or from append-only files", async (t) => {
  if (!needs(t, "root", "redis-server", "redis-cli")) return;
  for (const mode of ["yes", "no"]) {
    const room = folder(t);
    const data = join(room, "data");
    mkdirSync(data);
    const conf = join(room, "conf");
    const socket = join(room, "s");
    const own = [
      `appendonly ${mode}`,
      'appendfilename "shop.aof"',
      'dbfilename "shop.rdb"',
      'save ""',
      "set-proc-title no",
    ];
    writeFileSync(
      conf,
      ["port 0", `unixsocket ${socket}`, `dir ${data}`, "repl-diskless-sync-delay 0", ...own, ""].join("\n"),
    );
    const cli = (...args: string[]) =>
      execFileSync("redis-cli", ["-s", socket, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
    const start = async () => {
      const child = spawn("redis-server", [conf], { cwd: "/", stdio: "ignore" });
      t.after(() => child.kill("SIGKILL"));
      await answers(() => assert.equal(cli("PING"), "PONG"), "redis does not come up");
      return async () => {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await gone;
      };
    };
    const stop = await start();
    cli("SET", "order", "paid");
    const part = { id: "cache", kind: "redis", with: { connect: { socket }, user: "nobody" } };
    const b = await backupBench(t, { parts: [part] });
    const taken = await b.take();
    assert.equal(taken.end, "ok", JSON.stringify(taken.args));
    cli("SET", "order", "lost");
    const found = await b.restore({}, async (seen) => {
      const step = overSteps(b, part, data, seen);
      const ready = await step("ready");
      assert.equal(said(ready), "ok", sentence(ready, "en"));
      assert.equal(said(await step("swap")), "failed restore-over-in-use");
      await stop();
      assert.equal(said(await step("swap", "do", 2)), "ok");
      const end = await start();
      assert.equal(cli("GET", "order"), "paid", `appendonly ${mode}`);
      await end();
      assert.equal(said(await step("swap", "undo", 2)), "ok");
      const last = await start();
      if (mode === "yes") assert.equal(cli("GET", "order"), "lost");
      await last();
      assert.equal(said(await step("ready", "undo")), "ok");
      assert.deepEqual(
        readdirSync(room).filter((name) => name.startsWith("data.")),
        [],
      );
    });
    assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
  }
});

test("a folder: an archive takes its place with its owner's rights; a link, and a folder that somebody stands in, are refused", async (t) => {
  const path = join(folder(t), "data [1]");
  mkdirSync(path, { mode: 0o750 });
  writeFileSync(join(path, "order.txt"), "paid\n");
  const part = { id: "data", kind: "archive", with: { path } };
  const b = await backupBench(t, { parts: [part] });
  assert.equal((await b.take()).end, "ok");
  writeFileSync(join(path, "order.txt"), "lost\n");
  const order = () => readFileSync(join(path, "order.txt"), "utf8");
  const found = await b.restore({}, async (seen) => {
    const step = overSteps(b, part, path, seen);
    assert.equal(said(await step("ready")), "ok");
    const reader = spawn("sleep", ["600"], { cwd: path, stdio: "ignore" });
    t.after(() => reader.kill("SIGKILL"));
    const busy = await step("swap");
    assert.equal(said(busy), "failed restore-over-in-use");
    assert.match(sentence(busy, "en"), new RegExp(`processes ${reader.pid}:`));
    const gone = new Promise((resolve) => reader.once("exit", resolve));
    reader.kill("SIGKILL");
    await gone;
    assert.equal(said(await step("swap", "do", 2)), "ok");
    assert.equal(order(), "paid\n");
    assert.equal(statSync(path).mode & 0o777, 0o750);
    // Done once more, as after a crash: it is done.
    assert.equal(said(await step("swap", "do", 3)), "ok");
    assert.equal(order(), "paid\n");
    assert.equal(said(await step("swap", "undo", 3)), "ok");
    assert.equal(order(), "lost\n");
    assert.equal(said(await step("ready", "undo")), "ok");
    assert.deepEqual(readdirSync(dirname(path)), [basename(path)]);
    const link = join(folder(t), "link");
    symlinkSync(path, link);
    assert.equal(said(await overSteps(b, part, link, seen)("ready", "do", 4)), "failed restore-over-link");
    // Nothing was there: it is put in place, and an empty folder is what is put back.
    const absent = overSteps(b, part, join(dirname(path), "absent"), seen);
    for (const verb of ["ready", "swap"] as const) assert.equal(said(await absent(verb, "do", 5)), "ok");
    assert.equal(readFileSync(join(dirname(path), "absent", "order.txt"), "utf8"), "paid\n");
    assert.equal(said(await absent("swap", "undo", 5)), "ok");
    assert.deepEqual(readdirSync(join(dirname(path), "absent")), []);
  });
  assert.equal(found.end, "ok", `${found.at}: ${JSON.stringify(found.args)}`);
});

test("what another file system is mounted on is not renamed", async (t) => {
  if (!needs(t, "root", "mount")) return;
  const path = disk(t, "4m");
  writeFileSync(join(path, "order.txt"), "paid\n");
  const part = { id: "data", kind: "files", with: { path } };
  const b = await backupBench(t, { parts: [part] });
  assert.equal((await b.take()).end, "ok");
  const found = await b.restore({}, async (seen) => {
    assert.equal(said(await overSteps(b, part, path, seen)("ready")), "failed restore-over-mount");
  });
  assert.equal(found.end, "ok");
});
