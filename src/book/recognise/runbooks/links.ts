import type { Block } from "../../../model/block.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Runbook, Step } from "../../../model/runbook.ts";
import { subjectOf } from "../../words/subject.ts";
import type { Page } from "../recogniser.ts";

/** Gives every runbook of a page an id of its own and its steps the ids that follow from it. */
export function distinct(runbooks: readonly Runbook[]): readonly Runbook[] {
  const seen = new Map<string, number>();
  return runbooks.map((runbook) => {
    const count = (seen.get(runbook.id) ?? 0) + 1;
    seen.set(runbook.id, count);
    if (count === 1) return runbook;
    const id = `${runbook.id}-${count}`;
    const renamed = (step: Step): Step =>
      step.id.startsWith(`${runbook.id}/`) ? { ...step, id: `${id}${step.id.slice(runbook.id.length)}` } : step;
    return { ...runbook, id, steps: runbook.steps.map(renamed) };
  });
}

/**
 * An upgrade or deployment is undone by the rollback of the same subject that stands beside it, at the same depth under
 * the same heading; by one that names no subject, when it is the only rollback there and nothing else could be meant.
 */
export function paired(page: Page, runbooks: readonly Runbook[]): readonly Runbook[] {
  if (!runbooks.some(({ kind }) => kind === "rollback")) return runbooks;
  const places = new Map(page.parts.map((part) => [part.section.source.line, `${part.parent}:${part.section.depth}`]));
  const undo = new Map(
    [...Map.groupBy(runbooks, ({ source }) => places.get(source.line))].map(([place, beside]) => [
      place,
      undoOf(beside),
    ]),
  );
  return runbooks.map((runbook) => {
    const place = places.get(runbook.source.line);
    const rollback = place !== undefined && isUndone(runbook) ? undo.get(place)?.(runbook) : undefined;
    return rollback ? { ...runbook, rollback: rollback.id } : runbook;
  });
}

const isUndone = ({ kind }: Runbook): boolean => kind === "upgrade" || kind === "deploy";

/** What undoes each of the procedures that stand beside one another. */
function undoOf(beside: readonly Runbook[]): (runbook: Runbook) => Runbook | undefined {
  const rollbacks = Map.groupBy(
    beside.filter(({ kind }) => kind === "rollback"),
    ({ title }) => subjectOf(title),
  );
  const subjects = new Set(beside.filter(isUndone).flatMap(({ title }) => subjectOf(title) || []));
  return ({ title }) => {
    const subject = subjectOf(title);
    const general = rollbacks.size === 1 && (subject === "" || subjects.size === 1) ? rollbacks.get("") : undefined;
    const [undo, another] = (subject === "" ? undefined : rollbacks.get(subject)) ?? general ?? [];
    return another ? undefined : undo;
  };
}

/** Its author keeps it out of every run of the whole. */
const isApart = (block: Block): boolean => block.attributes["excludeFromRunAll"] === "true";

/**
 * Follows wb-verify and wb-rollback: the steps they name get that role, also when they stand beside the procedure in the
 * same page. A name that nobody bears is a finding.
 */
export function named(
  page: Page,
  runbooks: readonly Runbook[],
): { readonly runbooks: readonly Runbook[]; readonly findings: readonly Finding[] } {
  const names = new Set(page.blocks.flatMap((block) => block.attributes["name"] ?? []));
  const findings: Finding[] = [];
  const all = runbooks.flatMap((runbook) => runbook.steps);
  for (const block of page.blocks)
    for (const key of ["wb-verify", "wb-rollback", "wb-undo"] as const) {
      const name = block.attributes[key];
      if (name !== undefined && !names.has(name))
        findings.push({
          code: "WB263",
          level: "error",
          source: block.source,
          args: { key, name, names: names.size > 0 ? [...names] : ["-"] },
        });
    }
  const verifies = new Set(all.flatMap((step) => step.verify ?? []));
  const undoes = new Set(all.flatMap((step) => step.rollback ?? []));
  if (verifies.size === 0 && undoes.size === 0 && !page.blocks.some(isApart)) return { runbooks, findings };
  const withRole = (step: Step): Step => {
    if (undoes.has(step.id)) return { ...step, role: "rollback" };
    if (verifies.has(step.id)) return { ...step, role: "verify" };
    const block = step.block === undefined ? undefined : page.blocks[step.block];
    return block && isApart(block) ? { ...step, held: step.held ?? "manual-only" } : step;
  };
  return { runbooks: runbooks.map((runbook) => ({ ...runbook, steps: runbook.steps.map(withRole) })), findings };
}
