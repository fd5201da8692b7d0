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

/** A promise, and the drills that decide about it, newest first. */
interface Judged {
  readonly promised: Promised;
  readonly counted: readonly Drilled[];
}

/** In the objective's unit; undefined for what was not measured, or is in doubt. */
function valueOf({ doubted, objectives }: Drilled, objective: PlanObjective): number | undefined {
  const found = objectives.find((one) => same(one, objective));
  return doubted || found?.met === "unknown" ? undefined : found?.measured;
}

function ofObjective(runbook: string, objective: PlanObjective, drills: readonly Drilled[]): Judged {
  const seen = drills.map((drill) => {
    const value = valueOf(drill, objective);
    return { drill, ended: drill.ended, value, failed: drill.verdict === "fail" && value === undefined };
  });
  const measured = seen.flatMap(({ drill, ended, value }) => (value === undefined ? [] : [{ drill, ended, value }]));
  const three = measured.slice(0, LAST);
  const values = three.map(({ value }) => value);
  const counted = three.map(({ drill }) => drill);
  // What ended badly before it could measure is no better than the slowest: it counts among the last.
  const failed = seen
    .filter((one) => one.failed || one.value !== undefined)
    .slice(0, LAST)
    .some((one) => one.failed);
  const [last] = measured;
  const shared = { runbook, objective, attempts: drills.length };
  if (!last) {
    const state = failed ? "missed" : drills.length === 0 ? "undrilled" : "unmeasured";
    return { counted, promised: { ...shared, state } };
  }
  const worst = Math.max(...values);
  const state = !failed && keeps(objective, worst) ? "kept" : "missed";
  const promised = {
    ...shared,
    state,
    best: Math.min(...values),
    worst,
    last: last.value,
    proven: last.ended,
  } as const;
  return { counted, promised };
}

interface Drillable {
  readonly id: string;
  readonly objectives: readonly PlanObjective[];
}

function ofRunbook({ id, objectives }: Drillable, drills: readonly Drilled[]): readonly Judged[] {
  if (objectives.length > 0) return objectives.map((objective) => ofObjective(id, objective, drills));
  const counted = drills.filter(({ verdict }) => verdict === "pass" || verdict === "fail").slice(0, LAST);
  const passed = counted.find(({ verdict }) => verdict === "pass");
  const failed = counted.some(({ verdict }) => verdict === "fail");
  const state = failed ? "missed" : passed ? "kept" : drills.length > 0 ? "unmeasured" : "undrilled";
  return [
    { counted, promised: { runbook: id, state, attempts: drills.length, ...(passed && { proven: passed.ended }) } },
  ];
}

/** Whether evidence is gone that could stand among the last that count. Older than these, it decides nothing. */
function isShort(id: string, counted: readonly Drilled[], removed: DrillRecord["removed"]): boolean {
  if (removed === "all") return true;
  const oldest = counted[LAST - 1];
  return removed.some(({ runbook, index }) => runbook === id && (oldest === undefined || index > oldest.index));
}

/**
 * What the manual promises of each runbook beside what is on record, drills newest first. Best and worst are those of
 * the last three that measured it; a rehearsal is no drill. What the log has and nobody can show improves nothing.
 */
export function promisesOf(runbooks: readonly Drillable[], { drills, removed }: DrillRecord): readonly Promised[] {
  return runbooks.flatMap((one) => {
    const own = drills.filter(({ runbook, verdict }) => runbook === one.id && verdict !== "rehearsal");
    return ofRunbook(one, own).map(({ promised, counted }) =>
      promised.state === "missed" || !isShort(one.id, counted, removed) ? promised : { ...promised, state: "removed" },
    );
  });
}
