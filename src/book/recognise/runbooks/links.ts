import type { Block } from "../../../model/block.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Runbook, Step } from "../../../model/runbook.ts";
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

/** An upgrade or deployment is undone by the one rollback that stands beside it, at the same depth under the same heading. */
export function paired(page: Page, runbooks: readonly Runbook[]): readonly Runbook[] {
  if (!runbooks.some(({ kind }) => kind === "rollback")) return runbooks;
  const places = new Map(page.parts.map((part) => [part.section.source.line, `${part.parent}:${part.section.depth}`]));
  const undoes = new Map<string, Runbook[]>();
  for (const runbook of runbooks) {
    const place = places.get(runbook.source.line);
    if (runbook.kind !== "rollback" || place === undefined) continue;
    const beside = undoes.get(place);
    if (beside) beside.push(runbook);
    else undoes.set(place, [runbook]);
  }
  return runbooks.map((runbook) => {
    if (runbook.kind !== "upgrade" && runbook.kind !== "deploy") return runbook;
    const [undo, another] = undoes.get(places.get(runbook.source.line) ?? "") ?? [];
    return undo && !another ? { ...runbook, rollback: undo.id } : runbook;
  });
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
