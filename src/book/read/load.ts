import { WatchbookError } from "../../model/error.ts";
import type { Finding } from "../../model/finding.ts";
import type { Entry, ManualFiles } from "./manual-files.ts";
import { LIMITS } from "./manual-files.ts";
import { ignoring } from "./ignore.ts";
import { manualsOf } from "./select.ts";
import { textOf } from "./text.ts";

/** One manual as it lies in the tree. */
export interface ManualText {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Everything a book is made of, read. */
export interface Loaded {
  readonly manuals: readonly ManualText[];
  /** Files that are no manuals, sorted. */
  readonly others: readonly string[];
  readonly findings: readonly Finding[];
}

/** Files read at a time. */
const WINDOW = 16;

/** Lists and reads the manuals; files that cannot be read as text become findings, the others go on. */
export async function loadManuals(files: ManualFiles, ignore: readonly string[]): Promise<Loaded> {
  const listing = await files.list(ignoring(ignore));
  const { manuals, others } = manualsOf(listing);
  const total = manuals.reduce((sum, entry) => sum + Math.min(entry.bytes, LIMITS.fileBytes), 0);
  if (total > LIMITS.bookBytes)
    throw new WatchbookError("BOOK-TOO-LARGE", { path: files.root, limit: LIMITS.bookBytes });
  const read: (ManualText | Finding)[] = [];
  for (let from = 0; from < manuals.length; from += WINDOW)
    read.push(...(await Promise.all(manuals.slice(from, from + WINDOW).map((entry) => readManual(files, entry)))));
  return {
    manuals: read.filter((each): each is ManualText => "text" in each),
    others,
    findings: [...listing.findings, ...read.filter((each): each is Finding => "code" in each)],
  };
}

async function readManual(files: ManualFiles, entry: Entry): Promise<ManualText | Finding> {
  const file = entry.path;
  const refused = (code: Finding["code"], args: Finding["args"]): Finding => ({
    code,
    level: "error",
    source: { file, line: 1 },
    args,
  });
  if (entry.bytes > LIMITS.fileBytes) return refused("WB003", { file, bytes: entry.bytes, limit: LIMITS.fileBytes });
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(file);
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    return refused("WB006", { path: file, reason: String(error.args["reason"] ?? error.code) });
  }
  if (!bytes) return refused("WB006", { path: file, reason: "ENOENT" });
  const decoded = textOf(file, bytes);
  return "finding" in decoded ? decoded.finding : { file, bytes, text: decoded.text };
}
