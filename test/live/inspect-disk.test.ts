import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { cli } from "../kit/cli.ts";
import { needs } from "./needs.ts";

const manual = [
  "# Small site",
  "",
  "## Daily checklist",
  "",
  "- [ ] Check memory",
  "",
  "## Limits",
  "",
  "| Metric | Normal | Warning | Critical |",
  "| --- | --- | --- | --- |",
  "| Memory usage | < 97% | 98% | 99% |",
  "",
].join("\n");

/** A book whose reports lie on a real small disk of their own, unmounted when the test ends. */
function book(t: TestContext, options: string): { readonly root: string; readonly disk: string } {
  const root = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  const disk = join(root, "reports");
  writeFileSync(join(root, "manual.md"), manual);
  writeFileSync(join(root, "watchbook.yaml"), "reports: reports\n");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]);
  t.after(() => {
    execFileSync("umount", ["-l", disk]);
    rmSync(root, { recursive: true, force: true });
  });
  return { root, disk };
}

test("reports on a full disk: the result is kept and said, and the report follows when there is space", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const { root, disk } = book(t, "size=64k");
  const filler = join(disk, "filler");
  execFileSync("sh", ["-c", 'head -c 1m /dev/zero > "$0" 2>/dev/null || true', filler]);
  const full = await cli(t, ["inspect", "--json"], root);
  const said = JSON.parse(full.out);
  assert.deepEqual([full.code, said.verdict, said.report], [2, "pass", null]);
  assert.match(full.err, /could not be written \(no space left, ENOSPC\)/);
  assert.deepEqual(
    said.problems.map((one: { code: string }) => one.code),
    ["REPORT-NOT-WRITTEN"],
  );
  assert.ok(said.evidence);
  const names = readdirSync(disk, { recursive: true, encoding: "utf8" });
  assert.deepEqual(
    names.filter((name) => /\.(md|json|tmp)$/.test(name)),
    [],
  );
  rmSync(filler);
  const { code, out } = await cli(t, ["inspect", "--json"], root);
  assert.equal(code, 0);
  const text = readFileSync(JSON.parse(out).report, "utf8");
  assert.deepEqual(text.match(/^## Run \d/gm), ["## Run 1", "## Run 2"]);
  assert.match(text, new RegExp(said.run));
});

test("reports on a read-only disk are said with their path, exit 2", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const { root, disk } = book(t, "size=64k,ro");
  const { code, out, err } = await cli(t, ["inspect", "--json"], root);
  assert.equal(code, 2, err);
  assert.equal(JSON.parse(out).verdict, "pass");
  assert.ok(err.includes(disk));
  assert.match(err, /EROFS/);
});
