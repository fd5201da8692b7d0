import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { looked, readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { listEvidence, summaryOf, type Summary } from "./list.ts";
import { logFolder } from "./log.ts";
import { Refusal } from "./refusal.ts";

/** Work of the log's writer: not part of what it says. */
const WORK = /(?:^|\/)(?:lock\.db.*|checkpoint\.next|.*\.tmp)$/;

/** Plain files below a folder, relative to it, in order. Throws Refusal where one below it cannot be read. */
function filesBelow(folder: string): readonly string[] {
  const entries = looked(folder, () => readdirSync(folder, { recursive: true, withFileTypes: true })) ?? [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !WORK.test(path))
    .toSorted();
}

const TAIL = /-([0-9a-f]{4,64})$/;

/** Do events have the run of this directory? Told by the end of its name, which is left where nobody can read it. */
const namesRunOf = (directory: string, digests: ReadonlySet<string>): boolean => {
  const tail = TAIL.exec(basename(directory))?.[1];
  return tail !== undefined && [...digests].some((digest) => digest.startsWith(tail));
};

/** Digests of what events say that may be the id of a run and is none of those that were found. */
function otherNames(events: readonly string[], found: ReadonlyMap<string, Summary>): ReadonlySet<string> {
  const said = events.flatMap((text) => text.match(/"(?:[^"\\]|\\.)*"/g) ?? []);
  const names = [...new Set(said)]
    .map((one) => JSON.parse(one) as string)
    .filter((name) => /^\S{1,200}$/.test(name) && !found.has(name));
  return new Set(names.map((name) => createHash("sha256").update(name).digest("hex")));
}

/**
 * The evidence behind one verdict: its own directory, which was verified, and those of the runs that its events name
 * (answered, demanded before it, part of it), and theirs. The one that was asked for comes first. `mustHold` throws for
 * one that does not verify: what a directory says of itself names its run, and its page goes with the others. `removed`
 * are statements below the root that the log has and that are not there any more. Throws Refusal where the events name
 * the run of one of these, or of a directory that cannot be read: a bundle without it would look whole.
 */
export function behind(
  root: string,
  directory: string,
  mustHold: (directory: string) => void,
  removed: readonly string[] = [],
): readonly Summary[] {
  const listed = listEvidence(root).map((one) => ({ one, summary: summaryOf(root, one) }));
  const all = listed.flatMap(({ summary }) => summary ?? []);
  // It was verified: what it says can be read.
  const first = summaryOf(root, directory)!;
  const found = new Map([[first.run, first]]);
  const read: string[] = [];
  for (const one of found.values()) {
    if (one !== first) mustHold(one.directory);
    const events = readPlain(join(one.directory, FILES.events), FILES.events)?.toString("utf8");
    if (events === undefined) throw new Refusal("file-missing", { file: join(one.path, FILES.events) });
    read.push(events);
    for (const other of all)
      if (!found.has(other.run) && events.includes(JSON.stringify(other.run))) found.set(other.run, other);
  }
  const unread = listed.flatMap(({ one, summary }) => (summary ? [] : [join(relative(root, one), FILES.statement)]));
  const gone = [...removed, ...unread];
  const names = gone.length === 0 ? new Set<string>() : otherNames(read, found);
  const lost = gone.find((file) => namesRunOf(dirname(file), names));
  if (lost !== undefined) throw new Refusal("evidence-lost", { file: lost });
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
