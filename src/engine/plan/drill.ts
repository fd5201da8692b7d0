import type { Book } from "../../model/book.ts";
import type { DrillSpec, PlanCheck } from "../../model/drill.ts";
import type { PlanDrill, PlanRequest, PlanStep, PlanTarget } from "../../model/plan.ts";
import type { Environment, Service } from "../../model/policy.ts";
import type { Registry } from "../../model/registry.ts";
import type { Runbook } from "../../model/runbook.ts";
import { issueText } from "../reaches.ts";
import type { MissingList } from "./missing.ts";
import { nearestOf } from "./named.ts";
import { objectivesFor } from "./objectives.ts";
import { isFault } from "./sessions.ts";

/** A drill that has begun to change the primary has no other way out than its own end. */
const GOES_ON: ReadonlySet<string> = new Set(["cluster-fault", "cluster-demote"]);

/** Hard limit of one look when the book gives none, milliseconds. */
const LOOK_MS = 10_000;

/** What is known when a plan of a drill is made. */
export interface DrillParts {
  readonly book: Book;
  readonly registry: Registry;
  readonly runbook: Runbook;
  readonly service: Service | undefined;
  readonly environment: Environment | undefined;
  readonly request: PlanRequest;
  readonly targets: readonly PlanTarget[];
  readonly missing: MissingList;
}

const restores = ({ config }: Book, runbook: Runbook): string | undefined =>
  config.backups.find(({ id }) => `restore-${id}` === runbook.id)?.id;

/** What watchbook.yaml says of drills of a runbook: under its id, its number, or the name of its backup set. */
export function drillSpecOf(book: Book, runbook: Runbook): DrillSpec | undefined {
  const names = new Set([runbook.id, runbook.number, restores(book, runbook)]);
  return book.config.drills.find(({ id, fault }) => names.has(id) || (fault && `drill-${id}` === runbook.id));
}

/** Whether it can be felt where it is done: a restore to a place of its own, and what only reads, cannot. */
export const disturbs = (book: Book, runbook: Runbook, steps: readonly PlanStep[]): boolean =>
  restores(book, runbook) === undefined && steps.some(({ risk }) => risk !== "read");

/** A check of the book as a plan carries it; one that is not there, or that its kind does not understand, is missing. */
function checkOf(id: string, { book, registry, missing }: DrillParts, spec: DrillSpec): PlanCheck[] {
  const { source } = spec;
  const found = book.checks.find((check) => check.id === id);
  if (!found) {
    missing.add(
      "drill-check",
      {
        check: id,
        nearest: nearestOf(
          id,
          book.checks.map((check) => check.id),
        ),
      },
      { source },
    );
    return [];
  }
  const kind = registry.checks.get(found.kind);
  const params = kind?.params.safeParse(found.params ?? {});
  if (!kind) {
    const nearest = nearestOf(found.kind, [...registry.checks.keys()]);
    missing.add("kind", { kind: found.kind, nearest }, { source: found.source });
  } else if (params?.success === false) {
    const problem = params.error.issues.map(issueText).join("; ");
    missing.add("params", { kind: found.kind, problem }, { source: found.source });
  }
  const { title, kind: name, params: given, bands, target = "local", timeoutMs = LOOK_MS } = found;
  return [{ id, title, kind: name, params: given ?? {}, target, timeoutMs, ...(bands && { bands }) }];
}

const checksOf = (ids: readonly string[], parts: DrillParts, spec: DrillSpec): readonly PlanCheck[] =>
  [...new Set(ids)].flatMap((id) => checkOf(id, parts, spec));

/** What makes it a drill: what it is held to, its hours, and what must hold meanwhile. `made`: as `drilled` gave it. */
export function drillFor(parts: DrillParts, { steps, guards, places }: Drilled): PlanDrill {
  const { book, runbook, service, environment, request, missing } = parts;
  const spec = drillSpecOf(book, runbook);
  const bare = { kind: runbook.kind, objectives: objectivesFor(book, runbook, service) };
  const inHours = environment?.protected === true && disturbs(book, runbook, steps);
  const outside = request.outsideWindow === undefined ? {} : { outsideWindow: request.outsideWindow };
  if (inHours && !spec?.window && request.outsideWindow === undefined)
    missing.add("drill-window", { runbook: runbook.id, environment: environment.id }, { source: runbook.source });
  const until = steps.find(({ kind }) => GOES_ON.has(kind))?.id ?? wayOut(spec, steps);
  return {
    ...bare,
    ...(inHours && spec?.window && { window: { ...spec.window, zone: book.zone } }),
    ...(inHours && outside),
    ...(spec &&
      guards.length > 0 && {
        guards: { checks: guards, everyMs: Math.round(spec.every * 1000), ...(until !== undefined && { until }) },
      }),
    ...(places.length > 0 && { places }),
  };
}

/** Where the drill itself puts right what it broke, nothing else would: it goes on. */
const wayOut = (spec: DrillSpec | undefined, steps: readonly PlanStep[]): string | undefined =>
  spec?.fault && spec.recover.length > 0 ? steps.find(isFault)?.id : undefined;

/** Targets that checks of a drill look from and that are none of the plan's. */
function placesOf({ book, targets }: DrillParts, checks: readonly PlanCheck[]): NonNullable<PlanDrill["places"]> {
  const names = new Set(checks.map(({ target }) => target));
  const known = new Set(targets.map(({ name }) => name));
  return book.config.targets
    .filter(({ name }) => names.has(name) && !known.has(name))
    .map(({ name, kind, params }) => ({ name, kind, params: params ?? {} }));
}

/** Steps of a drill, and what must hold beside them. */
export interface Drilled {
  readonly steps: readonly PlanStep[];
  readonly guards: readonly PlanCheck[];
  readonly places: NonNullable<PlanDrill["places"]>;
}

const BEFORE = "steady-before";
const AFTER = "steady-after";
const NOTICED = "noticed";
/** What a look may take beside its own limit, milliseconds. */
const SPARE_MS = 60_000;

type Made = Pick<PlanStep, "id" | "params" | "onFail" | "timeoutMs" | "outputs"> &
  Partial<Pick<PlanStep, "scope" | "targets">>;

/** The step of a look, as its kind shows it. */
function lookStep(kind: "steady" | "detect", made: Made, spec: DrillSpec, { registry }: DrillParts): PlanStep {
  const known = registry.steps.get(kind);
  const params = known?.params.safeParse(made.params);
  if (!known || !params?.success) throw new TypeError(`drill ${spec.id}: step ${kind}`);
  const { command } = known.view(params.data);
  return {
    ...{ title: made.id, scope: "run", risk: "read", sudo: false, idempotent: true, declares: false, within: 0 },
    ...made,
    ...{ kind, command, source: spec.source },
  };
}

/** Where the time of the fault is known: it is an output of its step. */
const beside = (hit: PlanStep | undefined): Partial<Pick<PlanStep, "scope" | "targets">> =>
  hit ? { scope: hit.scope, ...(hit.targets && { targets: hit.targets }) } : {};

/** It begins when all is steady, and ends when all is steady again. */
function steadied(
  steps: readonly PlanStep[],
  checks: readonly PlanCheck[],
  spec: DrillSpec,
  parts: DrillParts,
): readonly PlanStep[] {
  if (checks.length === 0) return steps;
  const hit = steps.find(isFault);
  // Where the drill itself measures it, it is not what came long after.
  const isTimed = hit !== undefined && !steps.some(({ outputs }) => outputs.includes("RTO_SECONDS"));
  const longest = Math.max(...checks.map(({ timeoutMs }) => timeoutMs));
  const before = { id: BEFORE, params: { checks, when: "before" }, timeoutMs: longest + SPARE_MS, outputs: [] };
  const { settle, hold } = spec;
  const after = {
    id: AFTER,
    params: { checks, when: "after", settle, hold },
    timeoutMs: (settle + hold) * 1000 + 2 * longest + SPARE_MS,
    outputs: isTimed ? ["RTO_SECONDS"] : [],
    ...beside(hit),
  };
  const look = (made: Omit<Made, "onFail">): PlanStep => lookStep("steady", { ...made, onFail: "stop" }, spec, parts);
  return [look(before), ...steps, look(after)];
}

/** Behind its fault it waits until that was noticed. */
function noticed(
  steps: readonly PlanStep[],
  check: PlanCheck,
  { every, within }: NonNullable<DrillSpec["detect"]>,
  look: (made: Made) => PlanStep,
): readonly PlanStep[] {
  const hit = steps.find(isFault)!;
  const step = look({
    ...{ id: NOTICED, params: { check, every, within }, timeoutMs: within * 1000 + 2 * check.timeoutMs + SPARE_MS },
    // What was not noticed must be put right all the same.
    ...{ onFail: "continue", outputs: ["DETECT_SECONDS", "DETECT_RESOLUTION_SECONDS", "DETECTION"], ...beside(hit) },
  });
  const outputs = [...new Set([...hit.outputs, "FAULT_AT_NS"])];
  return steps.flatMap((one) => (one === hit ? [{ ...one, outputs }, step] : [one]));
}

/** The fault of a drill of its own is understood before anything is begun. */
function judgeFault({ fault }: DrillSpec, { registry, missing }: DrillParts): void {
  if (!fault) return;
  const known = registry.faults.get(fault.kind);
  const params = known?.params.safeParse(fault.with);
  const where = { step: "fault_injection", source: fault.source };
  if (!known)
    missing.add("fault-kind", { kind: fault.kind, nearest: nearestOf(fault.kind, [...registry.faults.keys()]) }, where);
  else if (params?.success === false)
    missing.add("params", { kind: fault.kind, problem: params.error.issues.map(issueText).join("; ") }, where);
}

/** The steps of a drill with those that watchbook.yaml asks for, and the checks that must hold beside them. */
export function drilled(steps: readonly PlanStep[], parts: DrillParts): Drilled {
  const spec = parts.request.drill ? drillSpecOf(parts.book, parts.runbook) : undefined;
  if (!spec) return { steps, guards: [], places: [] };
  judgeFault(spec, parts);
  const hit = steps.find(isFault);
  const [notices] = spec.detect && hit ? checkOf(spec.detect.check, parts, spec) : [];
  const steady = checksOf(spec.steady, parts, spec);
  const well = notices && !spec.steady.includes(notices.id) ? [...steady, notices] : steady;
  const guards = checksOf(spec.guards, parts, spec);
  const timed =
    spec.detect && notices
      ? noticed(steps, notices, spec.detect, (made) => lookStep("detect", made, spec, parts))
      : hit && well.length > 0
        ? steps.map((one) => (one === hit ? { ...one, outputs: [...new Set([...one.outputs, "FAULT_AT_NS"])] } : one))
        : steps;
  return { steps: steadied(timed, well, spec, parts), guards, places: placesOf(parts, [...well, ...guards]) };
}
