import type { Reach } from "../../../model/target.ts";
import { textIfThere } from "./text.ts";

/** One process as /proc/PID/stat shows it (proc(5)). */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** R running, S sleeping, D waiting for a device, T stopped, t traced, Z zombie, X dead. */
  readonly state: string;
  /** User and system time, kernel ticks. */
  readonly ticks: number;
  /** Ticks from boot to its start: with the pid, the identity of a process. */
  readonly started: number;
  /** The whole command line, or the name in brackets of a process that has none. */
  readonly command: string;
}

/** Reads one process; undefined when it has ended. */
export async function readProcess(reach: Reach, pid: number): Promise<Process | undefined> {
  const stat = await textIfThere(reach, `/proc/${pid}/stat`);
  // The name may hold blanks, brackets and line ends: everything after its last bracket is fields.
  const parts = /^\d+ \(([\s\S]*)\) ([\s\S]*)$/.exec(stat ?? "");
  if (!parts) return undefined;
  const fields = parts[2]!.split(" ");
  const command = ((await textIfThere(reach, `/proc/${pid}/cmdline`)) ?? "").replaceAll("\0", " ").trim();
  const number = (at: number) => Number(fields[at]);
  return {
    pid,
    state: fields[0]!,
    parent: number(1),
    group: number(2),
    ticks: number(11) + number(12),
    started: number(19),
    command: command === "" ? `[${parts[1]}]` : command,
  };
}

/** Alive and able to work: a zombie has ended, a stopped process answers nobody. */
export const isRunning = (process: Process): boolean => !["Z", "X", "x", "T", "t"].includes(process.state);

/** Every process of the target. */
export async function allProcesses(reach: Reach): Promise<readonly Process[]> {
  const pids = (await reach.list("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: Process[] = [];
  // In groups: thousands of reads at once would only queue in front of other checks.
  for (let at = 0; at < pids.length; at += 32) {
    const group = await Promise.all(pids.slice(at, at + 32).map((pid) => readProcess(reach, pid)));
    found.push(...group.filter((process) => process !== undefined));
  }
  return found;
}
