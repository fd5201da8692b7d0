import { basename } from "node:path";
import type { RunShown } from "../../../engine/run/control/shown.ts";
import type { Plan } from "../../../model/plan.ts";
import { isEnded, type RunRecord } from "../../../model/run.ts";
import type { ChangeShown, RunChange } from "../../contract.ts";

/** It may have changed something: it is no rehearsal, and has a step that does not only read. */
export const mayChange = (plan: Pick<Plan, "rehearsal" | "steps">): boolean =>
  !plan.rehearsal && plan.steps.some(({ risk }) => risk !== "read");

/** When it was over, or last went on: what changes are sorted by. Milliseconds since the epoch. */
export const lastMoved = ({ ended, updated }: Pick<RunRecord, "ended" | "updated">): number => ended ?? updated;

/** Targets on which something was begun; those of the plan where a step is done once for all. */
function reached({ targets }: Plan, began: ReadonlySet<string>): readonly string[] {
  const names = targets.map(({ name }) => name);
  const own = names.filter((name) => began.has(name));
  return own.length > 0 ? own : names;
}

/** Values that were given, by the manual's names for them; no secret is among them. */
const given = ({ request, parameters }: Plan): RunChange["params"] =>
  Object.entries(request.params)
    .filter(([, value]) => parameters.some((one) => !one.secret && one.value === value))
    .map(([name, value]) => ({ name, value }));

/** A run as a change, but for what the book of today says of it. */
export type Ran = Omit<ChangeShown, "kind">;

/** What a run changed; undefined while nothing of it that writes has begun. `rollback`: as `rollbackSaid` has it. */
export function runChange({ record, plan, view, verdict, attempts }: RunShown, rollback: RunChange["rollback"]) {
  const writing = new Set(plan.steps.filter(({ risk }) => risk !== "read").map(({ id }) => id));
  const writes = attempts.filter(({ step, purpose }) => purpose === "do" && writing.has(step));
  if (record.rehearsal || writes.length === 0) return undefined;
  const run: RunChange = {
    runbook: record.runbook,
    reason: record.reason,
    state: record.state,
    verdict: isEnded(record.state) ? verdict.verdict : null,
    drill: plan.drill !== undefined,
    targets: [...reached(plan, new Set(writes.map(({ target }) => target)))],
    steps: new Set(writes.map(({ step }) => step)).size,
    params: given(plan),
    approvals: view.gates.flatMap(({ given }) => given.map(({ by, at }) => ({ by, at }))),
    rollback,
    evidence: record.evidence === undefined ? null : basename(record.evidence),
  };
  const change: Ran = {
    id: record.id,
    began: Math.min(...writes.map(({ began }) => began)),
    at: lastMoved(record),
    title: record.title,
    service: plan.service ?? null,
    environment: record.environment,
    by: record.by,
    source: plan.steps.find(({ source }) => source !== undefined)?.source ?? null,
    book: null,
    run,
  };
  return change;
}

/** A run of which only the record can be read: it may have changed all that its plan names, and proves nothing. */
export const unknownChange = (record: RunRecord, service: string | undefined): Ran => ({
  id: record.id,
  began: record.created,
  at: lastMoved(record),
  title: record.title,
  service: service ?? null,
  environment: record.environment,
  by: record.by,
  source: null,
  book: null,
  run: {
    ...{ runbook: record.runbook, reason: record.reason, state: record.state, verdict: "inconclusive", drill: false },
    ...{ targets: [], steps: 0, params: [], approvals: [], rollback: null },
    evidence: record.evidence === undefined ? null : basename(record.evidence),
  },
});
