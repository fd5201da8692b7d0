import type { Book } from "../../model/book.ts";
import type { PlanObjective } from "../../model/plan.ts";
import type { Service } from "../../model/policy.ts";
import type { Objective, Runbook, RunbookKind } from "../../model/runbook.ts";

const RECOVERY: readonly Objective["name"][] = ["rto", "rpo"];
/** What a drill of a kind of runbook can show; others are held to the times of a recovery. */
const SHOWS: Readonly<Partial<Record<RunbookKind, readonly Objective["name"][]>>> = {
  failover: ["failover", "data-lag", "rto", "rpo"],
  rollback: ["rollback"],
  deploy: ["rollback"],
  upgrade: ["rollback"],
};

const plain = (text: string): string => text.trim().toLowerCase();

/** It stands in the runbook, or for all; where a table has a row per service, in this service's. */
function applies(objective: Objective, runbook: Runbook, service: Service | undefined): boolean {
  if (objective.runbook !== undefined) return objective.runbook === runbook.id;
  if (objective.subject === undefined) return true;
  return service !== undefined && [service.id, service.title].map(plain).includes(plain(objective.subject));
}

const isTighter = (a: Objective, b: Objective): boolean =>
  a.value < b.value || (a.value === b.value && a.comparison === "<" && b.comparison === "<=");

/**
 * Objectives of the manual that a drill of this runbook is held to: those of the runbook itself before those for all, of
 * several with one name and unit the tightest. By name, then unit.
 */
export function objectivesFor(book: Book, runbook: Runbook, service: Service | undefined): readonly PlanObjective[] {
  const shown = SHOWS[runbook.kind] ?? RECOVERY;
  const all = book.objectives.filter((one) => shown.includes(one.name) && applies(one, runbook, service));
  const found = new Map<string, Objective>();
  for (const one of all) {
    const own = all.some((other) => other.name === one.name && other.runbook === runbook.id);
    if (own && one.runbook !== runbook.id) continue;
    const key = `${one.name} ${one.unit}`;
    const known = found.get(key);
    if (!known || isTighter(one, known)) found.set(key, one);
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, comparison, value, unit }]) => ({ name, comparison, value, unit }));
}
