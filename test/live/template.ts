import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const CACHE = join(process.env["WATCHBOOK_CACHE"] ?? join(homedir(), ".cache", "watchbook"), "templates");

const copied = (from: string, to: string): void =>
  void execFileSync("cp", ["-a", "--reflink=auto", "--", from, to], { stdio: ["ignore", "ignore", "pipe"] });

/**
 * A folder that takes seconds to make and is the same each time: made once on a machine for each `key` (all that it depends on, with
 * the version of what makes it), then copied to `path`. Whoever makes it at the same time makes the same.
 */
export function fromTemplate(key: readonly string[], path: string, make: (path: string) => void): void {
  const owner = String(process.getuid?.() ?? "");
  const kept = join(
    CACHE,
    createHash("sha256")
      .update(JSON.stringify([owner, ...key]))
      .digest("hex")
      .slice(0, 24),
  );
  if (!existsSync(kept)) {
    const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
    try {
      chmodSync(room, 0o777);
      make(join(room, "d"));
      mkdirSync(CACHE, { recursive: true });
      const mine = mkdtempSync(`${kept}.`);
      copied(join(room, "d"), join(mine, "d"));
      try {
        renameSync(join(mine, "d"), kept);
      } catch (error) {
        // Somebody else was first.
        if (!existsSync(kept)) throw error;
      }
      rmSync(mine, { recursive: true, force: true });
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  }
  copied(kept, path);
}
