import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.ts";

/** Asks until `holds`; after so many seconds a Failure `not-in-time`. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const begin = process.hrtime.bigint();
  while (!(await holds())) {
    if (Number(process.hrtime.bigint() - begin) / 1e9 > seconds) throw new Failure("not-in-time", { what, seconds }, 4);
    await sleep(50);
  }
}

/** What the kernel tells of a process; "" when it is gone. */
function told(pid: number, file: "stat" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "";
    throw error;
  }
}

/** It is there and no zombie. */
function lives(pid: number): boolean {
  const stat = told(pid, "stat");
  return stat !== "" && !["Z", "X"].includes(stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3));
}

/** Pid in a file whose process lives and has `mark` in its command line: numbers are given out again. */
export function ours(pidFile: string, mark: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return pid > 1 && lives(pid) && told(pid, "cmdline").includes(mark) ? pid : undefined;
}

export interface Launched {
  readonly output: string;
  readonly pidFile: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program in a session of its own, output to a file. */
export function launch([command = "", ...args]: readonly string[], { output, pidFile, env = {} }: Launched): number {
  for (const file of [output, pidFile]) mkdirSync(dirname(file), { recursive: true });
  const file = openSync(output, "a");
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", file, file],
    env: { PATH: process.env["PATH"], ...env },
  });
  closeSync(file);
  child.unref();
  if (child.pid === undefined) throw new Failure("not-started", { command }, 4);
  writeFileSync(pidFile, `${child.pid}\n`);
  return child.pid;
}

/** Asks a process to end; after ten seconds it is made to. */
export async function end(pidFile: string, mark: string): Promise<void> {
  const pid = ours(pidFile, mark);
  if (pid === undefined) return;
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
    await until(`${pid} ends`, 10, gone);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    signal("SIGKILL");
    await until(`${pid} ends`, 10, gone);
  }
  rmSync(pidFile, { force: true });
}
