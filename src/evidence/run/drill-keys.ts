import { backName } from "../../model/failback.ts";
import type { RunbookKind } from "../../model/runbook.ts";
import { utc } from "../../model/time.ts";
import type { RunMeasured } from "./judge.ts";
import type { Verdict } from "../../model/states.ts";
import type { DrillJudged } from "./drill.ts";
import type { RollbackJudged } from "./rollback.ts";
import { isNumber, line, type Pair } from "./pair.ts";
import { outcomeOf } from "./tasks.ts";
import { walPairs } from "./wal-keys.ts";

export { line, type Pair } from "./pair.ts";

/** A measured run, and how its steps ended: what objectives make of it comes later. */
export type RunEnded = RunMeasured & { readonly verdict: Verdict };

const LAG = "DATA_SYNC_LAG_EVENTS";

/** Names of outputs that are measures: each becomes a key of result.env when its value is a plain number. */
const MEASURES = [
  "RTO_SECONDS",
  "RPO_EVENTS",
  "RPO_SECONDS",
  "FAILOVER_SECONDS",
  "DETECT_SECONDS",
  "DETECT_RESOLUTION_SECONDS",
  "PROMOTE_SECONDS",
  "REJOIN_SECONDS",
  "DATA_LAG_EVENTS_AT_FAULT",
  "DATA_LAG_SECONDS",
  LAG,
  "LOST_ACKED",
  "IN_DOUBT",
  "IN_DOUBT_PRESENT",
  "ACKED_LAST_SECOND",
].flatMap((name) => (backName(name) === name ? [name] : [name, backName(name)]));

/** Outputs that tell something else than a number, by the form that they must have. */
const TOLD: Readonly<Record<string, RegExp>> = {
  DETECTION: /^(?:assumed|alert|check|keeper)$/,
  FENCE_VERIFIED: /^(?:true|false)$/,
  LEDGER_SHA256: /^[0-9a-f]{64}$/,
  FAILBACK_FENCE_VERIFIED: /^(?:true|false)$/,
  FAILBACK_LEDGER_SHA256: /^[0-9a-f]{64}$/,
  POINT: /^(?:set|\d{4}-\d\d-\d\dT[\d:.]+Z)$/,
  POINT_SEED: /^[\w-]{1,64}$/,
  POINT_FROM: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  POINT_UNTIL: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
};

/** Every step in every batch: what the published verifiers walk through, and the targets beside it. */
export const stepPairs = ({ steps, plan }: Pick<RunEnded, "steps" | "plan">): readonly Pair[] =>
  steps.flatMap(({ n, name, status, ms, targets }): readonly Pair[] => [
    [`STEP_${n}_NAME`, line(name)],
    [`STEP_${n}_STATUS`, status],
    [`STEP_${n}_DURATION_MS`, String(ms)],
    [`STEP_${n}_TARGET`, line(targets.join(","))],
    ...(plan.steps.some(({ id, byHand }) => id === name && byHand) ? [[`STEP_${n}_BY`, "person"] as const] : []),
  ]);

/** Every step ended well, whatever an objective makes of its time. */
const isWhole = ({ state, reasons, tasks, plan }: RunEnded): boolean =>
  state === "done" && !plan.rehearsal && reasons.length === 0 && tasks.every((task) => outcomeOf(task) === "pass");

/** Name of the first step that failed, else of the first that is not good (undone, not run); `none`. */
export const failedStep = ({ steps }: Pick<RunEnded, "steps">): string => {
  const bad = steps.filter(({ status }) => status !== "ok" && status !== "simulated_ok");
  return line((bad.find(({ status }) => status === "failed") ?? bad[0])?.name ?? "none");
};

/** What the run measured, from the outputs of its steps. */
export const measurePairs = (run: RunEnded): readonly Pair[] => [
  ...MEASURES.flatMap((name): readonly Pair[] => (isNumber(run.outputs[name]) ? [[name, run.outputs[name]]] : [])),
  ...Object.entries(TOLD).flatMap(([name, form]): readonly Pair[] =>
    form.test(run.outputs[name] ?? "") ? [[name, run.outputs[name]!]] : [],
  ),
  ...(run.rollback ? rollbackPairs(run.rollback) : wholeRollback(run)),
];

/** All that a runbook of this kind does is the roll-back: from its first step to the last one, proofs included. */
const wholeRollback = (run: RunEnded): readonly Pair[] =>
  run.started.kind === "rollback" && isWhole(run) ? [["ROLLBACK_SECONDS", seconds(run.workMs)]] : [];

/** How long it took to bring back what was, beside what was allowed. */
const rollbackPairs = ({
  complete,
  ms,
  decidedMs,
  fromFaultMs,
  byHand,
  within,
  met,
}: RollbackJudged): readonly Pair[] => {
  const timed = (key: string, value: number | undefined): readonly Pair[] =>
    value === undefined ? [] : [[key, seconds(value)]];
  return [
    ["ROLLBACK_COMPLETE", String(complete)],
    ...timed("ROLLBACK_SECONDS", ms),
    ...timed("ROLLBACK_DECIDED_SECONDS", decidedMs),
    ...timed("ROLLBACK_FROM_FAULT_SECONDS", fromFaultMs),
    ...(byHand ? [["ROLLBACK_BY", "person"] as const] : []),
    ...timed("ROLLBACK_WITHIN_SECONDS", within === undefined ? undefined : within * 1000),
    ...(met === undefined ? [] : [["ROLLBACK_WITHIN_MET", String(met)] as const]),
  ];
};

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const isSuccess = (run: RunEnded): boolean => run.state === "done" && failedStep(run) === "none";

function rollout(run: RunEnded, prefix: "ROLLOUT" | "FAILOVER"): readonly Pair[] {
  return [
    [`${prefix}_ENV`, line(run.plan.environment)],
    [`${prefix}_DRY_RUN`, String(run.plan.rehearsal)],
    [`${prefix}_SUCCESS`, String(isSuccess(run))],
    [`${prefix}_TOTAL_STEPS`, String(run.steps.length)],
    [`${prefix}_FAILED_STEP`, failedStep(run)],
  ];
}

/** A failover whose data lag no step measured has none to show: it is evidence of a run, not of a failover. */
function failover(run: RunEnded): readonly Pair[] {
  const measured = run.plan.steps.some(({ outputs }) => outputs.includes(LAG));
  if (!measured && !run.plan.rehearsal) return [];
  // A rehearsal that measured nothing shows what the published script shows of its own: zero, marked as a dry run.
  const lag = run.outputs[LAG] ?? (run.plan.rehearsal ? "0" : undefined);
  return [
    ...rollout(run, "FAILOVER"),
    ["FAILOVER_DURATION_SECONDS", seconds(run.workMs)],
    ...(isNumber(lag) ? [[LAG, lag] as const] : []),
  ];
}

const PLATFORMS: Readonly<Record<string, string>> = { systemd: "systemd", kubernetes: "k8s" };
const VERSION = /^(?:release_?)?version$/i;
const BACK_TO = /^(?:rollback_?(?:target|to)|(?:target|old|previous)_?version)$/i;

/** A drill of a roll-back: needs a fault, a platform the published verifier knows, and both versions as parameters. */
function rollback(run: RunEnded): readonly Pair[] {
  const { plan, started, fault } = run;
  const valueOf = (name: RegExp): string | undefined =>
    plan.parameters.find((one) => !one.secret && name.test(one.name))?.value;
  const platforms = new Set(plan.targets.map(({ kind }) => PLATFORMS[kind]));
  const [platform] = platforms;
  const [version, target] = [valueOf(VERSION), valueOf(BACK_TO)];
  if (!fault || platforms.size !== 1 || platform === undefined || !version || !target) return [];
  const proofs = run.tasks.filter(({ step }) => step.verify !== undefined || step.kind === "check");
  const healthy =
    proofs.length > 0 &&
    proofs.every(({ step }) => step.byHand === undefined) &&
    proofs.every((task) => outcomeOf(task) === "pass");
  // Labels of whole seconds whose difference is the measured time, whatever the wall clock did meanwhile.
  const label = (wall: number): string => `${utc(wall).slice(0, 19)}Z`;
  return [
    ["drill_id", started.id],
    ["platform", platform],
    ["release_version", line(version)],
    ["rollback_target", line(target)],
    ["failure_injected", String(fault.bit)],
    ["rollback_start_utc", label(run.began)],
    ["rollback_complete_utc", label(run.began + run.workMs)],
    ["rollback_seconds", seconds(run.workMs)],
    ["health_check_passed", String(healthy)],
    ["result", isSuccess(run) ? "pass" : "fail"],
    ["operator", line(started.by)],
    ["notes", line(started.reason) || "none"],
  ];
}

/** Last thing a restore does: everything before it is what a user waits for. */
const PROVE = "restore-prove";

/**
 * A restore of a set that ended with everything proven: the set, and the time from the run's beginning (finding the set,
 * and people who were waited for, included) to the last thing that had to hold; rounded up.
 */
function restore(run: RunEnded): readonly Pair[] {
  const { tasks, outputs } = run;
  const proven = tasks.filter(({ step }) => step.kind === PROVE);
  const id = outputs["SET_ID"];
  if (!isWhole(run) || proven.length === 0 || id === undefined) return [];
  const held = tasks.filter(({ step, last }) => step.kind !== PROVE && step.until === undefined && last !== undefined);
  const until = held.reduce((latest, { last }) => (last! > latest ? last! : latest), 0n);
  return [
    ["SET_ID", line(id)],
    ["SET_DIGEST", line(outputs["SET_DIGEST"] ?? "")],
    ["SET_TAKEN_UTC", line(outputs["SET_UNTIL"] ?? "")],
    ["RTO_SECONDS", seconds(Number((until + 999_999n) / 1_000_000n))],
  ];
}

const KEYS: Readonly<Partial<Record<RunbookKind, (run: RunEnded) => readonly Pair[]>>> = {
  deploy: (run) => rollout(run, "ROLLOUT"),
  upgrade: (run) => rollout(run, "ROLLOUT"),
  failover,
  rollback,
  restore,
  // A procedure of its own that restores a set on its way.
  drill: restore,
};

/** The keys of the published verifiers, for runbooks that do what their scripts did; none for others. */
export function drillPairs(run: RunEnded): readonly Pair[] {
  const own = KEYS[run.started.kind]?.(run) ?? [];
  return own.length > 0 ? own : walPairs(run, isSuccess(run));
}

/** Everything that a run measured, by its key of result.env: what a step told is not heard where the run itself measured. */
export const measuresOf = (run: RunEnded): ReadonlyMap<string, string> =>
  new Map([...measurePairs(run), ...drillPairs(run)]);

const SIGN = { "<": "BELOW", "<=": "MOST" } as const;

/** Objectives of a drill beside what was measured: `OBJECTIVE_RTO_SECONDS_BELOW=3600`, `OBJECTIVE_RTO_SECONDS_MET=true`. */
export const objectivePairs = ({ drill }: { readonly drill?: DrillJudged }): readonly Pair[] =>
  (drill?.objectives ?? []).flatMap(({ name, unit, comparison, value, met }): readonly Pair[] => {
    const key = `OBJECTIVE_${name.replaceAll("-", "_").toUpperCase()}_${unit.toUpperCase()}`;
    return [
      [`${key}_${SIGN[comparison]}`, String(value)],
      [`${key}_MET`, String(met)],
    ];
  });
