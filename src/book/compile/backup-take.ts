import type { AgreeSpec, BackupSpec } from "../../model/backup.ts";
import { alarmFor } from "../../model/backup-alarm.ts";
import { agreeName, copiedName, copyName } from "../../model/backup-names.ts";
import { given } from "../../model/given.ts";
import type { StepSpec } from "../../model/runbook-spec.ts";
import { alsoOf, DAY_MS, hoursOf, makeStep, pairName, partsOf, whole, type Rest } from "./backup-step.ts";

/** Brings the sealed set to its second places, and removes there what is kept no longer. */
function copySteps(spec: BackupSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  return (spec.also ?? []).flatMap(({ to, keep }, index) => {
    const number = index + 1;
    const rest: Rest = { timeoutMs: DAY_MS, outputs: [copiedName(number)] };
    return [
      step(`copy-${number}`, "backup-copy", { parts: partsOf(spec), to, number }, rest),
      ...(keep && Object.keys(keep).length > 0
        ? [step(`prune-copy-${number}`, "backup-copy-prune", { to, keep }, { outputs: ["PRUNED"] })]
        : []),
    ];
  });
}

/** Compares the sealed set with those before it. */
function watchSteps(spec: BackupSpec): readonly StepSpec[] {
  const { shrink, unchangedMs } = alarmFor(spec);
  if (shrink === undefined && unchangedMs === undefined) return [];
  const unchanged = unchangedMs === undefined ? undefined : Math.ceil(unchangedMs / 1000);
  return [
    makeStep(spec)("watch", "backup-watch", given({ shrink, unchanged }), { outputs: ["ALARMS"], onFail: "continue" }),
  ];
}

/** Removes what is kept no longer. Of its parts it needs which of their repositories are gone, of second places what they share. */
export const pruneStep = (spec: BackupSpec): StepSpec =>
  makeStep(spec)(
    "prune",
    "backup-prune",
    { keep: spec.keep, parts: partsOf(spec), ...alsoOf(spec) },
    { outputs: ["PRUNED"] },
  );

/** Takes every part in order, compares rows with files, seals the set, removes what is kept no longer. */
export function takeSteps(spec: BackupSpec, zone?: string): readonly StepSpec[] {
  const step = makeStep(spec);
  const { parts, agree, keep } = spec;
  const asked = (pair: AgreeSpec) => ({
    ...whole(parts.find(({ id }) => id === pair.rows)!),
    query: pair.query,
    files: pair.files,
  });
  const copies = copySteps(spec);
  const watch = watchSteps(spec);
  const hours = hoursOf(spec, zone);
  const last =
    spec.window && zone !== undefined
      ? "window"
      : Object.keys(keep).length > 0
        ? "prune"
        : (copies.at(-1)?.id ?? watch.at(-1)?.id ?? "seal");
  const LONG: Rest = { timeoutMs: DAY_MS };
  return [
    step("begin", "backup-begin", { parts: partsOf(spec), ...(hours && { window: hours }) }, { until: last }, true),
    // Rows are asked for before anything is taken: what was there then must be in the copies.
    ...agree.map((pair) => step(`rows-${pair.rows}-${pair.files}`, "backup-rows", asked(pair))),
    ...parts.map((part) =>
      step(`take-${part.id}`, "backup-take", whole(part), { ...LONG, outputs: [copyName(part.id)] }),
    ),
    ...agree.map((pair, index) => {
      const root = whole(parts.find(({ id }) => id === pair.files)!);
      const outputs = [agreeName(index + 1)];
      return step(pairName(pair), "backup-agree", { ...asked(pair), root, output: outputs[0] }, { outputs });
    }),
    step(
      "seal",
      "backup-seal",
      { parts: parts.map(({ id }) => id), agree: agree.map(({ rows, files }) => ({ rows, files })) },
      { outputs: ["SET_ID", "SET_DIGEST", "SET_BYTES"] },
    ),
    ...watch,
    // Before anything here is removed.
    ...copies,
    ...(Object.keys(keep).length > 0 ? [pruneStep(spec)] : []),
    // Whatever was done before: it says whether it was still at work when its hours were over.
    ...(last === "window" ? [step("window", "backup-window", { ...spec.window, zone })] : []),
  ];
}
