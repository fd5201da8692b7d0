import { readFileSync } from "node:fs";
import type { Reach } from "../../../model/target.ts";
import type { Process } from "./process.ts";
import { textIfThere } from "./text.ts";

/** Set on every command a local target starts (targets/local/environment.ts). */
const MARK = "WATCHBOOK_EXEC=";

/** Start of this process in ticks since boot; undefined where there is no /proc. */
function ownStart(): number | undefined {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  } catch {
    return undefined;
  }
}

/**
 * Pids that belong to watchbook itself: this process, the launcher above it and the commands it has running. Their
 * command lines often name what is looked for (`wb demo silktalk`, `du /var/lib/silktalk`).
 * A target on which our pid is somebody else, or nobody, has none.
 */
export async function ownPids(reach: Reach, all: readonly Process[]): Promise<ReadonlySet<number>> {
  const byPid = new Map(all.map((each) => [each.pid, each]));
  const self = byPid.get(process.pid);
  if (!self || self.started !== ownStart()) return new Set();
  const own = new Set([self.pid]);
  for (let above = byPid.get(self.parent); above?.group === self.group; above = byPid.get(above.parent)) {
    if (own.has(above.pid)) break;
    own.add(above.pid);
  }
  const commands: Process[] = [];
  for (const each of all.filter((other) => other.parent === self.pid)) {
    // Between fork and exec a command still carries our own command line.
    if (each.command === self.command || (await isMarked(reach, each.pid))) commands.push(each);
  }
  for (const each of withChildren(commands, all)) own.add(each.pid);
  return own;
}

async function isMarked(reach: Reach, pid: number): Promise<boolean> {
  const environment = await textIfThere(reach, `/proc/${pid}/environ`).catch(() => undefined);
  return environment?.split("\0").some((variable) => variable.startsWith(MARK)) ?? false;
}

/** A process and everything it started, at any depth. */
export function withChildren(roots: readonly Process[], all: readonly Process[]): readonly Process[] {
  const found = new Map(roots.map((root) => [root.pid, root]));
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const each of all) if (found.has(each.parent)) found.set(each.pid, each);
  }
  return [...found.values()];
}
