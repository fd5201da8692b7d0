// The backup kind `restic` against the real program, and the operations of its that lied.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench, type Bench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { backupSuite, flip } from "../suites/backup.ts";
import { done, said, sentence } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

const PASSWORDS: Readonly<Record<string, string>> = { main: "of the host", escrow: "in the safe", wrong: "mistyped" };
const secret = (name: string): Promise<string> => Promise.resolve(PASSWORDS[name]!);

const restic = (repository: string, ...words: readonly string[]): string =>
  execFileSync("restic", ["-q", "--no-cache", "-r", repository, ...words], {
    encoding: "utf8",
    env: { ...process.env, RESTIC_PASSWORD: PASSWORDS["main"] },
    stdio: ["ignore", "pipe", "pipe"],
  });

const snapshots = (repository: string): readonly string[] =>
  (JSON.parse(restic(repository, "snapshots", "--json")) as readonly { readonly id: string }[]).map(({ id }) => id);

/** The pack that has the files' own bytes. */
function pack(repository: string): string {
  const files = readdirSync(join(repository, "data"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.toSorted((a, b) => statSync(b).size - statSync(a).size)[0]!;
}

interface Given {
  readonly path: string;
  readonly repository: string;
  readonly with: Readonly<Record<string, unknown>>;
}

function place(t: TestContext): Given {
  const path = folder(t);
  const repository = join(folder(t), "repository");
  return { path, repository, with: { path, repository, password: { secret: "main" }, create: true } };
}

const bench = (t: TestContext, params: object): Promise<Bench> =>
  backupBench(t, { parts: [{ id: "files", kind: "restic", with: { ...params } }], secret });

backupSuite({
  kind: "restic",
  proves: "",
  has: (t) => needs(t, "restic"),
  source: (t) => {
    const { path, repository, with: params } = place(t);
    mkdirSync(join(path, "with space"));
    const names = (root: string) =>
      readdirSync(join(root, "with space"))
        .map((name) => name.slice(0, -4))
        .toSorted();
    return Promise.resolve({
      part: { id: "files", kind: "restic", with: params },
      secret,
      add: (what) => writeFileSync(join(path, "with space", `${what}.bin`), randomBytes(80_000)),
      has: () => names(path),
      restored: (outputs) => names(outputs["FILES_DIR"]!),
      damaged: () => pack(repository),
    });
  },
});

test("restic: a damaged pack passes restic's own check, and not ours", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  const b = await bench(t, params);
  writeFileSync(join(path, "a"), randomBytes(80_000));
  assert.equal((await b.take()).end, "ok");
  flip(pack(repository));
  restic(repository, "check"); // exits with 0
  const end = await b.examine("files");
  assert.equal(said(end), "failed backup-damaged");
});

test("restic: pruning forgets by id alone: a wrong id refuses, and every other snapshot stays [S-052]", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  const b = await bench(t, params);
  const runs: string[] = [];
  for (const what of ["one", "two", "three"]) {
    writeFileSync(join(path, what), randomBytes(2_000));
    runs.push((await b.take()).run);
  }
  const before = snapshots(repository);
  assert.equal(before.length, 3);
  const manifest = join(b.into, "shop", runs[0]!, "manifest.json");
  const text = readFileSync(manifest, "utf8");
  const right = JSON.parse(text).parts[0].facts.SNAPSHOT as string;
  const prune = (): ReturnType<typeof done> =>
    done("backup-prune", { set: "shop", into: b.into, keep: { copies: 2 } }, b.context("run-p", "prune"));
  const other = before.find((id) => id !== right)!;
  for (const wrong of ["", right.slice(0, 8), "0".repeat(64), other]) {
    writeFileSync(manifest, text.replaceAll(right, wrong));
    const run = b.context(`run-${wrong.slice(0, 4)}`, `prune-${wrong.length}-${wrong.slice(0, 3)}`);
    const end = await done("backup-prune", { set: "shop", into: b.into, keep: { copies: 2 } }, run);
    assert.equal(said(end), "failed backup-restic-id", `${wrong}: ${said(end)} ${JSON.stringify(end.args)}`);
    assert.deepEqual(snapshots(repository), before);
    assert.ok(existsSync(manifest));
  }
  writeFileSync(manifest, text);
  assert.equal(said(await prune()), "ok");
  assert.deepEqual(
    snapshots(repository),
    before.filter((id) => id !== right),
  );
  assert.ok(!existsSync(manifest));
  assert.equal((await b.restore({ SET: runs[1]! })).end, "ok");
});

test("restic: a set whose snapshot was forgotten just before the pruner died is pruned by the next one", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  const b = await bench(t, params);
  for (const what of ["one", "two"]) {
    writeFileSync(join(path, what), "x");
    assert.equal((await b.take()).end, "ok");
  }
  const [first] = readdirSync(join(b.into, "shop")).toSorted();
  const { facts } = JSON.parse(readFileSync(join(b.into, "shop", first!, "manifest.json"), "utf8")).parts[0];
  restic(repository, "forget", facts.SNAPSHOT);
  const given = { set: "shop", into: b.into, keep: { copies: 1 } };
  assert.equal(said(await done("backup-prune", given, b.context("run-p", "prune"))), "ok");
  assert.equal(snapshots(repository).length, 1);
  assert.ok(!existsSync(join(b.into, "shop", first!)));
});

test("restic: a repository that is gone keeps its sets until the book says so; the last restored one stays [S-052]", async (t) => {
  if (!needs(t, "restic")) return;
  const [old, now] = [place(t), place(t)];
  const b = await bench(t, old.with);
  writeFileSync(join(old.path, "one"), "x");
  const proven = await b.take();
  assert.equal((await b.restore()).end, "ok");
  const last = await b.take();
  rmSync(old.repository, { recursive: true });
  const given = { set: "shop", into: b.into, keep: { copies: 1 } };
  const parts = (gone: readonly string[]) => [
    { id: "files", kind: "restic", with: { ...now.with, path: old.path, gone } },
  ];
  const newest = await (await backupBench(t, { parts: parts([]), secret, into: b.into })).take();
  assert.equal(newest.end, "ok");
  const refused = await done("backup-prune", { ...given, parts: parts([]) }, b.context("run-p", "prune"));
  assert.equal(said(refused), "failed backup-restic-away");
  for (const lang of ["en", "zh"] as const) assert.ok(sentence(refused, lang).includes(`gone: ['${old.repository}']`));
  const sets = () => readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r"));
  assert.deepEqual(sets(), [proven.run, last.run, newest.run]);
  const pruned = await done("backup-prune", { ...given, parts: parts([old.repository]) }, b.context("run-q", "prune"));
  assert.equal(said(pruned), "ok");
  assert.deepEqual(sets(), [proven.run, newest.run]);
});

test("restic: what was restored last, or is restored now, from the second place keeps its snapshot, which both places share", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  const away = folder(t);
  const also = [{ name: "away", to: { kind: "folder", path: away } }];
  const parts = [{ id: "files", kind: "restic", with: { ...params } }];
  const b = await backupBench(t, { parts, secret, also });
  const runs: string[] = [];
  for (const what of ["proven", "held", "plain", "newest"]) {
    writeFileSync(join(path, what), "x");
    const { run, end } = await b.take();
    assert.equal(end, "ok");
    runs.push(run);
    cpSync(join(b.into, "shop", run), join(away, "shop", run), { recursive: true });
  }
  assert.equal((await b.restore({ SET: runs[0]!, FROM: "away" })).end, "ok");
  assert.ok(existsSync(join(away, "shop", runs[0]!, "restored.json")));
  const hold = join(away, "shop", runs[1]!, "hold-r20261120-080000-0000000f");
  writeFileSync(hold, "");
  const given = { set: "shop", into: b.into, keep: { copies: 1 }, parts, also };
  const prune = (run: string) => done("backup-prune", given, b.context(run, "prune"));
  const sets = () => readdirSync(join(b.into, "shop")).filter((name) => name.startsWith("r"));
  assert.equal(said(await prune("run-p")), "ok");
  assert.deepEqual(sets(), [runs[0], runs[1], runs[3]]);
  assert.equal(snapshots(repository).length, 3);
  assert.equal((await b.restore({ SET: runs[0]!, FROM: "away" })).end, "ok");
  // What cannot be looked at may be in use: nothing is removed.
  rmSync(hold);
  renameSync(join(away, "shop"), join(away, "gone"));
  writeFileSync(join(away, "shop"), "");
  assert.notEqual((await prune("run-q").catch(() => ({ ending: "failed" }))).ending, "ok");
  assert.equal(snapshots(repository).length, 3);
  rmSync(join(away, "shop"));
  renameSync(join(away, "gone"), join(away, "shop"));
  assert.equal(said(await prune("run-r")), "ok");
  assert.deepEqual(sets(), [runs[0], runs[3]]);
});

test("restic: the escrow key opens the repository, or a look says that nobody could restore it", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  writeFileSync(join(path, "a"), "x");
  const escrow = { ...params, escrow: { secret: "escrow" } };
  const b = await bench(t, escrow);
  const lacking = await b.take();
  assert.equal(lacking.end, "failed backup-escrow");
  const file = join(folder(t), "new");
  writeFileSync(file, PASSWORDS["escrow"]!);
  restic(repository, "key", "add", "--new-password-file", file);
  assert.equal((await b.take()).end, "ok");
  assert.equal(said(await b.examine("files")), "ok");
  const same = await bench(t, { ...params, escrow: { secret: "main" } });
  assert.equal((await same.take()).end, "failed backup-escrow-same");
});

test("restic: a wrong password and a missing repository each say so, and no secret is told", async (t) => {
  if (!needs(t, "restic")) return;
  const { path, repository, with: params } = place(t);
  writeFileSync(join(path, "a"), "x");
  const b = await bench(t, { ...params, create: false });
  assert.equal((await b.take()).end, "failed backup-restic-closed");
  assert.ok(!existsSync(repository));
  const good = await bench(t, params);
  assert.equal((await good.take()).end, "ok");
  const bad = await bench(t, { ...params, password: { secret: "wrong" } });
  const end = await bad.take();
  assert.equal(end.end, "failed backup-restic-closed");
  assert.match(end.args!["detail"] as string, /wrong password/);
  assert.doesNotMatch(JSON.stringify(end) + bad.here.printed(), /mistyped|of the host/);
});
