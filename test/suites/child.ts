import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { TestContext } from "node:test";

/**
 * Waits until something holds; fails after a minute of waiting with what was waited for: a machine
 * with ten tests at once takes ten times as long for each. Looks at short intervals first, then less
 * often: a look at all processes costs milliseconds.
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0, next = 5; waited < 60_000; waited += next, next = Math.min(100, next * 1.3)) {
    if (await holds()) return;
    await pause(next);
  }
  throw new Error(`never happened: ${what}`);
}

/** Starts a process that is ended, by its pid, when the test ends. */
export async function child(
  t: TestContext,
  command: string,
  ...args: readonly string[]
): Promise<ChildProcess & { pid: number }> {
  const process = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  t.after(async () => {
    if (process.exitCode !== null || process.signalCode !== null) return;
    process.kill("SIGKILL");
    await once(process, "exit");
  });
  await once(process, "spawn");
  return process as ChildProcess & { pid: number };
}

/** A Node program; resolves when it has printed its first line. */
export async function program(t: TestContext, code: string): Promise<ChildProcess & { pid: number; line: string }> {
  const started = await child(t, process.execPath, "-e", code);
  const [line] = (await once(started.stdout!, "data")) as [Buffer];
  return Object.assign(started, { line: line.toString().trim() });
}
