import { resolve } from "node:path";
import type { Book } from "../model/book.ts";
import { WatchbookError } from "../model/error.ts";
import type { Reach } from "../model/target.ts";
import { compileFiles } from "./compile/compile.ts";
import type { CompileOptions } from "./compile/compile.ts";
import { ignoring } from "./read/ignore.ts";
import { isOutput, isRecord } from "./compile/records.ts";
import { commitFiles, git } from "./read/commit.ts";
import { folderFiles } from "./read/folder.ts";
import { gitIgnored, without } from "./read/git-ignored.ts";
import { CONFIG_NAME } from "./read/manual-files.ts";
import { MANUAL_NAME } from "./read/select.ts";

export interface OpenOptions extends CompileOptions {
  /** A hand on this machine; without it git is not asked. */
  readonly reach?: Reach;
  /** Compile what is committed instead of what lies in the folder. Needs `reach`. */
  readonly committed?: boolean;
  /** Give back a book although watchbook.yaml has errors (for `lint`). */
  readonly tolerant?: boolean;
}

/** A book and where it came from. */
export interface Opened {
  readonly book: Book;
  readonly texts: ReadonlyMap<string, string>;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** Commit of HEAD, when the root is in git and has one. */
  readonly commit?: string;
  /** The manual differs from the commit, or that cannot be known although the root is in git. */
  readonly dirty: boolean;
}

/**
 * Opens the book in a folder. Rejects with FILE-NOT-FOUND, BOOK-NOT-FOLDER, BOOK-TOO-MANY-FILES, and, unless tolerant,
 * with BOOK-CONFIG-WRONG when watchbook.yaml has errors: nothing must run on half a configuration.
 */
export async function openBook(folder: string, options: OpenOptions = {}): Promise<Opened> {
  const root = resolve(folder);
  const place = options.reach ? await placeOf(options.reach, root) : { inGit: false };
  const fromCommit = options.committed === true && options.reach !== undefined && place.commit !== undefined;
  const left = place.inGit && !fromCommit ? await gitIgnored(options.reach!, root) : new Set<string>();
  const files = fromCommit ? commitFiles(options.reach, root, place.commit) : without(folderFiles(root), left);
  const { book, texts } = await compileFiles(files, options);
  if (options.tolerant !== true) refuseBroken(book);
  const commit = place.commit === undefined ? {} : { commit: place.commit };
  const dirty = place.inGit && !fromCommit && (await isDirty(options.reach!, root, place.commit, book));
  return { book, texts, root, ...commit, dirty };
}

function refuseBroken(book: Book): void {
  const wrong = book.findings.filter(({ source, level }) => source.file === CONFIG_NAME && level === "error");
  if (wrong.length === 0) return;
  const [{ source }] = wrong as [(typeof wrong)[0]];
  throw new WatchbookError("BOOK-CONFIG-WRONG", { count: wrong.length, line: source.line }, { source });
}

interface Place {
  readonly inGit: boolean;
  readonly commit?: string;
}

/** Outside of git, or without git on this machine, there is no commit; a repository that git refuses counts as dirty. */
async function placeOf(reach: Reach, root: string): Promise<Place> {
  const { end, out, err } = await git(reach, root, ["rev-parse", "--verify", "HEAD^{commit}"]);
  if (end.kind === "exit" && end.code === 0) return { inGit: true, commit: out.trim() };
  if (end.kind === "spawn" && end.reason === "not-found") return { inGit: false };
  return { inGit: !/not a git repository/i.test(err) };
}

/** Has anything changed that the book is made of? Reports, evidence and state do not count. */
async function isDirty(reach: Reach, root: string, commit: string | undefined, book: Book): Promise<boolean> {
  if (commit === undefined) return true;
  const args = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", "."];
  const { end, out, truncated } = await git(reach, root, args);
  if (end.kind !== "exit" || end.code !== 0 || truncated) return true;
  const prefix = (await git(reach, root, ["rev-parse", "--show-prefix"])).out.trimEnd();
  const ignored = ignoring(book.config.ignore);
  return out
    .split("\0")
    .filter((line) => line.length > 3)
    .map((line) => line.slice(3))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path))
    .some((path) => counts(path, book, ignored));
}

function counts(path: string, book: Book, ignored: (path: string) => boolean): boolean {
  if (path === CONFIG_NAME) return true;
  if (!MANUAL_NAME.test(path) || isOutput(path, book.config) || isRecord(path, book.namePatterns)) return false;
  const folders = path.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  return !folders.some((each, index) => ignored(index < folders.length - 1 ? `${each}/` : each));
}
