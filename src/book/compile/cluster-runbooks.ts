import type { ClusterSpec } from "../../model/cluster.ts";
import type { ParameterSpec, RunbookSpec, StepBody, StepSpec } from "../../model/runbook-spec.ts";
import type { RunbookKind } from "../../model/runbook.ts";
import type { MadeRunbook } from "./backup-runbooks.ts";
import { failbackSteps } from "./cluster-failback.ts";

type Rest = Omit<StepSpec, "id" | "source" | "kind" | "with" | "undo">;

/** Id that evidence of a fault has, literally. */
const FAULT_STEP = "fault_injection";
const MINUTE_MS = 60_000;
/** What a person decides: an old primary that is not reached may be dead, or not. */
const ASK: Rest = { onFail: "ask", idempotent: true };
/** Something was begun that lasts; its undo ends it. */
const LASTS = true;

/** Steps of one cluster: all of them know its members. They are done once, and reach whom they need. */
const makeStep =
  ({ id, kind, members, synchronous, source }: ClusterSpec) =>
  (name: string, step: string, given: object = {}, rest: Rest = {}, undoes = false): StepSpec => {
    const body: StepBody = { kind: step, scope: "run", with: { cluster: id, kind, synchronous, members, ...given } };
    return {
      timeoutMs: 10 * MINUTE_MS,
      ...rest,
      ...body,
      id: name,
      source,
      ...(undoes && { undo: { ...body, idempotent: true } }),
    };
  };

const limitOf = ({ limitMs }: ClusterSpec): number => Math.ceil(limitMs / 1000);
const hasAddress = ({ members }: ClusterSpec): boolean => members.some((one) => one.with["address"] !== undefined);

/** Steps of the book: on this machine where they do not say where. */
const own = (steps: readonly StepSpec[]): readonly StepSpec[] =>
  steps.map((step) => (step.targets || step.scope ? step : { ...step, scope: "run" }));

const LOOKED = ["OLD", "CANDIDATE", "PRIMARY", "PROMOTED", "LAG_POSITIONS", "LOOKED_AT_NS"];
const FAULT = ["FAULT_AT_NS", "DETECTION"];
const COUNTED = [
  ...["FAILOVER_SECONDS", "LOST_ACKED", "RPO_EVENTS", "RPO_SECONDS", "IN_DOUBT", "IN_DOUBT_PRESENT"],
  ...["ACKED_LAST_SECOND", "LEDGER_SHA256"],
];
const PROMOTED = [
  "PROMOTED",
  "PRIMARY_HOST",
  "PRIMARY_PORT",
  "HISTORY",
  "PROMOTE_SECONDS",
  "APPLIED_IDS",
  "LOST",
  "DETECTION",
];

/** Only in a drill. */
const DRILL: Rest = { drill: true };

/** What a drill begins before anything happens. */
function loadSteps(spec: ClusterSpec): readonly StepSpec[] {
  const { rate, connections, beforeMs } = spec.load;
  const given = { rate, connections, before: beforeMs / 1000, limit: limitOf(spec) };
  return [makeStep(spec)("load", "cluster-load", given, { ...DRILL, until: "count", outputs: ["LOAD"] }, LASTS)];
}

/** What must hold when another one is the primary, and what a drill has measured. */
function proofSteps(spec: ClusterSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  const { connections } = spec.load;
  return [
    step("lag", "cluster-lag", {}, { ...DRILL, outputs: ["DATA_SYNC_LAG_EVENTS"] }),
    ...own(spec.repoint),
    step("prove-fence", "cluster-refuses", {}, { ...ASK, outputs: ["FENCE_VERIFIED"] }),
    // Without an address nobody knows where an application writes: a drill refuses, a real change goes without this proof.
    step("writes", "cluster-writes", { connections }, hasAddress(spec) ? {} : DRILL),
    step("count", "cluster-count", {}, { ...DRILL, outputs: COUNTED }),
  ];
}

/** Whoever was the primary is ended at once, another one takes over, and both are proven. */
function failoverSteps(spec: ClusterSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  const limit = limitOf(spec);
  const hit = { limit, ...(spec.fault && { fault: spec.fault }) };
  return [
    step("look", "cluster-look", { for: "failover" }, { outputs: LOOKED }),
    ...loadSteps(spec),
    step("pin", "cluster-pin", { limit }, { outputs: ["PINNED", "PIN"], until: "prove-fence" }, LASTS),
    step(FAULT_STEP, "cluster-fault", hit, { ...DRILL, outputs: FAULT, until: "count" }, LASTS),
    step("fence", "cluster-fence", {}, { ...ASK, outputs: ["FENCED"] }),
    step("promote", "cluster-promote", {}, { ...ASK, outputs: PROMOTED }),
    ...proofSteps(spec),
    ...own(spec.probes),
    step("recovered", "cluster-recovered", {}, { ...DRILL, outputs: ["RTO_SECONDS"] }),
    ...otherSteps(spec),
  ];
}

/** The primary ends in order and loses nothing; it follows whoever took over. */
function switchoverSteps(spec: ClusterSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  return [
    step("look", "cluster-look", { for: "switchover" }, { outputs: LOOKED }),
    ...loadSteps(spec),
    step("pin", "cluster-pin", { limit: limitOf(spec) }, { outputs: ["PINNED", "PIN"], until: "prove-fence" }, LASTS),
    step("demote", "cluster-demote", {}, { onFail: "undo", outputs: ["WRITTEN", "FENCED", ...FAULT] }, LASTS),
    step("promote", "cluster-promote", { lossless: true }, { onFail: "undo", outputs: PROMOTED }),
    ...proofSteps(spec),
    ...joinSteps(spec),
    ...own(spec.probes),
    step("recovered", "cluster-recovered", {}, { ...DRILL, outputs: ["RTO_SECONDS"] }),
    ...otherSteps(spec),
  ];
}

/** Of three or more: who followed the old primary follows the new one, and that is proven. Nobody waits for it to write. */
function otherSteps(spec: ClusterSpec): readonly StepSpec[] {
  if (spec.members.length < 3) return [];
  const step = makeStep(spec);
  const rest: Rest = { idempotent: true, timeoutMs: 60 * MINUTE_MS };
  return [
    step("join-others", "cluster-join", { who: "others" }, rest),
    step("others-follow", "cluster-follows", { who: "others" }, { idempotent: true }),
  ];
}

/** Whoever was put aside follows again, and that is proven. */
function joinSteps(spec: ClusterSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  return [
    step("join", "cluster-join", {}, { idempotent: true, outputs: ["REWOUND"], timeoutMs: 60 * MINUTE_MS }),
    step("follows", "cluster-follows", {}, { idempotent: true, outputs: ["REJOIN_SECONDS"] }),
  ];
}

const rejoinSteps = (spec: ClusterSpec): readonly StepSpec[] => [
  makeStep(spec)("look", "cluster-look", { for: "rejoin" }, { outputs: [...LOOKED, "PRIMARY_HOST", "PRIMARY_PORT"] }),
  ...joinSteps(spec),
  ...own(spec.probes),
];

const parameter = (spec: ClusterSpec, name: string, value: string, choices: readonly string[] = []): ParameterSpec => ({
  ...{ name, default: value, choices, source: spec.source },
  type: choices.length > 0 ? "choice" : "text",
});

/** Targets that steps of the book name, and those of the members: a run holds the locks of all. */
const targetsOf = ({ members, repoint, probes }: ClusterSpec): readonly string[] => [
  ...new Set([
    ...members.map(({ target }) => target),
    ...[...repoint, ...probes].flatMap(({ targets = [] }) => targets),
  ]),
];

/** Runbooks of one cluster: `failover-ID`, `switchover-ID`, `failback-ID` (both), `rejoin-ID`, and `state-ID`, which only looks. */
export function clusterRunbooks(spec: ClusterSpec): readonly MadeRunbook[] {
  const { source } = spec;
  const service = spec.service === undefined ? {} : { service: spec.service };
  const member = parameter(spec, "MEMBER", "auto", ["auto", ...spec.members.map(({ name }) => name)]);
  const made = (
    verb: string,
    kind: RunbookKind,
    add: readonly StepSpec[],
    params: readonly ParameterSpec[] = [member],
  ): MadeRunbook => {
    const id = `${verb}-${spec.id}`;
    const changes = kind !== "inspect";
    const bare: RunbookSpec = {
      ...{ id, params, steps: [], add, faults: [], environments: [], source },
      ...service,
      ...{ onFail: "stop", undo: false, targets: targetsOf(spec), batches: [{ part: 1 }] },
      ...(changes ? { lock: `cluster-${spec.id}` } : { approval: false as const, lock: `state-${spec.id}` }),
    };
    const title = spec.title === undefined ? id : `${verb} ${spec.title}`;
    return {
      runbook: { ...service, id, title, source, kind, steps: [], phases: [], preconditions: [] },
      spec: bare,
    };
  };
  const step = makeStep(spec);
  return [
    made("failover", "failover", failoverSteps(spec), [member, parameter(spec, "FORCE", "no", ["no", "yes"])]),
    made("switchover", "failover", switchoverSteps(spec)),
    made("failback", "failover", failbackSteps(failoverSteps(spec), joinSteps(spec), switchoverSteps(spec))),
    made("rejoin", "other", rejoinSteps(spec), [member, parameter(spec, "COPY", "no", ["no", "yes"])]),
    made("state", "inspect", [step("look", "cluster-look", { for: "state" })], []),
  ];
}
