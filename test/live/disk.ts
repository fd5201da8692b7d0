import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A real small disk (root only), unmounted when the test ends. */
export function disk(t: TestContext, size: string): string {
  const path = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path]);
  t.after(() => {
    execFileSync("umount", ["-l", path]);
    rmdirSync(path);
  });
  return path;
}
