import type { Finding } from "../../model/finding.ts";
import type { Objective } from "../../model/runbook.ts";
import type { Found, Page } from "../recognise/recogniser.ts";

/** The part of a page in which a line stands: the innermost. */
function partAt({ parts }: Page, line: number): number {
  return parts.findLastIndex(({ section }) => section.source.line <= line && line <= section.end);
}

/** Id of the runbook whose section a line stands in, however deep. */
function ownerAt(page: Page, line: number, runbooks: ReadonlyMap<number, string>): string | undefined {
  for (let at = partAt(page, line); at >= 0; at = page.parts[at]?.parent ?? -1) {
    const id = runbooks.get(page.parts[at]!.section.source.line);
    if (id !== undefined) return id;
  }
  return undefined;
}

const textOf = ({ comparison, value, unit }: Objective): string => `${comparison} ${value} ${unit}`;

/** One name with two values in the running text of one page, or of one procedure: which one counts is not ours to say. */
function conflicts(prose: readonly Objective[]): readonly Finding[] {
  const groups = Map.groupBy(prose, ({ name, runbook = "" }) => `${name} ${runbook}`);
  return [...groups.values()].flatMap((all): readonly Finding[] => {
    const values = [...new Set(all.map(textOf))];
    const { name, source } = all.at(-1)!;
    return values.length > 1 ? [{ code: "WB235", level: "warn", source, args: { name, values } }] : [];
  });
}

const isProse = ({ origin }: Objective): boolean => origin === "prose";

/**
 * What running text promises inside a procedure (`RTO < 10 minutes` under SOP-02) is promised of that procedure alone, as a flag of
 * its commands is; what stands outside of all of them holds for all. One promise with two values is a finding.
 */
export function withOwners(page: Page, found: readonly Found[]): readonly Found[] {
  if (!found.some(({ objectives }) => objectives?.some(isProse))) return found;
  const runbooks = new Map(found.flatMap((each) => each.runbooks ?? []).map(({ source, id }) => [source.line, id]));
  const owned = found.map((each) =>
    each.objectives
      ? {
          ...each,
          objectives: each.objectives.map((one) => {
            const runbook = isProse(one) ? ownerAt(page, one.source.line, runbooks) : undefined;
            return runbook === undefined ? one : { ...one, runbook };
          }),
        }
      : each,
  );
  const findings = conflicts(owned.flatMap(({ objectives = [] }) => objectives.filter(isProse)));
  return findings.length === 0 ? owned : [...owned, { findings }];
}
