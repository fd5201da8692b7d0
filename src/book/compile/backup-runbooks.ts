import type { BackupSpec } from "../../model/backup.ts";
import type { ParameterSpec, RunbookSpec, StepSpec } from "../../model/runbook-spec.ts";
import type { Runbook, RunbookKind } from "../../model/runbook.ts";
import { overRunbook } from "./backup-over.ts";
import { restoreSteps } from "./backup-restore.ts";
import { alsoOf, DAY_MS, hoursOf, makeStep, whole } from "./backup-step.ts";
import { pruneStep, takeSteps } from "./backup-take.ts";

/** A runbook that the book's data makes, and what is needed to run it. */
export interface MadeRunbook {
  readonly runbook: Runbook;
  readonly spec: RunbookSpec;
}

/** Looks at every part; with `also`, of a set in the second place that FROM names. */
const examineSteps = (spec: BackupSpec, also: object = {}): readonly StepSpec[] =>
  spec.parts.map((part) =>
    makeStep(spec)(`examine-${part.id}`, "backup-examine", { ...whole(part), ...also }, { timeoutMs: DAY_MS }),
  );

const text = (name: string, source: BackupSpec["source"], value: string): ParameterSpec => ({
  name,
  type: "text",
  default: value,
  choices: [],
  source,
});

/** Runbooks of one set: `backup-ID`, `restore-ID`, `examine-ID`, `examine-copies-ID` (of second places), `prune-ID`. */
function runbooksOf(spec: BackupSpec, zone: string | undefined): readonly MadeRunbook[] {
  const { source, keep } = spec;
  const made = (
    verb: string,
    kind: RunbookKind,
    add: readonly StepSpec[],
    more: Partial<RunbookSpec> = {},
  ): MadeRunbook => {
    const id = `${verb}-${spec.id}`;
    // Of four runbooks with one title nobody knew which had run.
    const title = spec.title === undefined ? id : `${verb} ${spec.title}`;
    const service = spec.service === undefined ? {} : { service: spec.service };
    return {
      runbook: { ...service, id, title, source, kind, steps: [], phases: [], preconditions: [] },
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
    made("backup", "backup", takeSteps(spec, zone), {
      params: hoursOf(spec, zone)
        ? [{ ...text("OUTSIDE_WINDOW", source, "no"), type: "choice", choices: ["no", "yes"] }]
        : [],
    }),
    made("restore", "restore", restoreSteps(spec), {
      params: [
        text("SET", source, "latest"),
        text("TO", source, "latest"),
        ...(spec.also ? [text("FROM", source, "1")] : []),
      ],
      targets: [spec.restore.target ?? spec.target],
    }),
    ...(spec.also
      ? [
          made("examine-copies", "inspect", examineSteps(spec, alsoOf(spec)), {
            params: [text("SET", source, "latest"), text("FROM", source, "2")],
            targets: [spec.restore.target ?? spec.target],
          }),
        ]
      : []),
    made("examine", "inspect", examineSteps(spec), { params: [text("SET", source, "latest")] }),
    ...overRunbook(spec, made),
    ...(Object.keys(keep).length > 0 ? [made("prune", "other" as const, [pruneStep(spec)])] : []),
  ];
}

/** What watchbook.yaml says of the same runbook is added to it. */
const joined = (made: RunbookSpec, own: RunbookSpec | undefined): RunbookSpec =>
  own === undefined
    ? made
    : { ...made, ...own, params: [...made.params, ...own.params], add: [...made.add, ...own.add] };

/** A book's runbooks with those of its backup sets, those that other data makes, and what watchbook.yaml says of all of them. */
export function withBackups(
  runbooks: readonly Runbook[],
  specs: readonly RunbookSpec[],
  backups: readonly BackupSpec[],
  others: readonly MadeRunbook[] = [],
  zone?: string,
): { readonly runbooks: readonly Runbook[]; readonly specs: readonly RunbookSpec[] } {
  const made = [...backups.flatMap((backup) => runbooksOf(backup, zone)), ...others];
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
