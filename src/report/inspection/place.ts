import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";
import { fill, isNumbered, numbered, slug } from "../name.ts";

/** More reports of one name than this on one day are a loop, not work. */
const MOST = 999;

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith("../") && !isAbsolute(way);
};

/** The nearest folder above a path that exists, with symbolic links resolved. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    // ENOTDIR: a file lies where a folder should be; writing says so.
    if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return realFolder(dirname(path));
  }
}

/** Folder and file pattern of a duty's report: the manual's own, else the book's folder of reports, else the data. */
function patternOf(
  book: Book,
  root: string,
  data: string,
  run: Inspection,
): { readonly base: string; readonly pattern: string } {
  const { reports } = book.config;
  const own = book.duties.find((duty) => duty.id === run.duty);
  const folder = reports === undefined ? data : resolve(root, reports);
  const base = reports === undefined ? data : root;
  if (own?.report === undefined) {
    const hour = own?.every === "hourly" ? "-HH" : "";
    const name = `${slug(run.duty)}-YYYYMMDD${hour}.md`;
    return { base, pattern: join(folder, reports === undefined ? "reports/inspections" : "inspections", name) };
  }
  if (own.report.includes("/")) return { base: root, pattern: resolve(root, own.report) };
  return { base, pattern: join(folder, own.report) };
}

/**
 * Where a report may lie, best first: the manual's pattern with the date of the first run in the book's zone; with
 * numbers where it has `XX`; then with the period added, for a name that another period or person has taken.
 * Absolute paths. Throws WatchbookError REPORT-OUTSIDE for a pattern or a symbolic link that leads out of the book.
 */
export async function candidates(book: Book, root: string, data: string, run: Inspection): Promise<readonly string[]> {
  const { base, pattern } = patternOf(book, root, data, run);
  const name = fill(pattern, { at: run.started, zone: run.zone, topic: run.duty });
  const outside = new WatchbookError("REPORT-OUTSIDE", { path: name });
  if (!isInside(base, name)) throw outside;
  if (!isInside(await realFolder(base), await realFolder(dirname(name)))) throw outside;
  if (isNumbered(name)) return Array.from({ length: MOST }, (_, index) => numbered(name, index + 1));
  const stem = name.endsWith(".md") ? name.slice(0, -3) : name;
  const period = `${stem}-${slug(run.period)}`;
  return [`${stem}.md`, `${period}.md`, ...Array.from({ length: MOST }, (_, index) => `${period}-${index + 2}.md`)];
}
