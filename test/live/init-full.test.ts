// `init` on a disk that has no room, or not enough: nothing half-written, and the same command works when there is room.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cli } from "../kit/cli.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const names = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: "utf8" }).sort();

for (const [left, words] of [
  [0, "none"],
  [8, "a little"],
] as const)
  test(`init with ${words} room left makes nothing and says why; a folder of manuals stays as it is`, async (t) => {
    if (!needs(t, "root", "mount", "umount", "truncate")) return;
    const small = disk(t, "256k");
    const manuals = join(small, "manuals");
    mkdirSync(manuals);
    writeFileSync(join(manuals, "ops.md"), "# Operations\n");
    const filler = join(small, "filler");
    execFileSync("sh", ["-c", `head -c 1m /dev/zero > "$0" 2>/dev/null; truncate -s -${left}k "$0"`, filler]);
    const before = names(small);
    const fresh = ["init", join(small, "a", "book"), "--template", "plain"];
    const refused = await cli(t, fresh, small);
    assert.equal(refused.code, 2, refused.err);
    assert.match(refused.err, /cannot be written \(no space left, ENOSPC\)/);
    assert.deepEqual(names(small), before);
    if (left === 0) {
      const adopted = await cli(t, ["init", manuals], small);
      assert.equal(adopted.code, 2, adopted.err);
      assert.match(adopted.err, /cannot be written \(no space left, ENOSPC\)/);
      assert.deepEqual(names(small), before);
    }
    rmSync(filler);
    for (const argv of [fresh, ["init", manuals]]) {
      const made = await cli(t, argv, small);
      assert.equal(made.code, 0, made.err);
    }
  });
