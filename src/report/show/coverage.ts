import type { Coverage, CoverageCounts, IndexEntry } from "../../model/coverage.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import { texts } from "../../i18n/texts.ts";
import { columns } from "../columns.ts";

const row = (name: string, counts: CoverageCounts): readonly string[] => [
  name,
  ...[
    counts.sections,
    counts.blocks,
    counts.states.recognised,
    counts.states.declared,
    counts.states.ambiguous + counts.states.conflict,
    counts.states.narrative + counts.states.ignored,
  ].map(String),
  `${counts.tablesRecognised}/${counts.tables}`,
  `${counts.itemsJudged}/${counts.items}`,
  `${counts.drilled}/${counts.runbooks}`,
];

/** One row a file and one for all: how much of the manual is understood, judged by a machine, and proven. */
export function showCoverage(coverage: Coverage, lang: Lang): string {
  const words = texts(lang).show.coverage;
  const colon = texts(lang).cli.colon.trimEnd();
  const head = [
    words.file,
    words.sections,
    words.blocks,
    words.recognised,
    words.declared,
    words.ambiguous,
    words.narrative,
    words.tables,
    words.items,
    words.drilled,
  ];
  const files = coverage.files.map((file) => row(file.file, file));
  const rules = coverage.rules.map(({ rule, count }) => [String(count), rule]);
  const undrilled = coverage.undrilled.map(({ id, title, source }) => [id, title, at(source)]);
  const overdue = coverage.overdue.map(({ id, title, source, last, days, limit }) => [
    id,
    title,
    last,
    `${days}/${limit}`,
    at(source),
  ]);
  return [
    columns([head, ...files, row(words.total, coverage.total)]),
    ...(rules.length > 0 ? [`${words.rules}${colon}\n${columns(rules)}`] : []),
    ...(overdue.length > 0 ? [`${words.overdue}${colon}\n${columns(overdue)}`] : []),
    ...(undrilled.length > 0 ? [`${words.undrilled}${colon}\n${columns(undrilled)}`] : []),
  ].join("\n");
}

/** Search entries, one a line: what, its title, where. */
export function showIndex(entries: readonly IndexEntry[], lang: Lang): string {
  const { show } = texts(lang);
  if (entries.length === 0) return `${show.indexEmpty}\n`;
  return columns(entries.map(({ kind, title, source }) => [show.kinds[kind], title, at(source)]));
}
