// The disk of the data itself is full or read-only: what can be measured is measured and said, and no state is lost.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { begin, cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/wb.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const MANUAL = "# Beacon\n\n## Daily inspection\n\n- [ ] The beacon file is there\n";
const CONFIG =
  'zone: Asia/Shanghai\nchecks:\n  beacon:\n    kind: file\n    params: { path: beacon }\n    items: ["The beacon file is there"]\n';

/** A book of one check that passes, on a sound disk; its data on a small one of their own. */
function place(t: TestContext): { readonly root: string; readonly data: string; readonly small: string } {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), MANUAL);
  writeFileSync(join(root, "watchbook.yaml"), CONFIG);
  writeFileSync(join(root, "beacon"), "lit\n");
  const small = disk(t, "4m");
  return { root, small, data: join(small, "data") };
}

const fill = (small: string): string => {
  const filler = join(small, "filler");
  execFileSync("sh", ["-c", 'head -c 8m /dev/zero > "$0" 2>/dev/null || true', filler]);
  return filler;
};
const names = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
/** Runs that a person asked for, in the twin of a report: what is due by the hour of the day a daemon does by itself. */
function runsIn(report: string): number {
  const { runs } = JSON.parse(readFileSync(report.replace(/md$/, "json"), "utf8")) as { runs: { by: string }[] };
  return runs.filter(({ by }) => by !== "watchbook").length;
}

test("a full disk of the data: inspect measures, shows it, says where and why nothing was written, leaves nothing", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const { root, data, small } = place(t);
  const filler = fill(small);
  const full = await cli(t, ["inspect", "--data", data], root);
  assert.equal(full.code, 2, full.err);
  assert.match(full.out, /✓ .*The beacon file is there/);
  assert.match(full.err, /^error: Nothing of this inspection could be written in \S+ \(no space left[^)]*\)/m);
  assert.ok(full.err.includes(data), full.err);
  assert.doesNotMatch(full.err, /\bat .*:\d+:\d+/);
  assert.deepEqual(names(small), ["filler"]);
  rmSync(join(root, "beacon"));
  assert.equal((await cli(t, ["inspect", "--data", data], root)).code, 3, "what failed is told as failed");
  writeFileSync(join(root, "beacon"), "lit\n");
  rmSync(filler);
  const { code, out } = await cli(t, ["inspect", "--json", "--data", data], root);
  assert.deepEqual([code, JSON.parse(out).verdict, JSON.parse(out).problems ?? []], [0, "pass", []]);
});

for (const how of ["full", "read-only"] as const)
  test(`a ${how} disk with a history: inspect measures, status shows what it can read, the record goes on later`, async (t) => {
    if (!needs(t, "root", "mount", "umount")) return;
    const { root, data, small } = place(t);
    const at = ["--data", data];
    assert.equal((await cli(t, ["inspect", ...at], root)).code, 0);
    if (how === "full") fill(small);
    else execFileSync("mount", ["-o", "remount,ro", small]);
    const before = names(small);
    const seen = await cli(t, ["inspect", "--json", ...at], root);
    assert.equal(seen.code, 2, seen.err);
    const { verdict, report, evidence, problems } = JSON.parse(seen.out);
    assert.deepEqual([verdict, report, evidence], ["pass", null, null]);
    assert.deepEqual(
      problems.map((one: { code: string }) => one.code),
      ["INSPECTION-NOT-KEPT"],
    );
    assert.match(seen.err, how === "full" ? /no space left/ : /read-only/);
    const now = await cli(t, ["status", ...at], root);
    assert.equal(now.code, 2, now.err);
    assert.match(now.out, /done +Daily inspection/);
    assert.match(now.err, how === "full" ? /No space left/ : /read-only/);
    assert.deepEqual(names(small), before);
    if (how === "full") rmSync(join(small, "filler"));
    else execFileSync("mount", ["-o", "remount,rw", small]);
    const again = await cli(t, ["inspect", "--json", ...at], root);
    assert.equal(again.code, 0, again.err);
    assert.equal(runsIn(JSON.parse(again.out).report), 2);
    assert.equal((await cli(t, ["evidence", "verify", JSON.parse(again.out).evidence, ...at], root)).code, 0);
  });

test("a daemon whose disk has become full measures for whoever asks, and keeps the record when there is room", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const { root, data, small } = place(t);
  const at = ["--data", data];
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0", ...at], root);
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  assert.equal((await cli(t, ["inspect", "--json", ...at], root)).code, 0);
  fill(small);
  const full = await cli(t, ["inspect", "--json", ...at], root);
  assert.deepEqual([full.code, JSON.parse(full.out).verdict], [2, "pass"], full.err);
  assert.match(full.err, /Nothing of this inspection could be written/);
  rmSync(join(small, "filler"));
  const after = await cli(t, ["inspect", "--json", ...at], root);
  assert.equal(after.code, 0, after.err);
  assert.equal(runsIn(JSON.parse(after.out).report), 2);
  daemon.child.kill("SIGTERM");
  assert.equal((await daemon.ended).code, 0);
});
