import type { EvidencePlace } from "../../model/evidence.ts";
import type { Book } from "../../model/book.ts";
import type { Inspection } from "../../model/inspection.ts";
import { pageMarkdown } from "./markdown.ts";
import { reportView } from "./view.ts";
import { writeReport } from "./write.ts";

export { reportView } from "./view.ts";
export type { ItemView, Proof, ReadingView, ReportView, RunView } from "./view.ts";
export { reportMarkdown } from "./markdown.ts";
export { renderHtml } from "./html.ts";
export { terminalText } from "./terminal.ts";
export { verifyLine } from "./verify-line.ts";
export { inspectionJson } from "./json.ts";
export { outcomeSay, reasonSay } from "./say.ts";

/** `House.report` for a data directory (absolute). */
export const makeReportWriter =
  (data: string) =>
  (
    open: { readonly book: Book; readonly root: string },
    runs: readonly Inspection[],
    previous: Inspection | undefined,
    published: ReadonlyMap<string, { readonly evidence?: EvidencePlace; readonly report?: string }>,
  ): Promise<string> => {
    const known = runs.flatMap((run) => published.get(run.id)?.report ?? []);
    const evidence = (run: string): EvidencePlace | undefined => published.get(run)?.evidence;
    return writeReport({ book: open.book, root: open.root, data }, runs, previous, evidence, [...new Set(known)]);
  };

/** `House.page`: one run as result.md of its evidence. */
export const evidencePage = (open: { readonly book: Book }, inspection: Inspection): string =>
  pageMarkdown(reportView(open.book, [inspection], undefined));
