import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { lives } from "../node/lock.ts";
import { words } from "../words/index.ts";
import { until } from "./wait.ts";

/** Words of a process's command line, empty when it is gone. */
function argvOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return [];
    throw error;
  }
}

/**
 * Pid in a pid file, when that process lives and is really ours: one of its words is `mark`, a path below our own work
 * directory. Pids are given out again, so the number alone proves nothing.
 */
export function ours(pidFile: string, mark: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, "utf8").trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return Number.isInteger(pid) && pid > 1 && argvOf(pid).includes(mark) ? pid : undefined;
}

/** Starts a Node program in a session of its own, output to a file; gives its pid and writes the pid file. */
export function launch(argv: readonly string[], output: string, pidFile: string): number {
  mkdirSync(dirname(output), { recursive: true });
  mkdirSync(dirname(pidFile), { recursive: true });
  const file = openSync(output, "a");
  const child = spawn(process.execPath, argv, { detached: true, stdio: ["ignore", file, file] });
  closeSync(file);
  child.unref();
  writeFileSync(pidFile, `${child.pid}\n`);
  return child.pid!;
}

/** Ends a process: woken if frozen, asked, and after five seconds made to. */
export async function end(pid: number): Promise<void> {
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  signal("SIGCONT");
  signal("SIGTERM");
  const gone = (): boolean => !lives(pid);
  try {
    await until(words().until.ended(pid), 5, gone);
  } catch {
    signal("SIGKILL");
    await until(words().until.ended(pid), 5, gone);
  }
}

export const forget = (file: string): void => rmSync(file, { force: true });
