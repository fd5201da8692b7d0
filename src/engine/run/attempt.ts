import { WatchbookError } from "../../model/error.ts";
import type { Attempt, AttemptEnd, ToolUsed } from "../../model/journal.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import { redact } from "../../model/redact.ts";
import type { Recall, RunMarks, StepContext, StepKind } from "../../model/step.ts";
import { ReachError } from "../../model/target.ts";
import { secondsBetween, type Clock } from "../../model/time.ts";
import type { Output } from "../../store/output/output.ts";
import type { House } from "../house.ts";
import type { Reaches } from "../reaches.ts";
import { readsAfter, type Company, type Readable } from "./company.ts";
import { heldBack, isHit } from "../plan/sessions.ts";
import { withIncidents } from "../incidents/freeze.ts";
import { performedBy } from "./core/shape.ts";
import { environmentOf, type Outputs } from "./environment.ts";
import { keepFile } from "./kept.ts";
import { recordsOf } from "./records.ts";

/** Between two looks of a verify that has time to turn green, milliseconds. */
const LOOK_MS = 1_000;
/** How long a step may take to let go after its limit or a cancel before it is left to its receipt, milliseconds. */
const GRACE_MS = 10_000;

/** Between two tries to ask a target that cannot be reached, milliseconds. */
const ASK_AGAIN_MS = 2_000;

/** How long it is asked before a person is, milliseconds. */
const ASK_MS = 600_000;

/** Where a read goes that is not yet asked for: its company keeps it. */
const UNHEARD: Sink = {
  write: () => undefined,
  close: () => Promise.reject(new TypeError("nobody hears this")),
  totals: () => ({ bytes: 0, kept: 0, sha256: "" }),
};

/** Reason of an abort, made once: the step's own limit. */
const LIMIT = new Error("limit");

/** What attempts of one run share. */
export interface AttemptParts {
  readonly house: House;
  readonly root: string;
  readonly plan: Plan;
  readonly run: string;
  /** Fence of the worker. */
  readonly epoch: number;
  readonly reaches: Reaches;
  readonly marks: RunMarks;
  readonly company: Company;
  /** Values seen so far that must not be written anywhere. */
  readonly secrets: Set<string>;
  outputs(): Outputs;
}

/** Where the output of one attempt goes, masked. */
export type Sink = Pick<Output, "write" | "close" | "totals">;

/** Size and digest of what was seen. A disk that refuses the text of it does not undo the step: `kept` says so. */
async function closed(sink: Sink): Promise<NonNullable<AttemptEnd["output"]>> {
  try {
    return await sink.close();
  } catch (error) {
    if (error instanceof WatchbookError) return sink.totals();
    throw error;
  }
}

const other = (plan: Plan, id: string | undefined): PlanStep | undefined => plan.others.find((one) => one.id === id);

/** Seconds that a verify has to turn green; everything else is done once. */
function withinOf(plan: Plan, { step, purpose }: Attempt): number {
  if (purpose === "verify") return performedBy(plan, { step, purpose: "do" }).within;
  return purpose === "undo-verify" ? performedBy(plan, { step, purpose: "undo" }).within : 0;
}

interface Prepared {
  readonly kind: StepKind;
  readonly params: unknown;
  readonly context: StepContext;
}

/** A step's parameters as its kind reads them: the same for every attempt at it on every target. */
const readParams = new WeakMap<PlanStep, { readonly kind: StepKind; readonly params: unknown }>();

function kindOf({ house, plan }: AttemptParts, step: PlanStep): { readonly kind: StepKind; readonly params: unknown } {
  const kind = house.registry.steps.get(step.kind);
  const known = readParams.get(step);
  if (known && known.kind === kind) return known;
  const params = kind?.params.safeParse(step.params);
  if (!kind || !params?.success) throw new TypeError(`step ${step.id} of plan ${plan.digest}: kind ${step.kind}`);
  const read = { kind, params: params.data };
  readParams.set(step, read);
  return read;
}

async function prepare(
  parts: AttemptParts,
  step: PlanStep,
  attempt: Attempt,
  { sink, signal }: { readonly sink: Sink; readonly signal: AbortSignal },
): Promise<Prepared> {
  const { house, plan, run, reaches, root, secrets } = parts;
  const { kind, params } = kindOf(parts, step);
  const secret = async (reference: string): Promise<string> => {
    const value = await house.secret(reference);
    secrets.add(value);
    return value;
  };
  const { target } = attempt;
  const env = await environmentOf({ plan, step, target, run, outputs: parts.outputs(), secret });
  const isTarget = plan.targets.some(({ name }) => name === target);
  const context = {
    reach: await reaches.get(isTarget ? target : "local"),
    open: (name: string) => reaches.get(name),
    registry: house.registry,
    clock: house.clock,
    timeoutMs: step.timeoutMs,
    // Named by the step that it is for: steps may share a verify or an undo.
    attempt: {
      run,
      step: attempt.step,
      target,
      purpose: attempt.purpose,
      number: attempt.attempt,
      marks: parts.marks,
    },
    env,
    root,
    plan,
    records: recordsOf({ house, root, plan, run }),
    log: (chunk: Uint8Array, stream: "out" | "err") => sink.write(chunk, stream),
    secret,
    keep: (name: string, bytes: Uint8Array) => keepFile(house.data, run, name, bytes),
    signal,
  };
  return { kind, params, context };
}

/** What an error of a target or of the user means for the attempt; ours is thrown on. */
function refusal(error: unknown, began: boolean): Omit<AttemptEnd, "seconds"> {
  if (error instanceof ReachError) {
    const args = { detail: error.message };
    if (!began || error.reason === "unreachable") return { ending: "unreachable", reason: "unreachable", args };
    return { ending: error.reason === "timeout" ? "timeout" : "failed", reason: error.reason, args };
  }
  if (error instanceof WatchbookError)
    return { ending: "failed", reason: "refused", args: { ...error.args, error: error.code } };
  throw error;
}

/** What an abort means for the attempt: a cancel, unless it was the step's own limit. */
const broken = (signal: AbortSignal): AttemptEnd =>
  signal.reason === LIMIT
    ? { ending: "timeout", reason: "timeout", seconds: 0 }
    : { ending: "cancelled", reason: "cancelled", seconds: 0 };

/** Aborts `controller` at the limit; tells `late` when nobody has let go a good while later. Gives what ends the watch. */
function watch(clock: Clock, ms: number, controller: AbortController, late: (end: AttemptEnd) => void): () => void {
  let cancel = clock.timer(ms, () => {
    controller.abort(LIMIT);
    cancel = clock.timer(GRACE_MS, () => late({ ending: "unknown", reason: "does-not-end", seconds: 0 }));
  });
  return () => cancel();
}

/** One call of the kind within the step's limit; `controller` is that of the context's signal. */
function once({ house }: AttemptParts, prepared: Prepared, controller: AbortController): Promise<AttemptEnd> {
  const { clock } = house;
  const { kind, params, context } = prepared;
  const start = clock.monotonic();
  return new Promise((resolve, reject) => {
    const work = kind.perform(params, context);
    const ended = (end: AttemptEnd): void => {
      unwatch();
      resolve({ ...end, seconds: secondsBetween(start, clock.monotonic()) });
    };
    const unwatch = watch(clock, context.timeoutMs, controller, ended);
    work.then(ended, (error: unknown) => {
      unwatch();
      try {
        const refused = refusal(error, true);
        ended(context.signal.aborted ? broken(context.signal) : { ...refused, seconds: 0 });
      } catch (bug) {
        reject(bug);
      }
    });
  });
}

/** Asked again, with a limit of its own: the answer of the time before does not count. */
async function again(parts: AttemptParts, prepared: Prepared, time: number, stop: AbortSignal): Promise<AttemptEnd> {
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = (): void => controller.abort(stop.reason);
  if (stop.aborted) cancel();
  stop.addEventListener("abort", cancel, { once: true });
  const { context } = prepared;
  const attempt = time === 1 ? context.attempt : { ...context.attempt, look: `${parts.epoch}.${time}` };
  try {
    return await once(parts, { ...prepared, context: { ...context, attempt, signal } }, controller);
  } finally {
    stop.removeEventListener("abort", cancel);
  }
}

/** Asks a verify until it is green or its time is over; anything else is asked once. */
async function repeated(
  parts: AttemptParts,
  prepared: Prepared,
  withinS: number,
  stop: AbortSignal,
): Promise<AttemptEnd> {
  const { clock } = parts.house;
  const start = clock.monotonic();
  for (let time = 1; ; time++) {
    const end = await again(parts, prepared, time, stop);
    const seconds = secondsBetween(start, clock.monotonic());
    if (end.ending === "ok" || end.ending === "cancelled" || seconds + LOOK_MS / 1000 > withinS)
      return { ...end, seconds };
    await clock.sleep(LOOK_MS, stop).catch(() => undefined);
  }
}

/** Texts that came from the target, without what is secret. */
function masked(end: AttemptEnd, secrets: ReadonlySet<string>): AttemptEnd {
  if (!end.args && !end.outputs && !end.tools) return end;
  const clean = (values: Readonly<Record<string, string | number>>): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? redact(value, secrets) : value]),
    );
  return {
    ...end,
    ...(end.args && { args: clean(end.args) }),
    ...(end.outputs && { outputs: clean(end.outputs) as Record<string, string> }),
    ...(end.tools && { tools: end.tools.map((tool) => clean({ ...tool }) as Record<keyof ToolUsed, string>) }),
  };
}

/** The outputs that a step declared; others are not passed on. */
const declared = (end: AttemptEnd, step: PlanStep): AttemptEnd => {
  if (!end.outputs) return end;
  const kept = Object.entries(end.outputs).filter(([name]) => step.outputs.includes(name));
  const { outputs: _, ...rest } = end;
  return kept.length === 0 ? rest : { ...rest, outputs: Object.fromEntries(kept) };
};

/** The step that tells whether an attempt took effect: the verify of the step itself, or of its undo. */
function verifyOf(plan: Plan, attempt: Attempt): PlanStep {
  const found = other(plan, performedBy(plan, attempt).verify);
  if (!found) throw new TypeError(`plan ${plan.digest} has no verify of ${attempt.purpose} ${attempt.step}`);
  return found;
}

/** In doubt: whether the state that the attempt was to bring about is there. */
export async function look(parts: AttemptParts, attempt: Attempt, sink: Sink, signal: AbortSignal): Promise<boolean> {
  try {
    const purpose = attempt.purpose === "undo" ? "undo-verify" : "verify";
    const prepared = await prepare(parts, verifyOf(parts.plan, attempt), { ...attempt, purpose }, { sink, signal });
    return (await again(parts, prepared, 0, signal)).ending === "ok";
  } catch (error) {
    refusal(error, false);
    return false;
  } finally {
    await closed(sink);
  }
}

/** A step as a script that only reads, where it is one. */
function readableOf(step: PlanStep, { kind, params, context }: Prepared): Readable | undefined {
  if (!kind.together || step.risk !== "read") return undefined;
  const script = kind.together(params, context);
  return { script, attempt: context.attempt, reach: context.reach, step };
}

/** The reads behind a step that can be done with it, as far as all that they need is known now. */
async function followers(parts: AttemptParts, step: PlanStep, { target }: Attempt, signal: AbortSignal) {
  const found: Readable[] = [];
  for (const next of readsAfter(parts.plan, step, target)) {
    const attempt: Attempt = { step: next.id, target, purpose: "do", attempt: 1 };
    try {
      const readable = readableOf(next, await prepare(parts, next, attempt, { sink: UNHEARD, signal }));
      if (!readable) break;
      found.push(readable);
    } catch {
      // What is wrong with it is said when its turn has come.
      break;
    }
  }
  return found;
}

/** The end of a read that was done in one exec with others of its target; undefined: it is to be done alone. */
async function inCompany(
  parts: AttemptParts,
  attempt: Attempt,
  prepared: Prepared,
  stop: AbortSignal,
): Promise<AttemptEnd | undefined> {
  const step = performedBy(parts.plan, attempt);
  let readable: Readable | undefined;
  try {
    readable = readableOf(step, prepared);
  } catch {
    // Alone it says why.
  }
  return readable && parts.company.read(attempt, readable, () => followers(parts, step, attempt, stop), stop);
}

/** Whether others may be read with it: a read's first attempt, where targets can do that. */
const mayShare = ({ house }: AttemptParts, { purpose, attempt }: Attempt, { risk, scope }: PlanStep): boolean =>
  risk === "read" &&
  purpose === "do" &&
  attempt === 1 &&
  scope === "target" &&
  house.registry.readTogether !== undefined;

async function done(parts: AttemptParts, attempt: Attempt, sink: Sink, stop: AbortController): Promise<AttemptEnd> {
  const { signal } = stop;
  const step = performedBy(parts.plan, attempt);
  const prepared = await prepare(parts, step, attempt, { sink, signal });
  const shared = mayShare(parts, attempt, step) && (await inCompany(parts, attempt, prepared, signal));
  if (shared) return shared;
  const within = withinOf(parts.plan, attempt);
  return within > 0 ? repeated(parts, prepared, within, signal) : once(parts, prepared, stop);
}

/** Incidents may have begun since the run: they are asked for only where something is to be broken. */
async function hindered({ plan, house }: AttemptParts, step: PlanStep): Promise<ReturnType<typeof heldBack>> {
  const quiet = isHit(step) ? await withIncidents(house.store, plan, UTC) : plan;
  return heldBack(quiet, step, house.clock.wall());
}
const UTC = "UTC";

/** Does one attempt on its target. Never rejects for what the target does; rejects for our bugs. */
export async function perform(
  parts: AttemptParts,
  attempt: Attempt,
  sink: Sink,
  stop: AbortController,
): Promise<AttemptEnd> {
  const step = performedBy(parts.plan, attempt);
  let end: AttemptEnd;
  try {
    const held = attempt.purpose === "do" ? await hindered(parts, step) : undefined;
    end = held ? { ...held, seconds: 0 } : await done(parts, attempt, sink, stop);
  } catch (error) {
    end = { ...refusal(error, false), seconds: 0 };
  }
  const output = await closed(sink);
  const clean = masked(declared(end, step), parts.secrets);
  return output.bytes > 0 ? { ...clean, output } : clean;
}

async function ask(parts: AttemptParts, attempt: Attempt, sink: Sink, stop: AbortSignal): Promise<Recall> {
  const step = performedBy(parts.plan, attempt);
  const { kind, params, context } = await prepare(parts, step, attempt, { sink, signal: stop });
  // A read that nothing was left of is simply done again.
  if (!kind.recall || (step.risk === "read" && !(await parts.marks.has(context.reach.target))))
    return { state: "unknown" };
  const found = await kind.recall(params, context);
  if (found.state !== "ended") return found;
  // It was red when it was asked then; its time to turn green is not over.
  if (found.end.ending !== "ok" && withinOf(parts.plan, attempt) > 0) return { state: "running" };
  return { state: "ended", end: masked(declared(found.end, step), parts.secrets) };
}

/**
 * What the target says of an attempt whose worker is gone: asked also when a cancel has come already, for what runs must
 * be ended. A target that cannot be reached is asked again for a good while, for nobody else knows; then, or when a cancel
 * comes (`stop`), it is given up: `unknown`. `leave`: the worker lets go.
 */
export async function recall(
  parts: AttemptParts,
  attempt: Attempt,
  sink: Sink,
  signals: { readonly stop: AbortSignal; readonly leave: AbortSignal },
): Promise<Recall> {
  const { clock } = parts.house;
  const start = clock.monotonic();
  for (;;) {
    try {
      return await ask(parts, attempt, sink, signals.leave);
    } catch (error) {
      if (!(error instanceof ReachError)) throw error;
      const enough = secondsBetween(start, clock.monotonic()) * 1_000 >= ASK_MS;
      if (enough || signals.stop.aborted || signals.leave.aborted) return { state: "unknown" };
      await clock.sleep(ASK_AGAIN_MS, signals.stop).catch(() => undefined);
    }
  }
}
