import type { AgreeSpec, BackupSpec, PartSpec } from "../../model/backup.ts";
import { agreeName, copiedName, copyName, restoredName } from "../../model/backup-names.ts";
import type { ParameterSpec, RunbookSpec, StepBody, StepSpec } from "../../model/runbook-spec.ts";
import type { Runbook, RunbookKind } from "../../model/runbook.ts";

/** A runbook that the book's data makes, and what is needed to run it. */
export interface MadeRunbook {
  readonly runbook: Runbook;
  readonly spec: RunbookSpec;
}

const DAY_MS = 86_400_000;
type Rest = Omit<StepSpec, "id" | "source" | "kind" | "with" | "undo">;

/** Steps of one set: all of them know where it lies. */
const makeStep =
  ({ id, into, sudo, source }: BackupSpec) =>
  (name: string, kind: string, given: Readonly<Record<string, unknown>>, rest: Rest = {}, undoes = false): StepSpec => {
    const body: StepBody = { kind, with: { set: id, into, sudo, ...given } };
    return { ...rest, ...body, id: name, source, ...(undoes && { undo: { ...body, idempotent: true } }) };
  };

const partsOf = (spec: BackupSpec) => spec.parts.map(({ id, kind, with: params }) => ({ id, kind, with: params }));
const whole = ({ id, kind, with: params }: PartSpec) => ({ part: id, kind, with: params });
const pairName = ({ rows, files }: AgreeSpec): string => `agree-${rows}-${files}`;

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

/** Takes every part in order, compares rows with files, seals the set, removes what is kept no longer. */
function takeSteps(spec: BackupSpec): readonly StepSpec[] {
  const step = makeStep(spec);
  const { parts, agree, keep } = spec;
  const asked = (pair: AgreeSpec) => ({
    ...whole(parts.find(({ id }) => id === pair.rows)!),
    query: pair.query,
    files: pair.files,
  });
  const copies = copySteps(spec);
  const last = Object.keys(keep).length > 0 ? "prune" : (copies.at(-1)?.id ?? "seal");
  const LONG: Rest = { timeoutMs: DAY_MS };
  return [
    step("begin", "backup-begin", { parts: partsOf(spec) }, { until: last }, true),
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
    // Before anything here is removed.
    ...copies,
    ...(last === "prune" ? [step("prune", "backup-prune", { keep }, { outputs: ["PRUNED"] })] : []),
  ];
}

/** Finds the set, restores every part apart from what is in use, starts it, asks it, and clears it away. */
function restoreSteps(spec: BackupSpec): readonly StepSpec[] {
  const { parts, agree, restore } = spec;
  const at = { place: restore.into };
  const step = makeStep(spec);
  const parted = partsOf(spec);
  const limit = Math.ceil(restore.limitMs / 1000);
  const LONG: Rest = { timeoutMs: DAY_MS };
  return [
    step(
      "find",
      "restore-find",
      { ...at, parts: parted, limit },
      { until: "prove", outputs: ["SET_ID", "SET_DIGEST", "SET_UNTIL"] },
      true,
    ),
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
    step("prove", "restore-prove", { ...at, probes: restore.probes.length + agree.length }, { outputs: ["PROVEN"] }),
  ];
}

const text = (name: string, source: BackupSpec["source"], value: string): ParameterSpec => ({
  name,
  type: "text",
  default: value,
  choices: [],
  source,
});

/** Runbooks of one set: `backup-ID`, `restore-ID`, `examine-ID`, `prune-ID`. */
function runbooksOf(spec: BackupSpec): readonly MadeRunbook[] {
  const { source, parts, keep } = spec;
  const step = makeStep(spec);
  const made = (
    verb: string,
    kind: RunbookKind,
    add: readonly StepSpec[],
    more: Partial<RunbookSpec> = {},
  ): MadeRunbook => {
    const id = `${verb}-${spec.id}`;
    const service = spec.service === undefined ? {} : { service: spec.service };
    return {
      runbook: { ...service, id, title: spec.title ?? id, source, kind, steps: [], phases: [], preconditions: [] },
      spec: {
        ...{ id, params: [], steps: [], add, faults: [], environments: [], source },
        ...service,
        ...{
          automation: "auto",
          approval: false,
          onFail: "stop",
          targets: [spec.target],
          undo: false,
          lock: `${verb}-${spec.id}`,
        },
        ...more,
      },
    };
  };
  return [
    made("backup", "backup", takeSteps(spec)),
    made("restore", "restore", restoreSteps(spec), {
      params: [text("SET", source, "latest"), text("TO", source, "latest")],
      targets: [spec.restore.target ?? spec.target],
    }),
    made(
      "examine",
      "inspect",
      parts.map((part) => step(`examine-${part.id}`, "backup-examine", whole(part), { timeoutMs: DAY_MS })),
      { params: [text("SET", source, "latest")] },
    ),
    ...(Object.keys(keep).length > 0
      ? [made("prune", "other" as const, [step("prune", "backup-prune", { keep }, { outputs: ["PRUNED"] })])]
      : []),
  ];
}

/** What watchbook.yaml says of the same runbook is added to it. */
const joined = (made: RunbookSpec, own: RunbookSpec | undefined): RunbookSpec =>
  own === undefined
    ? made
    : { ...made, ...own, params: [...made.params, ...own.params], add: [...made.add, ...own.add] };

/** A book's runbooks with those of its backup sets, and what watchbook.yaml says of all of them. */
export function withBackups(
  runbooks: readonly Runbook[],
  specs: readonly RunbookSpec[],
  backups: readonly BackupSpec[],
): { readonly runbooks: readonly Runbook[]; readonly specs: readonly RunbookSpec[] } {
  const made = backups.flatMap(runbooksOf);
  const ids = new Set(made.map(({ runbook }) => runbook.id));
  return {
    runbooks: [...runbooks.filter(({ id }) => !ids.has(id)), ...made.map(({ runbook }) => runbook)],
    specs: [
      ...specs.filter(({ id }) => !ids.has(id)),
      ...made.map(({ spec }) =>
        joined(
          spec,
          specs.find(({ id }) => id === spec.id),
        ),
      ),
    ],
  };
}
