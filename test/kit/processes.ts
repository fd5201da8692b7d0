import { readdirSync, readFileSync } from "node:fs";

const read = (path: string): string => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Ended meanwhile, or another user's.
    return "";
  }
};

const pids = (): readonly string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

/** Whether a process runs: one that only waits to be collected has ended. */
export const runs = (pid: number | string): boolean => {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== "" && !/^\) [ZX] /.test(stat.slice(stat.lastIndexOf(")")));
};

/** Running processes whose environment or arguments hold a text. */
export const processesWith = (text: string): readonly number[] =>
  pids()
    .filter(
      (pid) =>
        (read(`/proc/${pid}/cmdline`).includes(text) || read(`/proc/${pid}/environ`).includes(text)) && runs(pid),
    )
    .map(Number)
    .filter((pid) => pid !== process.pid);

/** Arguments of all processes, as `ps` shows them to everybody. */
export const allArguments = (): string =>
  pids()
    .map((pid) => read(`/proc/${pid}/cmdline`))
    .join("\n");
