import { backName } from "../../model/failback.ts";
import type { EndReason } from "../../model/journal.ts";
import type { PlanObjective } from "../../model/plan.ts";
import type { Verdict } from "../../model/states.ts";
import type { BoundPlan } from "./plan.ts";

/** One objective beside what the drill measured. */
export interface ObjectiveJudged extends PlanObjective {
  /** In the objective's unit; absent: nothing measured it. */
  readonly measured?: number;
  /** `unknown`: not measured, or by a clock that proves nothing. Never met. */
  readonly met: boolean | "unknown";
}

export interface DrillJudged {
  readonly objectives: readonly ObjectiveJudged[];
}

/** Keys of result.env that measure an objective, by its name and unit; the first that is there counts. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "rto seconds": ["RTO_SECONDS"],
  "rpo seconds": ["RPO_SECONDS"],
  "rpo events": ["RPO_EVENTS", "LOST_ACKED"],
  "rpo rows": ["RPO_EVENTS", "LOST_ACKED"],
  "rollback seconds": ["ROLLBACK_SECONDS"],
  "failover seconds": ["FAILOVER_SECONDS", "FAILOVER_DURATION_SECONDS"],
  "data-lag events": ["DATA_LAG_EVENTS_AT_FAULT", "DATA_SYNC_LAG_EVENTS"],
  "data-lag rows": ["DATA_LAG_EVENTS_AT_FAULT", "DATA_SYNC_LAG_EVENTS"],
  "data-lag seconds": ["DATA_LAG_SECONDS"],
};

function judged(
  objective: PlanObjective,
  measures: ReadonlyMap<string, string>,
  clock: "monotonic" | "wall",
): ObjectiveJudged {
  const { name, unit, comparison, value } = objective;
  const key = (KEYS[`${name} ${unit}`] ?? []).find((one) => measures.has(one));
  // There and back: the worse of both counts.
  const both = key === undefined ? [] : [key, backName(key)].flatMap((one) => measures.get(one) ?? []);
  const measured = both.length === 0 ? Number.NaN : Math.max(...both.map(Number));
  if (!Number.isFinite(measured)) return { ...objective, met: "unknown" };
  if (unit === "seconds" && clock === "wall") return { ...objective, measured, met: "unknown" };
  return { ...objective, measured, met: comparison === "<" ? measured < value : measured <= value };
}

/**
 * What a drill measured beside its objectives; undefined for a run that is none. One that did not end well demonstrates
 * nothing, whatever it has measured on the way. Pure.
 */
export function drillOf(
  plan: BoundPlan,
  measures: ReadonlyMap<string, string>,
  { clock, verdict }: { readonly clock: "monotonic" | "wall"; readonly verdict: Verdict },
): DrillJudged | undefined {
  const seen = verdict === "pass" ? measures : new Map<string, string>();
  return plan.drill && { objectives: plan.drill.objectives.map((one) => judged(one, seen, clock)) };
}

/** A run that passed and missed an objective has failed; one that could not measure it has not demonstrated it. */
export function withObjectives(verdict: Verdict, drill: DrillJudged | undefined): Verdict {
  if (verdict !== "pass" || !drill) return verdict;
  if (drill.objectives.some(({ met }) => met === false)) return "fail";
  return drill.objectives.some(({ met }) => met === "unknown") ? "inconclusive" : "pass";
}

const because = (code: string, args: EndReason["args"]): EndReason => ({ code, args });

/** Why a drill's objectives were not all kept: codes of i18n `runs.reasons`. */
export const missedReasons = ({ objectives }: DrillJudged): readonly EndReason[] =>
  objectives
    .filter(({ met }) => met !== true)
    .map(({ name, unit, comparison, value, measured, met }): EndReason => {
      const args = { objective: `objective:${name}`, limit: `${comparison} ${value}`, unit: `unit:${unit}` };
      return met === false && measured !== undefined
        ? because("objective-missed", { ...args, measured })
        : because("objective-unmeasured", args);
    });
