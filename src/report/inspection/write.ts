import { readFile } from "node:fs/promises";
import type { EvidencePlace } from "../../model/evidence.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";
import { refusal, writeNew, writeWhole } from "../disk.ts";
import { reportMarkdown, runMark, runMarkdown } from "./markdown.ts";
import { candidates } from "./place.ts";
import { sha256, twinHead, twinJson } from "./twin.ts";
import type { TwinHead } from "./twin.ts";
import { reportView } from "./view.ts";
import type { Proof, ReportView } from "./view.ts";
import { verifyLine } from "./verify-line.ts";

const twinPath = (path: string): string => `${path.replace(/\.md$/, "")}.json`;

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw refusal(error, path) ?? error;
  }
}

/** A report that lies there already: ours for this duty and period (with what is in it), another's, or none. */
type Standing =
  | { readonly kind: "free" }
  | { readonly kind: "taken" }
  | { readonly kind: "ours"; readonly head: TwinHead; readonly text: string | undefined };

async function standing(path: string, view: ReportView): Promise<Standing> {
  const [text, twin] = await Promise.all([readText(path), readText(twinPath(path))]);
  if (twin === undefined) return { kind: text === undefined ? "free" : "taken" };
  const head = twinHead(twin);
  if (!head || head.duty !== view.duty || head.period !== view.period) return { kind: "taken" };
  return { kind: "ours", head, text };
}

/** The report as it has to be now. What a person wrote into it stays; only sections that are missing are added. */
function next(
  view: ReportView,
  head: TwinHead,
  text: string | undefined,
): { readonly text: string; readonly edited: boolean } {
  if (text === undefined) return { text: reportMarkdown(view), edited: false };
  const now = sha256(text);
  const edited = head.edited || (now !== head.markdown.sha256 && now !== head.markdown.before);
  if (!edited) return { text: reportMarkdown(view), edited };
  const missing = view.runs.filter(({ run }) => !text.includes(runMark(run.id)));
  const added = missing.map((run) => runMarkdown(run, view.lang));
  return { text: added.length === 0 ? text : [text.trimEnd(), "", ...added].join("\n"), edited };
}

async function renew(path: string, view: ReportView, found: Extract<Standing, { kind: "ours" }>): Promise<void> {
  const { text, edited } = next(view, found.head, found.text);
  const before = found.text === undefined ? null : sha256(found.text);
  // The twin goes first: after a crash between the two it still knows the Markdown that is there.
  await writeWhole(twinPath(path), twinJson(view, { markdown: { sha256: sha256(text), before }, edited }));
  if (text !== found.text) await writeWhole(path, text);
}

/** Makes a report where none is; false when somebody else was quicker. */
async function begin(path: string, view: ReportView): Promise<boolean> {
  const text = reportMarkdown(view);
  const twin = twinJson(view, { markdown: { sha256: sha256(text), before: null }, edited: false });
  return (await writeNew(twinPath(path), twin)) && (await writeNew(path, text));
}

/** What it takes to write a report: the compiled manual, its folder and the data directory, absolute. */
export interface ReportPlace {
  readonly book: Book;
  readonly root: string;
  readonly data: string;
}

/**
 * Writes the report of all runs of one duty in one period, with its JSON twin beside it; gives the absolute path of
 * the Markdown. One file per duty and period, whatever is repeated; a file of another period or of a person is never
 * touched. `known`: where earlier runs of the period have their report. Rejects with WatchbookError REPORT-NOT-WRITTEN
 * or REPORT-OUTSIDE.
 */
export async function writeReport(
  where: ReportPlace,
  runs: readonly Inspection[],
  before: Inspection | undefined,
  evidence: (run: string) => EvidencePlace | undefined,
  known: readonly string[],
): Promise<string> {
  const proof = (run: string): Proof | undefined => {
    const place = evidence(run);
    return place && { place, verify: verifyLine(place.directory, where) };
  };
  const view = reportView(where.book, runs, before, proof);
  const paths = [...known, ...(await candidates(where.book, where.root, where.data, runs[0]!))];
  for (const path of paths) {
    const found = await standing(path, view);
    if (found.kind === "taken") continue;
    if (found.kind === "free" && !(await begin(path, view))) continue;
    if (found.kind === "ours") await renew(path, view, found);
    return path;
  }
  throw new WatchbookError("REPORT-NOT-WRITTEN", { path: paths[0]!, detail: "EEXIST" });
}
