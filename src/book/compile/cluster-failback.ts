import { backName } from "../../model/failback.ts";
import type { StepBody, StepSpec } from "../../model/runbook-spec.ts";

const back = (id: string): string => `back-${id}`;

/** What is done by a kind of its own that keeps both ways apart; steps of the book are done as they are. */
function wrapped<T extends StepBody>(step: T): T {
  const { kind, with: given = {} } = step;
  if (kind?.startsWith("cluster-") !== true) return step;
  return { ...step, kind: "cluster-back", with: { does: kind, with: given } };
}

function onTheWayBack(step: StepSpec): StepSpec {
  const { undo, until, outputs } = step;
  return {
    ...wrapped(step),
    id: back(step.id),
    ...(until !== undefined && { until: back(until) }),
    ...(outputs && { outputs: outputs.map(backName) }),
    ...(undo !== undefined && typeof undo !== "string" && { undo: wrapped(undo) }),
  };
}

/**
 * A failover, the old primary's return as one who follows, and a switchover back to it: each with a load and a ledger of its own.
 * All of them are steps of one cluster.
 */
export const failbackSteps = (
  failover: readonly StepSpec[],
  join: readonly StepSpec[],
  switchover: readonly StepSpec[],
): readonly StepSpec[] => [...failover, ...join, ...switchover.map(onTheWayBack)];
