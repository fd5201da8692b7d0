// What lies in a data directory is its user's alone, also where the folder itself is open to all.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lockFile } from "../src/store/lock.ts";
import { openDatabase, openToRead } from "../src/store/open.ts";
import { bookFolder, serving } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Files below a folder that anybody but their user may do anything with. */
const openFiles = (root: string): readonly string[] =>
  readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => (statSync(path).mode & 0o077) !== 0)
    .map((path) => path.slice(root.length + 1));

test("a database, what SQLite lays beside it, and a lock are their user's alone, whatever the umask says", (t) => {
  const root = folder(t);
  const before = process.umask(0);
  t.after(() => process.umask(before));
  const file = join(root, "state.db");
  const db = openDatabase(file);
  db.exec("CREATE TABLE one (a); INSERT INTO one VALUES (1)");
  using lock = lockFile(join(root, "owner.db"));
  assert.ok(lock);
  assert.deepEqual([file, `${file}-wal`, `${file}-shm`, lock.file].map(modeOf), ["600", "600", "600", "600"]);
  // A second hand in this process opens it, and the lock is still held.
  assert.equal(lockFile(lock.file), undefined);
  db.close();
});

test("what an older start left open is shut; a file that its user made read-only stays so", (t) => {
  const root = folder(t);
  const file = join(root, "state.db");
  const first = openDatabase(file);
  first.exec("CREATE TABLE one (a)");
  for (const end of ["", "-wal", "-shm"]) chmodSync(file + end, 0o644);
  const second = openDatabase(file);
  assert.deepEqual(
    ["", "-wal", "-shm"].map((end) => modeOf(file + end)),
    ["600", "600", "600"],
  );
  second.close();
  first.close();
  chmodSync(file, 0o444);
  const read = openToRead(file);
  assert.deepEqual({ ...read.prepare("SELECT count(*) AS n FROM one").get() }, { n: 0 });
  read.close();
  assert.equal(modeOf(file), "444", "who only reads changes nothing");
  openDatabase(file).close();
  assert.equal(modeOf(file), "400");
});

test("a folder in the way of a database is left as it is", (t) => {
  const path = join(folder(t), "state.db");
  mkdirSync(path, { mode: 0o755 });
  writeFileSync(join(path, "kept"), "");
  assert.throws(() => openDatabase(path), { code: "STORE-CANNOT-OPEN" });
  assert.equal(modeOf(path), "755");
});

test("in a data directory that was there before with mode 0755 nobody else reads a file", async (t) => {
  const root = bookFolder(t);
  const data = join(root, ".watchbook");
  mkdirSync(data, { recursive: true, mode: 0o755 });
  chmodSync(data, 0o755);
  const before = process.umask(0o022);
  t.after(() => process.umask(before));
  await serving(t, root, {});
  assert.deepEqual(openFiles(data), []);
});
