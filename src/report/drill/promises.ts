import type { Drilled, DrillRecord } from "../../evidence/drills.ts";
import type { PlanObjective } from "../../model/plan.ts";

/** A promise of the manual beside what drills have proven of it. */
export interface Promised {
  readonly runbook: string;
  /** Absent: the manual promises no number, only that it works. */
  readonly objective?: PlanObjective;
  /**
   * kept: the worst of the last three keeps it, and none of them failed · missed · unmeasured: drilled, never measured ·
   * undrilled · removed: it looks kept, or not drilled, and evidence that could say otherwise was removed or changed.
   */
  readonly state: "kept" | "missed" | "unmeasured" | "undrilled" | "removed";
  readonly best?: number;
  readonly worst?: number;
  readonly last?: number;
  /** Drills on record, the aborted and failed ones too. */
  readonly attempts: number;
  /** The last that passed or measured something, milliseconds since the epoch. */
  readonly proven?: number;
}

/** One run is an anecdote: what counts is the worst of so many. */
const LAST = 3;

const same = (a: PlanObjective, b: PlanObjective): boolean => a.name === b.name && a.unit === b.unit;

const keeps = ({ comparison, value }: PlanObjective, measured: number): boolean =>
  comparison === "<" ? measured < value : measured <= value;

function ofObjective(runbook: string, objective: PlanObjective, drills: readonly Drilled[]): Promised {
  const seen = drills.map(({ ended, verdict, objectives }) => {
    const found = objectives.find((one) => same(one, objective));
    const value = found?.met === "unknown" ? undefined : found?.measured;
    return { ended, value, failed: verdict === "fail" && value === undefined };
  });
  const measured = seen.flatMap(({ ended, value }) => (value === undefined ? [] : [{ ended, value }]));
  const counted = measured.slice(0, LAST).map(({ value }) => value);
  // What ended badly before it could measure is no better than the slowest: it counts among the last.
  const failed = seen
    .filter((one) => one.failed || one.value !== undefined)
    .slice(0, LAST)
    .some((one) => one.failed);
  const [last] = measured;
  const shared = { runbook, objective, attempts: drills.length };
  if (!last) return { ...shared, state: failed ? "missed" : drills.length === 0 ? "undrilled" : "unmeasured" };
  const worst = Math.max(...counted);
  return {
    ...shared,
    state: !failed && keeps(objective, worst) ? "kept" : "missed",
    best: Math.min(...counted),
    worst,
    last: last.value,
    proven: last.ended,
  };
}

interface Drillable {
  readonly id: string;
  readonly objectives: readonly PlanObjective[];
}

function ofRunbook({ id, objectives }: Drillable, drills: readonly Drilled[]): readonly Promised[] {
  if (objectives.length > 0) return objectives.map((objective) => ofObjective(id, objective, drills));
  const judged = drills.filter(({ verdict }) => verdict === "pass" || verdict === "fail").slice(0, LAST);
  const passed = judged.find(({ verdict }) => verdict === "pass");
  const failed = judged.some(({ verdict }) => verdict === "fail");
  const state = failed ? "missed" : passed ? "kept" : drills.length > 0 ? "unmeasured" : "undrilled";
  return [{ runbook: id, state, attempts: drills.length, ...(passed && { proven: passed.ended }) }];
}

/** Whether evidence is gone that would stand among the last that count. Older than these, it decides nothing. */
function isShort({ id }: Drillable, drills: readonly Drilled[], removed: DrillRecord["removed"]): boolean {
  if (removed === "all") return true;
  const oldest = drills[LAST - 1];
  return removed.some(({ runbook, started }) => runbook === id && (oldest === undefined || started > oldest.ended));
}

/**
 * What the manual promises of each runbook beside what is on record, drills newest first. Best and worst are those of
 * the last three that measured it; a rehearsal is no drill. What the log has and nobody can show improves nothing.
 */
export function promisesOf(runbooks: readonly Drillable[], { drills, removed }: DrillRecord): readonly Promised[] {
  return runbooks.flatMap((one) => {
    const own = drills.filter(({ runbook, verdict }) => runbook === one.id && verdict !== "rehearsal");
    const found = ofRunbook(one, own);
    if (!isShort(one, own, removed)) return found;
    return found.map((each) => (each.state === "missed" ? each : { ...each, state: "removed" as const }));
  });
}
