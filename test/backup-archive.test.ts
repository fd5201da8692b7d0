// The backup kind `archive`: a folder as one tar archive.
import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { archiveBackup } from "../src/kinds/backups/archive.ts";
import { carryBackup } from "../src/kinds/steps/backup/carry.ts";
import { backupBench, type Bench } from "./kit/backup.ts";
import { folder } from "./kit/folder.ts";
import { described, wild } from "./kit/trees.ts";
import { until } from "./kit/until.ts";
import { needs } from "./live/needs.ts";
import { backupSuite } from "./suites/backup.ts";

async function ended(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

const bench = (t: TestContext, params: object): Promise<Bench> =>
  backupBench(t, { parts: [{ id: "data", kind: "archive", with: { ...params } }] });

for (const compress of ["gz", "zst", "none"])
  backupSuite({
    kind: `archive ${compress}`,
    proves: "",
    has: (t) => compress !== "zst" || needs(t, "zstd"),
    source: (t) => {
      const path = folder(t);
      mkdirSync(join(path, "in"));
      const names = (root: string) => readdirSync(join(root, "in")).toSorted();
      return Promise.resolve({
        part: { id: "data", kind: "archive", with: { path, compress } },
        add: (what) => writeFileSync(join(path, "in", what), `this is ${what}\n`),
        has: () => names(path),
        restored: (outputs) => names(outputs["DATA_DIR"]!),
      });
    },
  });

test("archive: modes, owners, links, holes and names come back; any tar opens it", async (t) => {
  const path = folder(t);
  wild(path);
  writeFileSync(join(path, "left.tmp"), "left out");
  const b = await bench(t, { path, name: "dht-data", exclude: ["*.tmp", "./empty"] });
  const { run, end } = await b.take();
  assert.equal(end, "ok");
  const file = join(b.into, "shop", run, "data", "dht-data.tar.gz");
  assert.match(execFileSync("tar", ["tzf", file], { encoding: "utf8" }), /identity\.key/);
  let seen: readonly string[] = [];
  const back = await b.restore({}, ({ outputs }) => void (seen = described(outputs["DATA_DIR"]!)));
  assert.equal(back.end, "ok");
  assert.deepEqual(
    seen,
    described(path).filter((line) => !line.startsWith("left.tmp") && !line.startsWith("empty|")),
  );
});

test("archive: digests of its files are read from the archive itself", async (t) => {
  const path = folder(t);
  wild(path);
  const b = await bench(t, { path });
  const { run } = await b.take();
  const copy = join(b.into, "shop", run, "data");
  const list = join(folder(t), "list");
  const parsed = archiveBackup.params.safeParse({ path });
  assert.ok(parsed.success);
  const { text, env } = archiveBackup.list!(parsed.data);
  const { end } = await carryBackup(b.context("run-l", "list"), { sudo: false }, text, {
    ...env,
    WB_COPY: copy,
    WB_LIST: list,
  });
  assert.equal(end.ending, "ok");
  const expected = execFileSync("sh", ["-c", "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum --"], {
    cwd: path,
    encoding: "utf8",
  });
  assert.equal(readFileSync(list, "utf8"), expected);
  assert.ok(!existsSync(`${list}.files`));
});

test("archive: what is written meanwhile is refused, and taken whole when the writer keeps still [S-050]", async (t) => {
  // Hooks run in the order they were registered: the writer ends before its folder goes.
  const writers: ChildProcess[] = [];
  t.after(() => Promise.all(writers.map(ended)));
  const path = folder(t);
  // Two files that a datastore changes together; large, so that the copy takes a while.
  const text = `
    i=0
    while :; do
      i=$((i + 1))
      while [ -e "$1/still" ]; do : >"$1/keeps"; sleep 0.05; done
      rm -f "$1/keeps"
      [ "$i" -lt 3 ] || : >"$1/writes"
      for f in a b; do printf '%09d' "$i" | dd of="$1/data/$f" conv=notrunc 2>/dev/null; done
    done`;
  mkdirSync(join(path, "data"));
  for (const name of ["a", "b"]) writeFileSync(join(path, "data", name), Buffer.alloc(24 * 1_048_576, "x"));
  writers.push(spawn("sh", ["-c", text, "writer", path], { stdio: "ignore" }));
  await until(() => existsSync(join(path, "writes")), "it does not write");
  const source = { path: join(path, "data") };
  const torn = await (await bench(t, source)).take();
  assert.equal(torn.end, "failed backup-changed");
  const quiesce = {
    before: `: >${path}/still; while [ ! -e ${path}/keeps ]; do sleep 0.05; done`,
    after: `rm -f ${path}/still`,
  };
  const b = await bench(t, { ...source, quiesce });
  assert.equal((await b.take()).end, "ok");
  assert.ok(!existsSync(join(path, "still")));
  const heads: string[] = [];
  const back = await b.restore({}, ({ outputs }) => {
    for (const name of ["a", "b"])
      heads.push(readFileSync(join(outputs["DATA_DIR"]!, name)).subarray(0, 9).toString("utf8"));
  });
  assert.equal(back.end, "ok");
  assert.match(heads[0]!, /^\d{9}$/);
  assert.equal(heads[0], heads[1]);
});

test("archive: the writer goes on when the copy fails, and a writer that does not go on is said", async (t) => {
  const path = folder(t);
  const mark = join(folder(t), "still");
  writeFileSync(join(path, "a"), "a");
  const quiesce = { before: `: >${mark}; true`, after: `rm ${mark}` };
  const gone = await (await bench(t, { path: join(path, "a-folder"), quiesce })).take();
  assert.equal(gone.end, "failed backup-no-source");
  const before = { before: `: >${mark}; exit 3`, after: `rm ${mark}` };
  const refused = await (await bench(t, { path, quiesce: before })).take();
  assert.equal(refused.end, "failed backup-quiesce");
  assert.ok(!existsSync(mark));
  // It is still held when the backup is ended: that is an undo that failed, and loud.
  const stuck = await bench(t, { path, quiesce: { before: "true", after: "echo no unit; exit 4", limit: 2 } });
  await assert.rejects(stuck.take(), /the backup was not ended: failed backup-quiesce/);
});

test("archive: a writer whose copy was killed goes on when the backup is ended", async (t) => {
  const path = folder(t);
  const mark = join(folder(t), "still");
  writeFileSync(join(path, "a"), "a");
  // The copy is killed as a time limit does it: no trap of its shell runs any more.
  const quiesce = { before: `: >${mark}; kill -KILL "$PPID"`, after: `rm ${mark}` };
  const cut = await (await bench(t, { path, quiesce })).take();
  assert.notEqual(cut.end, "ok");
  assert.ok(!existsSync(mark), "it goes on");
});
