// A second place for sets: a folder, and another host over rsync and a real sshd.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { meanwhile } from "../kit/meanwhile.ts";
import { sshd } from "../kit/sshd.ts";
import { until } from "../suites/child.ts";
import { flip } from "../suites/backup.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const source = (t: TestContext): string => {
  const path = folder(t);
  mkdirSync(join(path, "sub"));
  writeFileSync(join(path, "sub", "it's a key"), "of the node\n");
  chmodSync(join(path, "sub", "it's a key"), 0o600);
  writeFileSync(join(path, "big"), Buffer.alloc(3_000_000, "0123456789"));
  return path;
};
const parts = (path: string) => [{ id: "files", kind: "files", with: { path } }];
const bench = (t: TestContext, path = source(t)): Promise<Bench> => backupBench(t, { parts: parts(path) });

let attempts = 0;
/** Brings the set of `run` to a place. */
function copy(b: Bench, run: string, to: object, signal?: AbortSignal): Promise<AttemptEnd> {
  const context = b.context(run, `copy-${(attempts += 1)}`);
  return done(
    "backup-copy",
    { set: "shop", into: b.into, parts: parts("/"), to },
    { ...context, ...(signal && { signal }) },
  );
}
const prune = (b: Bench, to: object, keep: object): Promise<AttemptEnd> =>
  done("backup-copy-prune", { set: "shop", into: b.into, to, keep }, b.context("run-p", `prune-${(attempts += 1)}`));

const digest = (b: Bench, run: string, end: AttemptEnd): void => {
  assert.equal(said(end), "ok", sentence(end, "en"));
  assert.match(end.outputs!["COPIED_1"]!, /^[0-9a-f]{64}$/);
  assert.ok(existsSync(join(b.into, "shop", run)));
};

interface Far {
  readonly at: string;
  readonly to: Record<string, unknown>;
}

/** Another host: a real sshd, here. */
async function host(t: TestContext, extra: Record<string, unknown> = {}): Promise<Far> {
  const server = await sshd(t);
  const at = join(folder(t), "it's far", "backups");
  mkdirSync(at, { recursive: true });
  const files = { key: join(server.root, "id"), knownHosts: join(server.root, "known_hosts") };
  return { at, to: { kind: "rsync", to: `${server.host}:${at}`, port: server.port, ...files, ...extra } };
}

function mounted(t: TestContext): Promise<Far> {
  const at = join(folder(t), "nas");
  mkdirSync(at);
  return Promise.resolve({ at, to: { kind: "folder", path: at } });
}

for (const [name, place] of [
  ["a folder", mounted],
  ["another host", host],
] as const) {
  test(`${name}: a set lies there with the same digest and modes, and what the place missed comes too [S-046 S-049]`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd")) return;
    const b = await bench(t);
    const { at, to } = await place(t);
    const one = await b.take();
    const two = await b.take();
    digest(b, two.run, await copy(b, two.run, to));
    assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [one.run, two.run].toSorted());
    const key = join("shop", two.run, "files", "sub", "it's a key");
    assert.equal(readFileSync(join(at, key), "utf8"), "of the node\n");
    for (const root of [b.into, at]) assert.equal(statSync(join(root, key)).mode & 0o777, 0o600);
    // Again: it is there, and is looked at once more.
    digest(b, two.run, await copy(b, two.run, to));
    flip(join(at, "shop", two.run, "files", "big"));
    assert.equal(said(await copy(b, two.run, to)), "failed backup-copy-damaged");
    // What is kept there is kept by a rule of its own.
    const three = await b.take();
    digest(b, three.run, await copy(b, three.run, to));
    assert.equal((await prune(b, to, { copies: 1 })).outputs!["PRUNED"], `${one.run} ${two.run}`);
    assert.deepEqual(readdirSync(join(at, "shop")), [three.run]);
    assert.equal(readdirSync(join(b.into, "shop")).length, 3);
  });

  test(`${name}: a set that somebody begins to restore from while it is about to go stays [S-052]`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd")) return;
    const b = await bench(t);
    const { at, to } = await place(t);
    const one = await b.take();
    const two = await b.take();
    const three = await b.take();
    digest(b, three.run, await copy(b, three.run, to));
    const hold = join(at, "shop", one.run, "hold-r20261120-080000-0000000f");
    const context = meanwhile(b.context("run-p", `prune-${(attempts += 1)}`), () => writeFileSync(hold, ""));
    const end = await done("backup-copy-prune", { set: "shop", into: b.into, to, keep: { copies: 1 } }, context);
    assert.deepEqual([said(end), end.outputs!["PRUNED"]], ["ok", two.run]);
    assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [one.run, three.run].toSorted());
  });

  test(`${name}: what broke off is no set there, and the next run goes on and brings both [S-051]`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd")) return;
    const b = await bench(t);
    const { at, to } = await place(t);
    const first = await b.take();
    digest(b, first.run, await copy(b, first.run, to));
    const one = await b.take();
    // As a killed rsync leaves it: a part of a file under its name, and no digest looked at.
    const half = join(at, "shop", `.copying-${one.run}`, "files");
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, "big"), Buffer.alloc(1_000_000, "0123456789"));
    writeFileSync(join(half, ".big.x1y2z3"), "temporary");
    const gone = join(at, "shop", ".copying-r20200101-000000-00000000");
    mkdirSync(gone);
    const two = await b.take();
    digest(b, two.run, await copy(b, two.run, to));
    assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [first.run, one.run, two.run].toSorted());
  });

  test(`${name}: a place without room says so before the first byte; one that cannot be written is loud [S-054]`, async (t) => {
    if (!needs(t, "rsync", "ssh", "sshd", "root", "mount")) return;
    const b = await bench(t);
    const { to } = await place(t);
    const { run } = await b.take();
    const small = disk(t, "1m");
    const here = to["kind"] === "folder" ? { path: small } : { to: `${String(to["to"]).split(":")[0]}:${small}` };
    const end = await copy(b, run, { ...to, ...here });
    assert.equal(said(end), "failed backup-copy-room");
    assert.deepEqual(readdirSync(join(small, "shop")), []);
    const file = join(folder(t), "file");
    writeFileSync(file, "no folder");
    const bad = to["kind"] === "folder" ? { path: `${file}/x` } : { to: `${String(to["to"]).split(":")[0]}:${file}/x` };
    const closed = await copy(b, run, { ...to, ...bad });
    assert.equal(said(closed), "failed backup-copy-place");
    assert.match(sentence(closed, "en"), /Not a directory/);
  });
}

test("a place that is not mounted is not made on the disk that it is to survive [S-046]", async (t) => {
  if (!needs(t, "rsync")) return;
  const b = await bench(t);
  const { run } = await b.take();
  const path = join(folder(t), "not-mounted");
  assert.equal(said(await copy(b, run, { kind: "folder", path })), "failed backup-copy-place");
  assert.ok(!existsSync(path));
});

test("a set that cannot be brought keeps no other one, and fails the step", async (t) => {
  if (!needs(t, "rsync")) return;
  const b = await bench(t);
  const { at, to } = await mounted(t);
  const bad = await b.take();
  flip(join(b.into, "shop", bad.run, "files", "big"));
  const good = await b.take();
  assert.equal(said(await copy(b, good.run, to)), "failed backup-copy-damaged");
  assert.ok(existsSync(join(at, "shop", good.run)) && !existsSync(join(at, "shop", bad.run)));
});

test("another host: rsync is killed midway: the copy is incomplete, and the next run resumes it [S-051]", async (t) => {
  if (!needs(t, "rsync", "ssh", "sshd")) return;
  const path = source(t);
  // Bytes that no compression makes quick.
  writeFileSync(join(path, "noise"), randomBytes(4_000_000));
  const b = await bench(t, path);
  // Slow enough that it is still at work when it is seen.
  const { at, to } = await host(t, { limit: 20 });
  const one = await b.take();
  const copying = join(at, "shop", `.copying-${one.run}`);
  const cut = copy(b, one.run, to);
  const under = () =>
    existsSync(copying) && readdirSync(copying, { recursive: true }).some((name) => /noise/.test(String(name)));
  await until("it is at work", () => under() && rsyncs(b.into).length > 0);
  for (const pid of rsyncs(b.into)) process.kill(pid, "SIGKILL");
  assert.equal(said(await cut), "failed backup-copy-cut");
  assert.ok(existsSync(copying) && !existsSync(join(at, "shop", one.run)));
  const two = await b.take();
  digest(b, two.run, await copy(b, two.run, { ...to, limit: 1_000_000 }));
  assert.deepEqual(readdirSync(join(at, "shop")).toSorted(), [one.run, two.run].toSorted());
  rmSync(at, { recursive: true });
});

/** Processes named rsync that work on this folder. */
function rsyncs(path: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return words[0] === "rsync" && words.some((word) => word.startsWith(path));
      } catch {
        return false; // ended meanwhile
      }
    })
    .map(Number);
}

test("a host that is not there, or that is not known, is said, and nothing is waited for [S-054]", async (t) => {
  if (!needs(t, "rsync", "ssh", "sshd")) return;
  const b = await bench(t);
  const { to } = await host(t);
  const { run } = await b.take();
  const unknown = join(folder(t), "known_hosts");
  writeFileSync(unknown, "");
  const end = await copy(b, run, { ...to, knownHosts: unknown });
  assert.equal(said(end), "failed backup-copy-place");
  assert.match(sentence(end, "en"), /Host key verification failed/);
  assert.equal(said(await copy(b, run, { ...to, port: 1 })), "failed backup-copy-place");
});
