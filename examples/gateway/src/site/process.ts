import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";

export type Program = "gateway" | "front" | "load";

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
};

/** Asks until it holds; after `seconds` Failure `code`. */
export async function until(holds: () => Promise<boolean> | boolean, seconds: number, code: string): Promise<void> {
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  while (!(await holds())) {
    if (process.hrtime.bigint() > end) throw new Failure(code, { seconds });
    await sleep(50);
  }
}

/** One that only waits to be collected has ended. Unlike `pidOf` it holds while a program is still being loaded. */
export const lives = (pid: number): boolean => {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== undefined && !/^\) [ZX] /.test(stat.slice(stat.lastIndexOf(")")));
};

/** Pid of the program of this site, when it runs: a number alone proves nothing, its command line names the site. */
export function pidOf(site: string, program: Program): number | undefined {
  const pid = Number(read(join(site, `${program}.pid`))?.trim());
  if (!Number.isInteger(pid) || pid < 2 || !lives(pid)) return undefined;
  return read(`/proc/${pid}/cmdline`)?.split("\0").includes(site) ? pid : undefined;
}

/**
 * Starts the program of a site in a session of its own, with nothing of our environment but the way to programs: whoever
 * started it may end and take its own children along.
 */
export function launch(site: string, program: Program): number {
  const log = openSync(join(site, `${program}.log`), "a");
  const main = fileURLToPath(new URL(`../${program}d.ts`, import.meta.url));
  const env = { PATH: process.env["PATH"] ?? "", LANG: "C" };
  const child = spawn(process.execPath, [main, site], { cwd: site, env, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  writeFileSync(join(site, `${program}.pid`), `${child.pid}\n`);
  return child.pid!;
}

/** Ends the program of a site: asked to, and made to after five seconds, or at once. */
export async function end(site: string, program: Program, outright = false): Promise<number | undefined> {
  const pid = pidOf(site, program);
  if (pid === undefined) return undefined;
  const gone = (): boolean => !lives(pid);
  const signal = (name: NodeJS.Signals): void => {
    if (!gone()) process.kill(pid, name);
  };
  if (!outright) {
    signal("SIGTERM");
    await until(gone, 5, "does-not-end").catch(() => undefined);
  }
  signal("SIGKILL");
  await until(gone, 5, "does-not-end");
  rmSync(join(site, `${program}.pid`), { force: true });
  return pid;
}
