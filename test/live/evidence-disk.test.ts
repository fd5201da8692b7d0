import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listEvidence } from "../../src/evidence/list.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { record, recorder, verify } from "../kit/evidence.ts";
import { needs } from "./needs.ts";

test("a full or read-only disk refuses evidence whole; what was there holds, and the next record goes on", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const disk = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
  t.after(() => {
    execFileSync("umount", ["-l", disk]);
    rmdirSync(disk);
  });
  const to = recorder(disk);
  const first = await record(to, "run-1");
  const filler = join(disk, "filler");
  const refused = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;
  // Leaves a little: some files of the next record fit, not all of them.
  for (const left of ["0", "8k", "24k"]) {
    execFileSync("sh", ["-c", `head -c 2m /dev/zero > ${filler} 2>/dev/null; truncate -s -${left} ${filler}`]);
    await assert.rejects(record(to, "run-2", { markdown: "x".repeat(100_000) }), refused("EVIDENCE-FULL"), left);
    execFileSync("rm", [filler]);
    assert.deepEqual(listEvidence(to.root), [first.directory]);
    assert.equal(verify(to, first).verdict, "pass");
  }
  execFileSync("mount", ["-o", "remount,ro", disk]);
  await assert.rejects(record(to, "run-2"), refused("EVIDENCE-READ-ONLY"));
  execFileSync("mount", ["-o", "remount,rw", disk]);
  const second = await record(to, "run-2");
  for (const place of [first, second]) assert.equal(verify(to, place).verdict, "pass");
});
