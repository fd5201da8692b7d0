import { planDigest } from "../../evidence/run/plan.ts";
import { given } from "../../model/given.ts";
import type { Automation, Plan, PlanRequest, PlanStep, PlanTarget } from "../../model/plan.ts";
import type { Environment, Service } from "../../model/policy.ts";
import type { Registry } from "../../model/registry.ts";
import type { Rollout, RunbookSpec } from "../../model/runbook-spec.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { OpenBook } from "../house.ts";
import { batchesOf } from "./batches.ts";
import { byHand } from "./by-hand.ts";
import { gatesMoved, judgeNames } from "./coherent.ts";
import type { Draft } from "./draft.ts";
import { disturbs, drilled, drillFor, drillSpecOf } from "./drill.ts";
import { stepNamed } from "./drafts.ts";
import { expand } from "./expand.ts";
import type { Expanded } from "./expand.ts";
import { withFault } from "./fault.ts";
import { filesOf } from "./files.ts";
import { findEnvironment, findRunbook, findService, specOf } from "./find.ts";
import { judgeGate, planGate, stepGate, type GateParts } from "./gates.ts";
import { MissingList } from "./missing.ts";
import { unknownName } from "./named.ts";
import { afterEachBatch, judgeFailures, sizesOf } from "./rollout.ts";
import { freezesFor, sessionsFor } from "./sessions.ts";
import { settleAll } from "./settle-all.ts";
import { targetsOf } from "./targets.ts";
import { valuesOf } from "./values.ts";
import { wholeUndo } from "./whole-undo.ts";

/** Targets of one batch worked on at a time, unless the book says otherwise. */
const PARALLEL = 5;

/**
 * What a run of a runbook would do, step by step and target by target, with its digest; what keeps it from being done is
 * in `missing`. The same request gives the same digest as long as nothing that the run does has changed. Touches no
 * target. Rejects with RUNBOOK-UNKNOWN, ENVIRONMENT-UNKNOWN, SERVICE-UNKNOWN, STEP-UNKNOWN, STEP-TWICE, RUNBOOK-CYCLE, TARGET-TWICE,
 * TARGET-UNKNOWN, TARGET-ELSEWHERE, TARGET-NOT-ALLOWED, PARAM-UNKNOWN, PARAM-WRONG, PARAM-SECRET, PARAM-SECRET-NAMED, PARAM-DASH.
 */
export async function plan(open: OpenBook, registry: Registry, request: PlanRequest): Promise<Plan> {
  const { book } = open;
  const missing = new MissingList();
  const runbook = findRunbook(book, request.runbook);
  const environment = findEnvironment(book, request.environment);
  if (!environment) missing.add("environments", { environment: request.environment });
  if (runbook.status === "planned") missing.add("planned", {}, { source: runbook.source });
  const here = environment?.id ?? request.environment;
  const spec = specOf(book, runbook);
  const rollout = rolloutOf(spec, here);
  const service = findService(book, runbook, spec);
  const targets = targetsOf({
    ...{ book, registry, environment: here, rollout, missing },
    ...(service && { service: service.id }),
    ...(request.targets && { asked: request.targets }),
  });
  const frame = frameOf(runbook, service, here, request, spec);
  const { automation } = frame;
  const place = { runbook, spec, environment, here, rollout, targets, automation, missing };
  const plain = await stepsOf(open, registry, request, place);
  const parts = { book, registry, runbook, service, environment, request, targets, missing };
  const whole = drilled(plain.steps, parts);
  const made = { ...plain, steps: whole.steps };
  const sessions = sessionsFor(book, environment, made.steps);
  const freezes = freezesFor(book, here, { drill: request.drill === true, steps: made.steps });
  const bare = {
    ...frame,
    ...(sessions.length > 0 && { sessions }),
    ...(freezes.length > 0 && { freezes }),
    ...(request.drill && { drill: drillFor(parts, whole) }),
    ...rolledOut(rollout, targets, made.steps),
    ...made,
    missing: missing.all,
  };
  judgeFailures(rollout, bare, missing);
  const reached = new Set(targets.map(({ name }) => name));
  const own = made.steps.filter(({ kind }) => kind !== "gate" && kind !== "wait");
  const idle = own.every((step) => step.scope === "target" && step.targets?.every((name) => !reached.has(name)));
  if (targets.length > 0 && idle)
    missing.add(own.length === 0 ? "no-steps" : "steps-elsewhere", {}, { source: runbook.source });
  const drills = request.drill === true && disturbs(book, runbook, made.steps);
  const gated = withGates({ book, rollout, environment, drills, drill: drillSpecOf(book, runbook) }, bare, missing);
  const all = { ...gated, missing: missing.all, request, book: originOf(open) };
  return { ...all, digest: planDigest(all) };
}

interface Frame extends Pick<
  Plan,
  "format" | "runbook" | "title" | "environment" | "automation" | "unstated" | "rehearsal"
> {
  readonly service?: string;
}

/** Somebody wrote down how far a run may go by itself: for the runbook, or for its service. */
const isStated = (service: Service | undefined, spec: RunbookSpec | undefined): boolean =>
  spec?.automation !== undefined ||
  (service !== undefined && service.posture.unstated?.includes("automation") !== true);

const frameOf = (
  runbook: Runbook,
  service: Service | undefined,
  environment: string,
  request: PlanRequest,
  spec: RunbookSpec | undefined,
): Frame => ({
  format: 1,
  runbook: runbook.id,
  title: runbook.title,
  ...(service && { service: service.id }),
  environment,
  automation: spec?.automation ?? service?.posture.automation ?? "assist",
  ...(isStated(service, spec) ? {} : { unstated: ["automation"] as const }),
  rehearsal: request.rehearsal ?? runbook.mode === "dry-run",
});

const originOf = ({ book, commit, dirty }: OpenBook): Plan["book"] => ({
  digest: book.digest,
  dirty,
  ...(commit === undefined ? {} : { commit }),
});

/** What holds for one environment: what is said for it, else for the runbook. */
function rolloutOf(spec: RunbookSpec | undefined, environment: string): Rollout {
  const { targets, parallel, batches, rollout, maxFailures, lock, approval, cwd } = {
    ...spec,
    ...spec?.environments.find(({ id }) => id === environment),
  };
  return given({ targets, parallel, batches, rollout, maxFailures, lock, approval, cwd });
}

function rolledOut(rollout: Rollout, targets: readonly PlanTarget[], steps: readonly PlanStep[]) {
  const names = targets.map(({ name }) => name);
  const changes = steps.some(({ risk }) => risk !== "read");
  return {
    targets,
    batches: batchesOf(names, sizesOf(rollout, changes)),
    parallel: rollout.parallel ?? PARALLEL,
    maxFailures: rollout.maxFailures ?? 0,
  };
}

interface Place {
  readonly runbook: Runbook;
  readonly spec: RunbookSpec | undefined;
  readonly environment: Environment | undefined;
  readonly here: string;
  readonly rollout: Rollout;
  readonly targets: readonly PlanTarget[];
  readonly automation: Automation;
  readonly missing: MissingList;
}

async function stepsOf(open: OpenBook, registry: Registry, request: PlanRequest, place: Place) {
  const { book } = open;
  const { runbook, spec, missing, here } = place;
  const own = expand(book, runbook);
  const expanded = { ...own, steps: [...own.steps, ...afterEachBatch(place.rollout, runbook.id)] };
  const chosen = chosenOf(expanded, runbook, request);
  if (chosen.steps.length === 0) missing.add("no-steps", {}, { source: runbook.source });
  const undo = wholeUndo(book, runbook, spec);
  judgeNames(chosen.steps, chosen.others, book, missing);
  const drafts = [...chosen.steps, ...chosen.others];
  const secrets = { known: book.config.secrets, named: request.secretsNamed === true };
  const values = valuesOf({
    ...{ parts: expanded.parts, environment: here, missing, given: request.params, secrets },
    drafts: undo?.draft ? [...drafts, undo.draft] : drafts,
  });
  const all = settleAll(chosen, undo, spec, { book, registry, values, ...place });
  const settled = gatesMoved(all.steps, all.others);
  const { steps, others } =
    request.injectFault === undefined
      ? settled
      : withFault({ ...settled, parts: expanded.parts, before: request.injectFault, registry, missing });
  const files = await filesOf(open, registry, [...steps, ...others], drafts, missing);
  const { parameters } = values;
  const { root } = open;
  const done = await byHand({ steps, others, targets: place.targets, files, parameters, root, registry, missing });
  const parts = expanded.parts.flatMap(({ at, runbook: { id } }) => (at === undefined ? [] : [{ at, runbook: id }]));
  return {
    ...{ ...done, files, parameters },
    ...(all.rollout && { rollout: all.rollout }),
    ...(parts.length > 0 && { parts }),
  };
}

/** The steps to be done; those that are only done by name are left out. Rejects with STEP-UNKNOWN. */
function chosenOf(
  expanded: Expanded,
  runbook: Runbook,
  { only, drill: isDrill = false }: Pick<PlanRequest, "only" | "drill">,
): Pick<Expanded, "steps" | "others"> {
  const meant = expanded.steps.filter(({ drill = isDrill }) => drill === isDrill);
  const may = meant.filter(({ skip }) => skip === undefined);
  const all = expanded.others;
  const others = meant.length === expanded.steps.length ? all : all.filter(({ id }) => isNamed(id, meant, all));
  if (!only) return { steps: may.filter(({ held }) => held !== "manual-only"), others };
  const ids = new Set(
    only.map((name) => {
      const id = stepNamed(may, runbook.id, name);
      if (id === undefined)
        throw unknownName(
          "STEP-UNKNOWN",
          name,
          may.map((step) => step.id),
          { runbook: runbook.id },
        );
      return id;
    }),
  );
  const steps = may.filter(({ id }) => ids.has(id)).map(byName);
  return { steps, others: expanded.others.filter(({ id }) => isNamed(id, steps, expanded.others)) };
}

function byName(draft: Draft): Draft {
  const { held, ...rest } = draft;
  return held === undefined || held === "manual-only" ? rest : draft;
}

const isNamed = (id: string, steps: readonly Draft[], others: readonly Draft[]): boolean =>
  [...steps, ...others].some(({ verify, undo }) => verify === id || undo === id);

function withGates<T extends Pick<Plan, "steps" | "automation">>(
  given: Omit<GateParts, "steps" | "automation">,
  bare: T,
  missing: MissingList,
): T & Pick<Plan, "gate"> {
  const { book } = given;
  const parts = { ...given, automation: bare.automation, steps: bare.steps };
  const gate = planGate(parts);
  const steps = bare.steps.map((step) => stepGate(step, gate, parts));
  if (gate) judgeGate(gate, book, missing);
  for (const step of steps) if (step.gate) judgeGate(step.gate, book, missing, step.id);
  return { ...bare, steps, ...(gate && { gate }) };
}
