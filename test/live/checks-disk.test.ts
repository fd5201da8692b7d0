import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Measured, Sample } from "../../src/model/check.ts";
import { clockAt, contextOf, here, measure, said, sampleOf } from "../suites/check-context.ts";
import { needs } from "./needs.ts";

const DAY = 86_400_000;

/** A small file system of the test's own; gone when it ends. */
function mounted(t: TestContext, options: string): string {
  const directory = mkdtempSync(join(tmpdir(), "watchbook-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "watchbook-test", directory]);
  t.after(() => {
    execFileSync("umount", [directory]);
    rmdirSync(directory);
  });
  return directory;
}

test("disk: a full file system, and one out of inodes, reach their limits", async (t) => {
  if (!needs(t, "root", "mount")) return;
  const directory = mounted(t, "size=20m,nr_inodes=100");
  const context = contextOf(await here(t));
  const value = async (of: string) => {
    const got = await measure("disk", { path: directory, of }, context);
    return got.kind === "value" ? got.value : Number.NaN;
  };
  assert.deepEqual([await value("space"), (await value("inodes")) <= 1], [0, true]);
  for (let at = 0; at < 98; at += 1) writeFileSync(join(directory, String(at)), "");
  assert.ok((await value("inodes")) >= 99 && (await value("space")) < 5);
  assert.throws(() => writeFileSync(join(directory, "0"), Buffer.alloc(30_000_000)), /ENOSPC/);
  assert.equal(await value("space"), 100);
});

test("disk growth: 20 % in one interval is abnormal and names both samples, slow growth is not [M-029]", async (t) => {
  if (!needs(t, "root", "mount")) return;
  const directory = mounted(t, "size=100m");
  const reach = await here(t);
  const history: Sample[] = [];
  const run = async (day: number): Promise<Measured> => {
    const got = await measure(
      "disk-growth",
      { path: directory },
      contextOf(reach, { clock: clockAt(day * DAY), history: [...history] }),
    );
    history.push(sampleOf(got, day * DAY));
    return got;
  };
  assert.equal(said(await run(0)), "unknown no-baseline");
  for (let day = 1; day <= 8; day += 1) {
    writeFileSync(join(directory, `day-${day}`), Buffer.alloc(2_000_000, 1));
    assert.equal(said(await run(day)), "pass growth-usual", `day ${day}`);
  }
  writeFileSync(join(directory, "jump"), Buffer.alloc(21_000_000, 1));
  const jump = await run(9);
  assert.equal(said(jump), "fail growth-abnormal");
  const { before, beforeAt, used } = jump.facts!;
  assert.equal(beforeAt, new Date(8 * DAY).toISOString());
  assert.ok(Number(used) - Number(before) >= 20_971_520, JSON.stringify(jump.facts));
});
