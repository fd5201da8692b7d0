import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

const remove = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });

/**
 * Folders of ended tests. Hooks run in the order they were registered, so what a test closes after its folder is gone
 * (a store, a daemon) may write into it once more.
 */
const ended = new Set<string>();
process.once("exit", () => ended.forEach(remove));

/** A folder of its own for one test, removed when the test ends. */
export function folder(t: Pick<TestContext, "after">): string {
  const path = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  t.after(() => {
    ended.add(path);
    try {
      remove(path);
    } catch (error) {
      // Somebody writes into it whom a later hook ends: at the exit it is gone, or that fails. Thrown here, no later hook would run.
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    }
  });
  return path;
}
