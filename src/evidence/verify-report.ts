import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Verification } from "../model/evidence.ts";
import { readCanonical } from "./canonical.ts";
import { readPlain, textOf } from "./disk.ts";
import { worstVerdict } from "./limits/kind.ts";
import { EVIDENCE_PATH } from "./name.ts";
import { FILES } from "./record.ts";
import { comparePages, type Frame } from "./report-page.ts";
import { dayIn, runsLeftOut } from "./report-runs.ts";
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

type Fields = Readonly<Record<string, unknown>>;

/** A verified run of a report. */
interface NamedRun {
  /** Below the root. */
  readonly path: string;
  readonly root: string;
  readonly facts: Fields;
  readonly page: string;
}

/** What the program writes around the page of a run, from its signed facts. */
export type FrameOf = (facts: Fields) => Frame;

/**
 * A report by the evidence it names: each is verified, and every line that was signed (result.md) must stand in the report
 * at its place, so that a figure changed in the report is found; what else stands there must be the program's own (`frame`),
 * so that nothing is hidden or belied; the JSON twin must say of each run what was signed; no run of the duty and period may
 * be left out; and the date in the file's name must be that of its runs.
 */
export function verifyReport(
  path: string,
  demands: Demands,
  frame: FrameOf,
): { readonly whole: Verification; readonly named: readonly NamedEvidence[] } {
  try {
    const bytes = readPlain(path, path);
    if (!bytes) throw new Refusal("file-missing", { file: path });
    const text = textOf(bytes, path);
    const paths = [...new Set(Array.from(text.matchAll(EVIDENCE_PATH), ([found]) => found))];
    if (paths.length === 0) throw new Refusal("report-names-none", { file: path });
    const places = paths.map((one) => ({ path: one, root: rootWith(one, demands.roots) }));
    const named = places.map((one) => {
      const directory = join(one.root, one.path);
      return { directory, verification: verifyDirectory(directory, demands) };
    });
    const whole = together(named);
    if (whole.verdict === "refused") return { whole, named };
    const runs = places.map(runAt).toSorted((a, b) => startedOf(a) - startedOf(b));
    return { whole: judged(whole, path, bytes, runs, frame), named };
  } catch (error) {
    return { whole: refused(error), named: [] };
  }
}

function rootWith(path: string, roots: readonly string[]): string {
  const root = roots.find((one) => existsSync(join(one, path)));
  if (root === undefined) throw new Refusal("evidence-missing", { path });
  return root;
}

/** Of a directory that was verified. */
function runAt({ path, root }: { readonly path: string; readonly root: string }): NamedRun {
  const text = (name: string): string => readPlain(join(root, path, name), name)!.toString("utf8");
  const facts = objectOf(readCanonical(text(FILES.json), FILES.json), FILES.json);
  return { path, root, facts, page: text(FILES.markdown) };
}

/** Milliseconds since the epoch; 0 when it does not say. */
const startedOf = ({ facts: { started } }: NamedRun): number => (Number.isFinite(started) ? Number(started) : 0);

const short = (line: string): string => (line.length > 120 ? `${line.slice(0, 119)}…` : line);

/** The report against its verified runs. Throws Refusal where it contradicts them; what it adds or leaves out proves less. */
function judged(
  whole: Verification,
  path: string,
  report: Buffer,
  runs: readonly NamedRun[],
  frame: FrameOf,
): Verification {
  const signed = runs.map(({ page, facts }) => ({ page, frame: frame(facts) }));
  const { missing, unsigned } = comparePages(textOf(report, path), signed);
  if (missing !== undefined) throw new Refusal("report-differs", { line: short(missing) });
  const reasons = [
    ...twinReasons(path, report, runs),
    ...(unsigned === undefined ? [] : [reason("report-unsigned", { line: short(unsigned) })]),
    ...leftOut(runs).map((one) => reason("report-run-missing", { path: one })),
    ...dateReasons(path, runs),
  ];
  if (reasons.length === 0) return whole;
  const verdict = whole.verdict === "refused" ? whole.verdict : worstVerdict([whole.verdict, "inconclusive"]);
  return { ...whole, verdict, reasons: [...whole.reasons, ...reasons] };
}

function leftOut(runs: readonly NamedRun[]): readonly string[] {
  const byRoot = Map.groupBy(runs, ({ root }) => root);
  return [...byRoot].flatMap(([root, own]) => runsLeftOut(root, new Map(own.map(({ path, facts }) => [path, facts]))));
}

/** A date in the name of the file that is of none of its runs: another day's report under this name. */
function dateReasons(path: string, runs: readonly NamedRun[]): readonly Reason[] {
  const [, year, month, day] = /(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)/.exec(basename(path)) ?? [];
  const days = runs.flatMap((run) => (startedOf(run) > 0 ? [dayIn(startedOf(run), run.facts["zone"])] : []));
  const said = `${year}${month}${day}`;
  if (year === undefined || days.length === 0 || days.includes(said)) return [];
  return [reason("report-date", { said, is: [...new Set(days)].join(", ") })];
}

/**
 * The report by the JSON beside it: a change anywhere in either after they were written. Without it only the signed
 * lines are known to be whole, which is less than a pass.
 */
function twinReasons(path: string, report: Buffer, runs: readonly NamedRun[]): readonly Reason[] {
  const file = path.replace(/\.(?:md|markdown)$/, ".json");
  const bytes = file === path ? undefined : readPlain(file, file);
  if (!bytes) return [reason("report-no-twin")];
  return checkTwin(
    textOf(bytes, file),
    file,
    report,
    runs.map(({ facts }) => facts),
  );
}

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
