import type { DrillSpec } from "../../model/drill.ts";
import type { RunbookSpec, StepBody, StepSpec } from "../../model/runbook-spec.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { MadeRunbook } from "./backup-runbooks.ts";

/** Id that evidence of a fault has, literally. */
const FAULT_STEP = "fault_injection";
/** How long a fault lasts when nobody removes it, milliseconds. */
const LIMIT_MS = 600_000;
/** What injecting and proving that it bit, or removing, may take, milliseconds. */
const TIMEOUT_MS = 120_000;
/** It stays until this has ended. */
const STANDS = "fault_stands";

type Own = NonNullable<DrillSpec["fault"]>;

/** The fault, which is taken away when the step `until` has ended, whatever becomes of the rest. */
function faultStep({ id, fault }: DrillSpec & { readonly fault: Own }, until: string): StepSpec {
  const { kind, with: params, limitMs = LIMIT_MS, targets, source } = fault;
  const body: StepBody = { kind: "fault", timeoutMs: TIMEOUT_MS };
  const given = { fault: kind, with: params, limit: limitMs / 1000 };
  return {
    ...body,
    with: given,
    ...(targets && { targets }),
    ...{ id: FAULT_STEP, title: `${id}: ${kind}`, onFail: "undo", until, source },
    undo: { ...body, with: { ...given, remove: true }, idempotent: true },
  };
}

/** Without steps of its own the fault stays for a moment, or until it was noticed; then its removal is all there is to recover. */
function stepsOf(spec: DrillSpec & { readonly fault: Own }): readonly StepSpec[] {
  const { recover, lasts, source } = spec;
  const last = recover.at(-1);
  if (last) return [faultStep(spec, last.id), ...recover];
  const wait: StepSpec = { id: STANDS, kind: "wait", with: { ms: Math.round(lasts * 1000) }, source };
  return [faultStep(spec, STANDS), wait];
}

/**
 * The runbook of a drill with a fault of its own; none for what is said of another one's drills. It takes the name of none that the
 * manual has: then it is `drill-ID`.
 */
export function drillRunbooks(
  spec: DrillSpec,
  manual: readonly Pick<Runbook, "id" | "number">[],
): readonly MadeRunbook[] {
  const { source, fault } = spec;
  if (!fault) return [];
  const id = manual.some((one) => one.id === spec.id || one.number === spec.id) ? `drill-${spec.id}` : spec.id;
  const { title = id } = spec;
  const service = spec.service === undefined ? {} : { service: spec.service };
  const whole: RunbookSpec = {
    ...{ id, params: [], steps: [], add: stepsOf({ ...spec, fault }), faults: [], environments: [], source },
    ...service,
    ...{ undo: false, batches: [{ part: 1 }] },
    ...(fault.targets && { targets: fault.targets }),
  };
  return [
    {
      runbook: { ...service, id, title, source, kind: "drill", steps: [], phases: [], preconditions: [] },
      spec: whole,
    },
  ];
}
