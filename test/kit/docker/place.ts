import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the live tests keep what is dear to make, outside the repository. */
export function cache(name: string): string {
  const path = join(process.env["WATCHBOOK_CACHE"] ?? join(homedir(), ".cache", "watchbook"), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Output of a command that must succeed; otherwise an error with what it said. */
export function must(
  argv: readonly string[],
  options: {
    readonly input?: string | Buffer;
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
  } = {},
): string {
  const { status, signal, stdout, stderr, error } = spawnSync(argv[0]!, argv.slice(1), {
    input: options.input ?? "",
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    maxBuffer: 64 * 1_048_576,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${argv.join(" ")}: ${signal ?? status}\n${stderr.toString()}${stdout.toString()}`);
  return stdout.toString();
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export { waited as until } from "../waited.ts";
