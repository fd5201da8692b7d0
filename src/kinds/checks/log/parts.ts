import { basename, dirname, join } from "node:path";
import type { FileStat, Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { beginsLike, type Mark } from "./mark.ts";
import { head, packingOf, type Part } from "./read.ts";

/** What one run has to read. */
export interface Work {
  /** Parts of files that go on; each gets a new mark. */
  readonly current: readonly (Part & { readonly inode: number })[];
  /** Rests of files that were rotated away since the last run, oldest first. */
  readonly rotated: readonly Part[];
  /** Marked files whose rest is nowhere to be found. */
  readonly lost: readonly string[];
  /** Rotated files with lines since the last run that are packed in a way nobody here can read. */
  readonly sealed: readonly string[];
}

/** A file that a path or glob names. */
export interface Log {
  readonly path: string;
  readonly stat: FileStat;
}

const MOST_FILES = 64;
/** `app.log.1`, `app.log-20261120`, `app.log.2.gz`, `app.log.old` beside `app.log`. */
const ROTATED = /^[.-](?:\d[\d.-]*|old)(?:\.(?:gz|zst|xz|lzma|bz2|lz4|lzo|zip|7z|Z))?$/;

const isPacked = (path: string): boolean => packingOf(path) !== "none";

function pattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "u");
}

/** The files that paths and globs name; `*` and `?` stand in the last part of a path. */
export async function named(reach: Reach, globs: readonly string[]): Promise<readonly Log[]> {
  const paths = new Set<string>();
  for (const glob of globs) {
    const [folder, last] = [dirname(glob), basename(glob)];
    if (!/[*?]/.test(last)) paths.add(glob);
    else for (const name of await reach.list(folder)) if (pattern(last).test(name)) paths.add(join(folder, name));
  }
  if (paths.size === 0) throw new Unjudged("absent", globs.join(", "));
  if (paths.size > MOST_FILES) throw new Unjudged("too-large", globs.join(", "));
  const logs = await Promise.all([...paths].map(async (path) => ({ path, stat: await reach.stat(path) })));
  const sealed = logs.filter(({ path }) => packingOf(path) === "other" && globs.includes(path));
  if (sealed.length > 0) throw new Unjudged("packed", sealed.map(({ path }) => path).join(", "));
  const found = logs.filter((log) => log.stat.kind === "file" && !isPacked(log.path));
  if (found.length === 0) throw new Unjudged("absent", globs.join(", "));
  return found;
}

/** Packed in a way that nobody here can read, or broken. */
async function isSealed(reach: Reach, { path }: Log): Promise<boolean> {
  const packing = packingOf(path);
  if (packing === "none" || packing === "other") return packing === "other";
  try {
    await head(reach, path, 1, packing);
    return false;
  } catch (error) {
    if (error instanceof Unjudged) return true;
    throw error;
  }
}

/** Rotated files beside a log, oldest first. */
export async function siblings(reach: Reach, path: string, current: readonly Log[]): Promise<readonly Log[]> {
  const taken = new Set(current.map((log) => log.path));
  const names = (await reach.list(dirname(path))).filter(
    (name) => name.startsWith(basename(path)) && ROTATED.test(name.slice(basename(path).length)),
  );
  const paths = names.map((name) => join(dirname(path), name)).filter((each) => !taken.has(each));
  const found = await Promise.all(paths.map(async (each) => ({ path: each, stat: await reach.stat(each) })));
  // Of two files of one moment the higher number was rotated first.
  const number = ({ path }: Log) => Number(/\.(\d{1,3})(?:\.[a-zA-Z]\w*)?$/.exec(path)?.[1] ?? 0);
  return found.toSorted((a, b) => a.stat.modified - b.stat.modified || number(b) - number(a));
}

/** The rest of a file that was rotated away, and whole files that were rotated after it. */
async function restOf(reach: Reach, mark: Mark, all: readonly Log[]): Promise<readonly Part[] | undefined> {
  for (const [at, log] of all.entries()) {
    const packing = packingOf(log.path);
    // An inode says where to look first; copies and packed files only share the first bytes.
    if (mark.headLength === 0 && log.stat.inode !== mark.inode) continue;
    if (!(await beginsLike(reach, log.path, mark, packing))) continue;
    return all.slice(at).map((each, later) => ({
      path: each.path,
      from: later === 0 ? mark.offset : 0,
      to: each.stat.size,
      packing: packingOf(each.path),
    }));
  }
  return undefined;
}

/**
 * Finds what has not been counted: a file goes on where its mark is, whatever it is called now; a truncated or new one
 * begins at its start. On the first run (no marks) only the last `tail` bytes of each file are read. `since`: when the
 * last run looked, milliseconds since the epoch.
 */
export async function partsOf(
  reach: Reach,
  globs: readonly string[],
  marks: readonly Mark[],
  tail: number,
  since: number,
): Promise<Work> {
  const logs = await named(reach, globs);
  const used = new Set<Mark>();
  const current: (Part & { inode: number })[] = [];
  for (const { path, stat } of logs) {
    const mark = marks.find((each) => each.inode === stat.inode && each.offset <= stat.size);
    const goesOn = mark !== undefined && (await beginsLike(reach, path, mark, "none"));
    if (goesOn) used.add(mark);
    const start = marks.length === 0 ? Math.max(0, stat.size - tail) : 0;
    current.push({ path, from: goesOn ? mark.offset : start, to: stat.size, packing: "none", inode: stat.inode });
  }
  const rotated: Part[] = [];
  const lost: string[] = [];
  const sealed: string[] = [];
  for (const mark of marks) {
    if (used.has(mark)) continue;
    const all = await siblings(reach, mark.path, logs);
    const open: Log[] = [];
    for (const log of all)
      if (!(await isSealed(reach, log))) open.push(log);
      // What a packing tool leaves behind keeps the time of the log's last line.
      else if (log.stat.modified > since) sealed.push(log.path);
    const rest = await restOf(reach, mark, open);
    if (rest) rotated.push(...rest);
    else lost.push(mark.path);
  }
  return { current, rotated, lost, sealed: [...new Set(sealed)] };
}
