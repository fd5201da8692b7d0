import type {
  BatchSize,
  FaultSpec,
  GateSpec,
  ParameterSpec,
  Rollout,
  RunbookSpec,
  StepBody,
  StepSpec,
} from "../../model/runbook-spec.ts";
import type { Source } from "../../model/source.ts";
import { blanksOf } from "../recognise/runbooks/blanks.ts";
import type { Named } from "../recognise/runbooks/blanks.ts";
import { shellText } from "../shell/commands.ts";
import { given } from "../../model/given.ts";
import { seconds } from "./duration.ts";
import { rolloutOf as strategyOf, sizeOf } from "./rollout.ts";
import type { RawRunbook, RawStep } from "./runbook-schema.ts";

type At = (...path: string[]) => Source;

const ms = (text: string | undefined): number | undefined => {
  const found = text === undefined ? undefined : seconds(text);
  return found === undefined ? undefined : Math.round(found * 1000);
};

/** Entries in the order of the file: keys that look like numbers would come first. */
const inOrder = <T>(
  map: Readonly<Record<string, T>> | undefined,
  at: (id: string) => Source,
): readonly (readonly [string, T, Source])[] =>
  Object.entries(map ?? {})
    .map(([id, value]) => [id, value, at(id)] as const)
    .sort((a, b) => a[2].line - b[2].line);

/** The model's form of one validated `runbooks:` entry. */
export function runbookOf(id: string, raw: RawRunbook, at: At): RunbookSpec {
  const path = ["runbooks", id];
  const under = (section: string) => (key: string) => at(...path, section, key);
  const params = inOrder(raw.params, under("params")).map(([name, value, source]) => parameterOf(name, value, source));
  const named = params.flatMap(({ name, stands }) => (stands === undefined ? [] : [{ name, text: stands }]));
  const steps = (section: "steps" | "add"): readonly StepSpec[] => stepsOf(raw[section], under(section), named);
  return {
    ...rolloutOf(raw, (...key) => at(...path, ...key)),
    ...given({ service: raw.service, onFail: raw.onFail, undo: raw.undo, maintenance: raw.maintenance }),
    id,
    params,
    steps: steps("steps"),
    add: steps("add"),
    faults: inOrder(raw.faults, under("faults")).map(([name, value, source]) => faultOf(name, value, source)),
    environments: Object.entries(raw.environments ?? {}).map(([name, { params: values, ...rest }]) => ({
      ...rolloutOf(rest, (...key) => at(...path, "environments", name, ...key)),
      id: name,
      params: Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, String(value)])),
    })),
    source: at(...path),
  };
}

/** Steps by their id, in the order of the file. */
export const stepsOf = (
  raw: Readonly<Record<string, RawStep>> | undefined,
  at: (id: string) => Source,
  named: readonly Named[] = [],
): readonly StepSpec[] => inOrder(raw, at).map(([step, value, source]) => stepOf(step, value, source, named));

type RawRollout = Pick<
  RawRunbook,
  "targets" | "parallel" | "batches" | "rollout" | "maxFailures" | "lock" | "approval" | "cwd"
>;

const rolloutOf = (
  { targets, parallel, batches, rollout, maxFailures, lock, approval, cwd }: RawRollout,
  at: At,
): Rollout => ({
  ...given({ targets, parallel, maxFailures, lock, cwd }),
  ...(rollout === undefined ? {} : { rollout: strategyOf(rollout, (...key) => at("rollout", ...key)) }),
  ...(batches === undefined ? {} : { batches: batchesOf(batches) }),
  ...(approval === undefined ? {} : { approval: approval === false ? (false as const) : gateOf(approval) }),
});

function batchesOf(raw: NonNullable<RawRunbook["batches"]>): readonly BatchSize[] {
  if (raw === "first") return [{ count: 1 }, { part: 1 }];
  return (Array.isArray(raw) ? raw : [raw]).map(sizeOf);
}

/** A gate with its times as numbers. */
export const gateOf = (raw: Exclude<NonNullable<RawRunbook["approval"]>, false>): GateSpec =>
  given({ roles: raw.roles, quorum: raw.quorum, requesterMay: raw.requesterMay, expiresMs: ms(raw.expires) });

function parameterOf(name: string, raw: NonNullable<RawRunbook["params"]>[string], source: Source): ParameterSpec {
  const { type, title, choices, pattern, for: stands, default: value } = raw ?? {};
  return {
    ...given({ title, pattern, stands, default: value === undefined ? undefined : String(value) }),
    name,
    type: type ?? (choices ? "choice" : "text"),
    choices: (choices ?? []).map(String),
    source,
  };
}

function bodyOf(raw: RawStep, named: readonly Named[]): StepBody {
  const { kind, with: params, title, risk, idempotent, timeout, sudo, scope, cwd } = raw;
  const script = params?.["script"];
  const read = (kind ?? "shell") === "shell" && typeof script === "string" ? shellText(script).commands : undefined;
  const blanks = read && blanksOf(read, "", named);
  return given({
    ...{ kind, with: params, title, risk, idempotent, sudo, scope, cwd },
    timeoutMs: ms(timeout),
    commands: read,
    blanks: blanks && blanks.length > 0 ? blanks : undefined,
  });
}

const namedOf = (raw: NonNullable<RawStep["verify"]>, named: readonly Named[]): string | StepBody =>
  typeof raw === "object" ? bodyOf(raw, named) : String(raw);

const ref = (raw: string | number | undefined): string | undefined => (raw === undefined ? undefined : String(raw));

function stepOf(id: string, raw: RawStep, source: Source, named: readonly Named[]): StepSpec {
  const { declares, onFail, until, outputs, targets, banner, phase, skip, before, after, retry, approval } = raw;
  return {
    ...bodyOf(raw, named),
    ...given({ declares, onFail, outputs, targets, banner, phase, skip }),
    ...given({ until: ref(until), before: ref(before), after: ref(after) }),
    ...given({
      within: raw.within === undefined ? undefined : seconds(raw.within),
      retry: retry && given({ times: retry.times, delayMs: ms(retry.delay), maxMs: ms(retry.max) }),
      approval: approval && gateOf(approval),
      verify: raw.verify === undefined ? undefined : namedOf(raw.verify, named),
      undo: raw.undo === undefined ? undefined : namedOf(raw.undo, named),
    }),
    id,
    source,
  };
}

/** A fault with its limit as a number. */
export const faultOf = (
  name: string,
  { kind, step, limit, ...params }: NonNullable<RawRunbook["faults"]>[string],
  source: Source,
): FaultSpec => ({
  ...given({ step: ref(step), limitMs: ms(limit) }),
  name,
  kind,
  with: params,
  source,
});
