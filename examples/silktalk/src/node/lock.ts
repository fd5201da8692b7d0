import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.ts";

/** State letter of a process from /proc/PID/stat; "" when it is gone. The name in brackets may hold anything. */
function stateOf(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2, line.lastIndexOf(")") + 3);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "";
    throw error;
  }
}

/** True when a process with this pid exists, whoever owns it. One that only waits to be collected is dead. */
export function lives(pid: number): boolean {
  return !["", "Z", "X"].includes(stateOf(pid));
}

/**
 * Takes the folder for this process. A lock whose process lives is respected; a stale one is refused as well, because
 * only a person knows whether data was being written when its owner died: the sentence says what to look at first.
 */
export function takeLock(path: string): () => void {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    const owner = Number(readFileSync(path, "utf8").trim());
    if (Number.isInteger(owner) && owner > 0 && lives(owner))
      throw new Failure(`Process ${owner} already runs this node.`, `Stop it first; ${path} is its lock.`, 3, {
        cause,
      });
    throw new Failure(
      `${path} was left behind by process ${owner || "unknown"}, which is gone.`,
      "Read the last lines of the log, then remove the file and start again.",
      3,
      { cause },
    );
  }
  return () => rmSync(path, { force: true });
}
