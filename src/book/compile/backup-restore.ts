import type { BackupSpec } from "../../model/backup.ts";
import { restoredName } from "../../model/backup-names.ts";
import type { StepSpec } from "../../model/runbook-spec.ts";
import { alsoOf, DAY_MS, makeStep, pairName, partsOf, whole, type Rest } from "./backup-step.ts";

/** What a set that was found is; TO and POINT… where the point was drawn. */
const FOUND = [
  ...["SET_ID", "SET_DIGEST", "SET_UNTIL", "SET_FROM", "SET_PLACE"],
  ...["TO", "POINT", "POINT_SEED", "POINT_FROM", "POINT_UNTIL"],
];

/** Finds the set, restores every part apart from what is in use, starts it, asks it, and clears it away. */
export function restoreSteps(spec: BackupSpec): readonly StepSpec[] {
  const { parts, agree, restore } = spec;
  const at = { place: restore.into };
  const also = alsoOf(spec);
  const step = makeStep(spec);
  const parted = partsOf(spec);
  const limit = Math.ceil(restore.limitMs / 1000);
  const LONG: Rest = { timeoutMs: DAY_MS };
  return [
    step("find", "restore-find", { ...at, ...also, parts: parted, limit }, { until: "prove", outputs: FOUND }, true),
    ...(spec.also ? [step("fetch", "restore-fetch", { ...at, ...also }, LONG)] : []),
    ...parts.map((part) => step(`restore-${part.id}`, "restore-part", { ...at, ...whole(part) }, LONG)),
    ...parts.map((part) =>
      step(
        `start-${part.id}`,
        "restore-start",
        { ...at, ...whole(part) },
        { ...LONG, outputs: (["HOST", "PORT", "DIR"] as const).map((what) => restoredName(part.id, what)) },
      ),
    ),
    ...agree.map((pair) =>
      step(pairName(pair), "restore-agree", {
        ...at,
        ...whole(parts.find(({ id }) => id === pair.rows)!),
        query: pair.query,
        files: pair.files,
        root: whole(parts.find(({ id }) => id === pair.files)!),
      }),
    ),
    ...restore.probes,
    step(
      "prove",
      "restore-prove",
      { ...at, ...also, probes: restore.probes.length + agree.length },
      { outputs: ["PROVEN"] },
    ),
  ];
}
