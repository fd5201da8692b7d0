import { relative } from "node:path";
import type { InspectionResult } from "../../engine/inspect.ts";
import type { OpenBook } from "../../engine/house.ts";
import { format } from "../../i18n/format.ts";
import { program } from "../../i18n/program.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { pad } from "../../report/columns.ts";
import type { World } from "../verb.ts";

/** A path as short as it can be from where the reader stands. */
export const near = (world: Pick<World, "cwd">, path: string): string => {
  const short = relative(world.cwd, path);
  return short === "" || short.startsWith("..") ? path : short;
};

export interface DemoFacts {
  readonly verdict: string;
  readonly items: readonly { readonly text: string; readonly outcome: string }[];
  readonly report: string | null;
  readonly evidence: string | null;
  readonly verify: string | null;
  readonly problems: readonly string[];
}

export function factsOf(result: InspectionResult, world: Pick<World, "cwd">, book: string): DemoFacts {
  const evidence = result.evidence?.directory ?? null;
  const where = `--book ${near(world, book)}`;
  return {
    verdict: result.inspection.verdict,
    items: result.inspection.items.map(({ text, outcome }) => ({ text, outcome })),
    report: result.report ?? null,
    evidence,
    verify: evidence === null ? null : `${program()} evidence verify ${near(world, evidence)} ${where}`,
    problems: result.problems.map(({ code }) => code),
  };
}

/** The first inspection for people: items with their outcome, verdict, and where report and evidence lie. */
export function tell(facts: DemoFacts, open: OpenBook, lang: Lang, world: Pick<World, "cwd">): string {
  const { demo, report } = texts(lang);
  const outcomes = report.outcomes as Readonly<Record<string, string>>;
  const verdicts = report.verdicts as Readonly<Record<string, string>>;
  const wide = Math.max(...Object.values(outcomes).map((word) => word.length * (lang === "zh" ? 2 : 1)));
  const lines = facts.items.map(({ text, outcome }) => `  ${pad(outcomes[outcome] ?? outcome, wide)}  ${text}`);
  const said = { title: open.book.title, verdict: verdicts[facts.verdict] ?? facts.verdict };
  return [
    format(demo.said.verdict, said),
    ...lines,
    ...(facts.report === null ? [] : [format(demo.said.report, { path: near(world, facts.report) })]),
    ...(facts.evidence === null ? [] : [format(demo.said.evidence, { path: near(world, facts.evidence) })]),
    ...(facts.verify === null ? [] : [format(demo.said.verify, { command: facts.verify })]),
    "",
  ].join("\n");
}
