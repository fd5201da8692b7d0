import assert from "node:assert/strict";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { makeFolder } from "../src/store/folder.ts";
import { folder } from "./kit/folder.ts";

test("a folder is made with all that lack above it, and making it again changes nothing", (t) => {
  const path = join(folder(t), "a", "b", "c");
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  assert.equal(statSync(path).mode & 0o777, 0o700);
});

test("a file in the way, and a file system that takes no folders, refuse at once", { timeout: 10_000 }, (t) => {
  const file = join(folder(t), "file");
  writeFileSync(file, "");
  assert.throws(() => makeFolder(file), { code: "EEXIST" });
  assert.throws(() => makeFolder(join(file, "below")), { code: "ENOTDIR" });
  // Node's own recursive mkdir goes round and round here for ever.
  if (existsSync("/proc/self")) assert.throws(() => makeFolder("/proc/watchbook/below"), { code: "EROFS" });
});
