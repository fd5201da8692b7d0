import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";

export { waited as until } from "../kit/waited.ts";

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
