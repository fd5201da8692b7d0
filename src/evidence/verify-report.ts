import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Verification } from "../model/evidence.ts";
import { readCanonical } from "./canonical.ts";
import { readPlain, textOf } from "./disk.ts";
import { worstVerdict } from "./limits/kind.ts";
import { EVIDENCE_PATH } from "./name.ts";
import { FILES } from "./record.ts";
import { checkTwin } from "./report-twin.ts";
import { objectOf } from "./shape.ts";
import { reason, Refusal, type Reason } from "./refusal.ts";
import type { Demands } from "./demands.ts";
import { refused, verifyDirectory } from "./verify.ts";

/** One evidence directory that a report names, and what became of it. */
export interface NamedEvidence {
  readonly directory: string;
  readonly verification: Verification;
}

/**
 * A report by the evidence it names: each is verified, and every line that was signed (result.md) must stand in the
 * report, so that a figure changed in the report is found; the JSON twin must say of each run what was signed. What
 * both have around that (the way to the evidence, the comparison with the last report) is held by the twin's digest
 * only, which nobody signs.
 */
export function verifyReport(
  path: string,
  demands: Demands,
): { readonly whole: Verification; readonly named: readonly NamedEvidence[] } {
  try {
    const bytes = readPlain(path, path);
    if (!bytes) throw new Refusal("file-missing", { file: path });
    const text = textOf(bytes, path);
    const paths = [...new Set(Array.from(text.matchAll(EVIDENCE_PATH), ([found]) => found))];
    if (paths.length === 0) throw new Refusal("report-names-none", { file: path });
    const named = paths.map((one) => verifyNamed(one, text, demands));
    const whole = together(named);
    return { whole: whole.verdict === "refused" ? whole : withTwin(whole, path, bytes, named), named };
  } catch (error) {
    return { whole: refused(error), named: [] };
  }
}

function verifyNamed(path: string, report: string, demands: Demands): NamedEvidence {
  const directory = demands.roots.map((root) => join(root, path)).find((place) => existsSync(place));
  if (directory === undefined) throw new Refusal("evidence-missing", { path });
  const verification = verifyDirectory(directory, demands);
  if (verification.verdict === "refused") return { directory, verification };
  const signed = readPlain(join(directory, FILES.markdown), FILES.markdown)!.toString("utf8");
  const line = missingLine(report, signed);
  if (line === undefined) return { directory, verification };
  const reasons = [reason("report-differs", { line: line.length > 120 ? `${line.slice(0, 119)}…` : line })];
  return { directory, verification: { ...verification, verdict: "refused", reasons } };
}

/** The line between the languages of a signed page. */
const LANGUAGES = "\n---\n";

/**
 * The first signed line that the report lacks, in the language of which it has more; undefined when it has all. A
 * table row may go on with further columns, and the number of a run in its heading is the report's own.
 */
export function missingLine(report: string, signed: string): string | undefined {
  const lines = report.split("\n").map((line) => line.trimEnd());
  const whole = new Set(lines);
  const rows = lines.filter((line) => line.startsWith("|"));
  const there = (line: string): boolean =>
    whole.has(line) || (line.startsWith("|") && rows.some((row) => row.startsWith(line)));
  const missing = signed.split(LANGUAGES).map((page) =>
    page
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "" && !line.startsWith("## ") && !there(line)),
  );
  return missing.toSorted((a, b) => a.length - b.length)[0]?.[0];
}

/**
 * The report by the JSON beside it: a change anywhere in either after they were written. Without it only the signed
 * lines are known to be whole, which is less than a pass.
 */
function withTwin(whole: Verification, path: string, report: Buffer, named: readonly NamedEvidence[]): Verification {
  const file = path.replace(/\.(?:md|markdown)$/, ".json");
  const bytes = file === path ? undefined : readPlain(file, file);
  const missing = bytes
    ? checkTwin(textOf(bytes, file), file, report, named.map(resultOf))
    : [reason("report-no-twin")];
  if (missing.length === 0 || whole.verdict === "refused") return whole;
  return {
    ...whole,
    verdict: worstVerdict([whole.verdict, "inconclusive"]),
    reasons: [...whole.reasons, ...missing],
  };
}

/** The signed facts of a directory that was verified. */
const resultOf = ({ directory }: NamedEvidence): Readonly<Record<string, unknown>> =>
  objectOf(readCanonical(readPlain(join(directory, FILES.json), FILES.json)!.toString("utf8"), FILES.json), FILES.json);

function together(named: readonly NamedEvidence[]): Verification {
  const all = named.map(({ verification }) => verification);
  const bad = all.find(({ verdict }) => verdict === "refused");
  if (bad) return bad;
  const verdict = worstVerdict(all.flatMap((one) => (one.verdict === "refused" ? [] : [one.verdict])));
  const reasons = new Map<string, Reason>(
    all.flatMap((one) => one.reasons.map((r) => [JSON.stringify(r), r] as const)),
  );
  const last = all.at(-1)!;
  return { ...last, verdict, reasons: [...reasons.values()] };
}
