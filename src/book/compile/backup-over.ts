import type { BackupSpec, PartSpec } from "../../model/backup.ts";
import type { ParameterSpec, RunbookSpec, StepBody, StepSpec } from "../../model/runbook-spec.ts";
import type { RunbookKind } from "../../model/runbook.ts";
import { restoreSteps } from "./backup-restore.ts";
import { DAY_MS, makeStep, whole } from "./backup-step.ts";
import { takeSteps } from "./backup-take.ts";

type Over = NonNullable<BackupSpec["restore"]["over"]>;

const bodyOf = ({
  kind,
  with: given,
  title,
  risk,
  timeoutMs,
  sudo,
  scope,
  cwd,
  commands,
  blanks,
}: StepSpec): StepBody => ({
  ...(kind !== undefined && { kind }),
  ...(given && { with: given }),
  ...(title !== undefined && { title }),
  ...(risk !== undefined && { risk }),
  ...(timeoutMs !== undefined && { timeoutMs }),
  ...(sudo !== undefined && { sudo }),
  ...(scope !== undefined && { scope }),
  ...(cwd !== undefined && { cwd }),
  ...(commands && { commands }),
  ...(blanks && { blanks }),
});

/** Steps of the book under names of their own; what undoes the first is the last of the others, and so on. */
const mirrored = (steps: readonly StepSpec[], others: readonly StepSpec[], prefix: string): readonly StepSpec[] =>
  steps.map((step, index) => {
    const other = others.at(-1 - index);
    return { ...step, id: `${prefix}-${step.id}`, ...(other && { undo: bodyOf(other) }) };
  });

/** A set of what is there now. What the book keeps, and where else, is decided when the next one is taken. */
const beforeSteps = (spec: BackupSpec): readonly StepSpec[] => {
  const { also: _, window: _hours, ...rest } = spec;
  return takeSteps({ ...rest, keep: {}, alarm: false }).map((step) => ({
    ...step,
    id: `before-${step.id}`,
    ...(step.until !== undefined && { until: `before-${step.until}` }),
    // What was torn is what is repaired: its set is taken, and says so. Its values are not those of the set that is restored.
    ...(step.kind === "backup-seal" && { with: { ...step.with, torn: "keep" }, outputs: [] }),
  }));
};

/**
 * Restores apart and proves it as any restore; takes a set of what is there; makes beside it what is to take its place; and
 * only then stops the service, renames, and starts it again. What fails from there on is undone in reverse: stopped, renamed
 * back, started.
 */
function overSteps(spec: BackupSpec, { stop, start, probes, paths }: Over): readonly StepSpec[] {
  const step = makeStep(spec);
  const at = { place: spec.restore.into };
  const swap = (one: PartSpec) => ({
    ...whole(one),
    ...(paths[one.id] !== undefined && { path: paths[one.id] }),
  });
  const apart = restoreSteps(spec).map((one) =>
    one.kind === "restore-find" ? { ...one, with: { ...one.with, confirm: true }, until: "over-done" } : one,
  );
  return [
    ...leaving(apart, "place"),
    ...leaving(beforeSteps(spec), "set"),
    ...spec.parts.map((one) =>
      step(`ready-${one.id}`, "restore-ready", { ...at, ...swap(one) }, { timeoutMs: DAY_MS }, true),
    ),
    ...mirrored(stop, start, "over-stop"),
    ...spec.parts.map((one) =>
      step(`swap-${one.id}`, "restore-swap", { ...at, ...swap(one) }, { idempotent: true }, true),
    ),
    ...mirrored(start, stop, "over-start"),
    ...probes.map((one) => ({ ...one, id: `over-${one.id}` })),
    step("over-done", "restore-done", { ...at, parts: spec.parts.map(swap) }, { outputs: ["KEPT_BESIDE"] }),
  ];
}

/** What touches nothing that is in use needs no undo; a run that was undone says of every other step that it was left. */
const leaving = (steps: readonly StepSpec[], what: "place" | "set"): readonly StepSpec[] =>
  steps.map((step) =>
    step.undo !== undefined || !/^(?:backup|restore)-/.test(step.kind ?? "")
      ? step
      : { ...step, undo: { kind: "restore-leave", with: { what }, idempotent: true } },
  );

/** Which set it is must be said by its own name: whoever restores over what is in use has looked at it. */
const params = ({ source, also }: BackupSpec): readonly ParameterSpec[] => {
  const shared = { type: "text" as const, choices: [], source };
  return [
    { ...shared, name: "SET", pattern: String.raw`^r\d{8}-\d{6}-[0-9a-f]{8}$` },
    // Two answers: of what, and by which set. Typed, whatever verb or hand begins it.
    { ...shared, name: "CONFIRM", pattern: String.raw`^\S+/r\d{8}-\d{6}-[0-9a-f]{8}$` },
    { ...shared, name: "TO", default: "latest" },
    ...(also ? [{ ...shared, name: "FROM", default: "1" }] : []),
  ];
};

/** `restore-over-ID`, where the book says how the service is stopped and started. `made`: as for every runbook of a set. */
export function overRunbook<T>(
  spec: BackupSpec,
  made: (verb: string, kind: RunbookKind, add: readonly StepSpec[], more: Partial<RunbookSpec>) => T,
): readonly T[] {
  const { over } = spec.restore;
  if (!over) return [];
  return [
    made("restore-over", "other", overSteps(spec, over), {
      params: params(spec),
      // Not as a backup, which only adds: a protected environment wants another person's yes.
      automation: "guarded",
      onFail: "undo",
      lock: `backup-${spec.id}`,
      ...(over.approval === undefined ? {} : { approval: over.approval }),
    }),
  ];
}
