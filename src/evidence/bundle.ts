import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { FILES } from "./files.ts";
import { listEvidence, summaryOf, type Summary } from "./list.ts";
import { logFolder } from "./log.ts";

/** Work of the log's writer: not part of what it says. */
const WORK = /(?:^|\/)(?:lock\.db.*|checkpoint\.next|.*\.tmp)$/;

/** Plain files below a folder, relative to it, in order. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !WORK.test(path))
    .toSorted();
}

/**
 * The evidence behind one verdict: its own directory, which was verified, and those of the runs that its events name
 * (answered, demanded before it, part of it), and theirs. The one that was asked for comes first. `mustHold` throws for
 * one that does not verify: what a directory says of itself names its run, and its page goes with the others.
 */
export function behind(root: string, directory: string, mustHold: (directory: string) => void): readonly Summary[] {
  const all = listEvidence(root).flatMap((one) => summaryOf(root, one) ?? []);
  // It was verified: what it says can be read.
  const first = summaryOf(root, directory)!;
  const found = new Map([[first.run, first]]);
  for (const one of found.values()) {
    if (one !== first) mustHold(one.directory);
    const events = readFileSync(join(one.directory, FILES.events), "utf8");
    for (const other of all)
      if (!found.has(other.run) && events.includes(JSON.stringify(other.run))) found.set(other.run, other);
  }
  return [...found.values()];
}

/** Files of a bundle below its folder `evidence/`: each directory whole, and the whole log. Path there, path here. */
export function bundleFiles(root: string, evidence: readonly Summary[]): ReadonlyMap<string, string> {
  const log = logFolder(root);
  return new Map([
    ...evidence.flatMap(({ path, directory }) =>
      filesBelow(directory).map((file) => [join(path, file), join(directory, file)] as const),
    ),
    ...filesBelow(log).map((file) => [join("log", file), join(log, file)] as const),
  ]);
}
