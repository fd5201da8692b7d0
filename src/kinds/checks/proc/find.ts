import type { Reach } from "../../../model/target.ts";
import { bounded } from "../../../model/pattern.ts";
import { Unjudged } from "../answer/unjudged.ts";
import type { Where } from "../params/where.ts";
import { ownPids, withChildren } from "./own.ts";
import { allProcesses, readProcess, type Process } from "./process.ts";
import { textIfThere } from "./text.ts";

/** What was looked for and what was there. */
export interface Found {
  readonly processes: readonly Process[];
  /** Pid files that do not exist. */
  readonly noFile: readonly string[];
  /** Pid files whose process has ended. */
  readonly ended: readonly string[];
  /** Pid files whose number now belongs to a process with another command line. */
  readonly foreign: readonly string[];
}

/** The number in a pid file; undefined when there is no file. */
async function pidIn(reach: Reach, path: string): Promise<number | undefined> {
  const content = await textIfThere(reach, path, 64);
  if (content === undefined) return undefined;
  const [, pid] = /^\s*(\d{1,10})\b/.exec(content) ?? [];
  if (pid === undefined || Number(pid) === 0) throw new Unjudged("unparsable", path);
  return Number(pid);
}

/** Where /proc hides other people's processes (hidepid), not seeing one proves nothing. */
async function mustSeeAll(reach: Reach): Promise<void> {
  if ((await textIfThere(reach, "/proc/1/stat")) === undefined) throw new Unjudged("no-permission", "/proc/1/stat");
}

const matching = (pattern: string, processes: readonly Process[]): readonly Process[] =>
  bounded(pattern, () => {
    const wanted = new RegExp(pattern, "u");
    return processes.filter((each) => wanted.test(each.command));
  });

async function byFile(reach: Reach, files: readonly string[], pattern: string | undefined): Promise<Found> {
  const found = { processes: [] as Process[], noFile: [] as string[], ended: [] as string[], foreign: [] as string[] };
  for (const file of files) {
    const pid = await pidIn(reach, file);
    const process = pid === undefined ? undefined : await readProcess(reach, pid);
    if (pid === undefined) found.noFile.push(file);
    else if (!process) found.ended.push(file);
    else if (pattern !== undefined && matching(pattern, [process]).length === 0) found.foreign.push(file);
    else found.processes.push(process);
  }
  return found;
}

async function byPattern(reach: Reach, pattern: string): Promise<Found> {
  const all = await allProcesses(reach);
  const own = await ownPids(reach, all);
  const others = all.filter((each) => !own.has(each.pid));
  return { processes: matching(pattern, others), noFile: [], ended: [], foreign: [] };
}

/** The processes that are meant, in any state. Throws Unjudged when they cannot be seen. */
export async function find(reach: Reach, where: Where): Promise<Found> {
  const { pidFile, pattern } = where;
  const files = pidFile === undefined ? undefined : [pidFile].flat();
  const found = files ? await byFile(reach, files, pattern) : await byPattern(reach, pattern!);
  if (found.processes.length === 0 || found.ended.length > 0) await mustSeeAll(reach);
  if (!where.children) return found;
  return { ...found, processes: withChildren(found.processes, await allProcesses(reach)) };
}

/** For sentences: the pid files, or the pattern. */
export const whereText = ({ pidFile, pattern }: Where): string =>
  pidFile === undefined ? `/${pattern}/` : [pidFile].flat().join(", ");
