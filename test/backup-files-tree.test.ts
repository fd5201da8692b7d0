// The backup kind `files` on trees as they are: links between sets, odd names, writers, full and read-only disks.
import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench } from "./kit/backup.ts";
import { folder } from "./kit/folder.ts";
import { described, usage, wild } from "./kit/trees.ts";
import { disk } from "./live/disk.ts";
import { needs } from "./live/needs.ts";
import { until } from "./suites/child.ts";
import { done, said } from "./suites/step-context.ts";

const bench = (t: TestContext, params: object, into?: string): Promise<Bench> =>
  backupBench(t, { parts: [{ id: "files", kind: "files", with: { ...params } }], ...(into !== undefined && { into }) });

async function ended(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

const copyOf = (b: Bench, run: string): string => join(b.into, "shop", run, "files");
const facts = (b: Bench, run: string): Record<string, string> =>
  JSON.parse(readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8")).parts[0].facts;

/** A PATH on which there is everything but rsync. */
function withoutRsync(t: TestContext): string {
  const bin = folder(t);
  const taken = new Set(["rsync"]);
  for (const at of (process.env["PATH"] ?? "").split(delimiter).filter((path) => existsSync(path)))
    for (const name of readdirSync(at)) {
      if (!taken.has(name)) symlinkSync(join(at, name), join(bin, name));
      taken.add(name);
    }
  return bin;
}

for (const tool of ["rsync", "tar"])
  test(`files with ${tool}: modes, owners, links, holes, names and times come back; sockets and pipes are told`, async (t) => {
    if (!needs(t, "rsync")) return;
    const path = folder(t);
    wild(path);
    writeFileSync(join(path, "left.tmp"), "left out");
    const expected = described(path).filter((line) => !line.startsWith("left.tmp") && !line.startsWith("empty|"));
    execFileSync("mkfifo", [join(path, "pipe")]);
    const server = createServer().listen(join(path, "socket"));
    await once(server, "listening");
    t.after(() => server.close());
    const env = tool === "tar" ? { PATH: withoutRsync(t) } : {};
    const parts = [{ id: "files", kind: "files", with: { path, exclude: ["*.tmp", "./empty"] } }];
    const b = await backupBench(t, { parts, env });
    const { run, end, args } = await b.take();
    assert.equal(end, "ok", JSON.stringify(args));
    assert.match(facts(b, run)["TOOL"]!, new RegExp(tool));
    assert.equal(facts(b, run)["SKIPPED"], "2");
    let seen: readonly string[] = [];
    assert.equal((await b.restore({}, ({ outputs }) => void (seen = described(outputs["FILES_DIR"]!)))).end, "ok");
    assert.deepEqual(seen, expected);
    assert.ok(usage(copyOf(b, run)) < 4 * 1_048_576, "holes are kept");
  });

test("files: what did not change takes no room, and a set stands when the one before is pruned", async (t) => {
  if (!needs(t, "rsync")) return;
  const path = folder(t);
  for (const name of ["a", "b", "c"]) writeFileSync(join(path, name), Buffer.alloc(1_000_000, name));
  const b = await bench(t, { path });
  const first = await b.take();
  // The same size and time, another content: only a look at every byte sees it.
  const { atimeMs, mtimeMs } = statSync(join(path, "b"));
  writeFileSync(join(path, "b"), Buffer.alloc(1_000_000, "B"));
  utimesSync(join(path, "b"), atimeMs / 1_000, mtimeMs / 1_000);
  const second = await b.take();
  const inode = (run: string, name: string): number => statSync(join(copyOf(b, run), name)).ino;
  assert.equal(inode(first.run, "a"), inode(second.run, "a"));
  assert.notEqual(inode(first.run, "b"), inode(second.run, "b"));
  assert.equal(facts(b, second.run)["LINKED"], "2");
  assert.ok(usage(join(b.into, "shop")) < 4_600_000, String(usage(join(b.into, "shop"))));
  const given = { set: "shop", into: b.into, keep: { copies: 1 } };
  assert.equal(said(await done("backup-prune", given, b.context("run-p", "prune"))), "ok");
  assert.deepEqual(readdirSync(join(b.into, "shop")), [second.run]);
  assert.equal(said(await b.examine("files")), "ok");
  let seen = "";
  await b.restore({}, ({ outputs }) => {
    seen = ["a", "b", "c"].map((name) => readFileSync(join(outputs["FILES_DIR"]!, name), "utf8")[0]).join("");
    // What is restored is a file of its own: writing to it reaches no set.
    appendFileSync(join(outputs["FILES_DIR"]!, "a"), "written");
  });
  assert.equal(seen, "aBc");
  assert.equal(said(await b.examine("files")), "ok");
});

test("files: a damaged file of the set before is not taken over", async (t) => {
  if (!needs(t, "rsync")) return;
  const path = folder(t);
  writeFileSync(join(path, "a"), Buffer.alloc(100_000, "a"));
  const b = await bench(t, { path });
  const { run } = await b.take();
  const file = join(copyOf(b, run), "a");
  const { atimeMs, mtimeMs } = statSync(file);
  writeFileSync(file, Buffer.alloc(100_000, "!"));
  utimesSync(file, atimeMs / 1_000, mtimeMs / 1_000);
  const next = await b.take();
  assert.equal(readFileSync(join(copyOf(b, next.run), "a"), "utf8")[0], "a");
  assert.equal(said(await b.examine("files")), "ok");
});

test("files: access lists and attributes come back", async (t) => {
  if (!needs(t, "rsync", "getfacl", "setfattr")) return;
  const path = folder(t);
  writeFileSync(join(path, "a"), "a");
  execFileSync("setfacl", ["-m", "u:65534:r", join(path, "a")]);
  execFileSync("setfattr", ["-n", "user.owner", "-v", "orders", join(path, "a")]);
  const look = (root: string): string =>
    execFileSync("sh", ["-c", "getfacl -n a; getfattr -d a"], { cwd: root, encoding: "utf8" });
  const b = await bench(t, { path });
  assert.equal((await b.take()).end, "ok");
  let seen = "";
  assert.equal((await b.restore({}, ({ outputs }) => void (seen = look(outputs["FILES_DIR"]!)))).end, "ok");
  assert.equal(seen, look(path));
});

test("files: a file that is written meanwhile is refused, or taken where that is said to be harmless", async (t) => {
  if (!needs(t, "rsync")) return;
  // Hooks run in the order they were registered: the writer ends before its folder goes.
  const writers: ChildProcess[] = [];
  t.after(() => Promise.all(writers.map(ended)));
  const path = folder(t);
  for (const name of ["a", "b", "c"]) writeFileSync(join(path, name), Buffer.alloc(16 * 1_048_576, name));
  writers.push(spawn("sh", ["-c", 'while :; do echo now >>"$1/log"; done', "writer", path], { stdio: "ignore" }));
  // A file that is new meanwhile is no change of one: it must be there, and at work.
  await until("the writer writes", () => existsSync(join(path, "log")) && statSync(join(path, "log")).size > 0);
  const refused = await (await bench(t, { path })).take();
  assert.equal(refused.end, "failed backup-changed", JSON.stringify(refused.args));
  assert.match(refused.args!["detail"] as string, /log/);
  const taken = await (await bench(t, { path, changing: true })).take();
  assert.equal(taken.end, "ok", JSON.stringify(taken.args));
});

test("files: a disk too small is said before the start, one that is full or read-only is loud [S-054]", async (t) => {
  if (!needs(t, "root", "mount", "rsync")) return;
  const path = folder(t);
  writeFileSync(join(path, "a"), Buffer.alloc(3 * 1_048_576, "a"));
  const small = disk(t, "2m");
  const b = await bench(t, { path }, small);
  const { end, at } = await b.take();
  assert.deepEqual([at, end], ["begin", "failed backup-no-room"]);
  assert.deepEqual(readdirSync(join(small, "shop")), []);
  const closed = disk(t, "8m");
  execFileSync("mount", ["-o", "remount,ro", closed]);
  const read = await bench(t, { path }, closed);
  const begun = read.take();
  assert.equal((await begun).end, "failed backup-folder");
});

test("files: many small ones, again as links", async (t) => {
  if (!needs(t, "rsync")) return;
  const path = folder(t);
  for (let at = 0; at < 20; at += 1) {
    mkdirSync(join(path, `d${at}`));
    for (let file = 0; file < 100; file += 1) writeFileSync(join(path, `d${at}`, `${file}`), `${at} ${file}\n`);
  }
  const b = await bench(t, { path });
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  const again = await b.take();
  assert.equal(facts(b, again.run)["LINKED"], "2000");
  const { parts } = JSON.parse(readFileSync(join(b.into, "shop", run, "manifest.json"), "utf8"));
  assert.equal(parts[0].files, 2_000);
  assert.equal((await b.restore()).end, "ok");
});
