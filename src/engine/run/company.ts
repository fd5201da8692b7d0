import { WatchbookError } from "../../model/error.ts";
import type { Attempt, AttemptEnd } from "../../model/journal.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import type { Registry } from "../../model/registry.ts";
import type { ReadScript, SharedRead, StepContext } from "../../model/step.ts";
import type { Reach } from "../../model/target.ts";
import { secondsBetween, type Clock } from "../../model/time.ts";

/** Reads that share one exec at most. */
const MOST = 40;
/** What was read longer ago than this, milliseconds, is read again: the run was held up in between. */
const FRESH_MS = 10_000;
/** Output of a read that nobody has asked for yet is kept so far, bytes; beyond it is read again. */
const MOST_BYTES = 1_048_576;

/** A step with all that is needed to read it. */
export interface Readable {
  readonly script: ReadScript;
  readonly attempt: StepContext["attempt"];
  readonly reach: Reach;
  readonly step: PlanStep;
}

/** Whether this step's place in the plan lets the next one be read before it has ended. */
const letsFollow = ({ verify, outputs, until }: PlanStep): boolean =>
  verify === undefined && outputs.length === 0 && until === undefined;

/** Nothing and nobody stands before it. */
const isFree = ({ risk, scope, gate, banner, until, undo }: PlanStep): boolean =>
  risk === "read" && scope === "target" && !gate && banner === undefined && until === undefined && undo === undefined;

/** The reads that follow a read on its target, if all goes well: nothing else is done there in between. */
export function readsAfter({ steps }: Pick<Plan, "steps">, step: PlanStep, target: string): readonly PlanStep[] {
  const found: PlanStep[] = [];
  let last = step;
  for (const next of steps.slice(steps.indexOf(step) + 1)) {
    if (found.length === MOST - 1 || !letsFollow(last) || !isFree(next)) break;
    if (next.targets && !next.targets.includes(target)) continue;
    found.push(next);
    last = next;
  }
  return found;
}

/** A read that is going on, or was done, before its turn. */
class Member {
  readonly readable: Readable;
  readonly #chunks: [Uint8Array, "out" | "err"][] = [];
  readonly #done = Promise.withResolvers<AttemptEnd | undefined>();
  #bytes = 0;
  /** As it is wanted now that its turn has come. */
  #script: ReadScript | undefined;
  /** When it ended, monotonic. */
  #at: bigint | undefined;

  constructor(readable: Readable) {
    this.readable = readable;
  }

  shared(clock: Clock): SharedRead {
    const { script, attempt, step } = this.readable;
    const { interpreter, script: text, env, cwd } = script;
    return {
      interpreter,
      script: text,
      env,
      ...(cwd !== undefined && { cwd }),
      attempt,
      limitMs: step.timeoutMs,
      goesOn: step.onFail === "continue",
      hear: (chunk, stream) => {
        if (this.#script) return this.#script.hear(chunk, stream);
        this.#bytes += chunk.length;
        if (this.#bytes <= MOST_BYTES) this.#chunks.push([chunk.slice(), stream]);
      },
      ended: (end) => {
        this.#at = clock.monotonic();
        this.#done.resolve(end);
      },
    };
  }

  isFresh(clock: Clock): boolean {
    if (this.#bytes > MOST_BYTES) return false;
    return this.#at === undefined || secondsBetween(this.#at, clock.monotonic()) * 1_000 <= FRESH_MS;
  }

  /** Its turn has come: what was heard so far, then the rest as it comes. */
  async claim(script: ReadScript): Promise<AttemptEnd | undefined> {
    this.#script = script;
    for (const [chunk, stream] of this.#chunks.splice(0)) script.hear(chunk, stream);
    const end = await this.#done.promise;
    return end && script.judged(end);
  }
}

interface Group {
  readonly members: Map<string, Member>;
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

/**
 * Consecutive reads of one target share one exec: with the first, those behind it are read too, and wait for their turn. A
 * read changes nothing, so that one whose turn never comes costs only its time.
 */
export class Company {
  readonly #registry: Registry;
  readonly #clock: Clock;
  /** By target. */
  readonly #groups = new Map<string, Group>();

  constructor(registry: Registry, clock: Clock) {
    this.#registry = registry;
    this.#clock = clock;
  }

  /**
   * The end of a read, done with those that follow it (`after`, asked for when it is the first of them). undefined: it is to
   * be done alone. Resolves early when `stop` aborts, and nothing of them runs then.
   */
  async read(
    { target, step }: Attempt,
    read: Readable,
    after: () => Promise<readonly Readable[]>,
    stop: AbortSignal,
  ): Promise<AttemptEnd | undefined> {
    const known = this.#groups.get(target);
    const member = known?.members.get(step);
    known?.members.delete(step);
    if (known && member?.isFresh(this.#clock)) return this.#claim(known, member, read, stop);
    known?.stop.abort();
    this.#groups.delete(target);
    const rest = await after();
    if (rest.length === 0 || stop.aborted) return undefined;
    const leader = new Member(read);
    const members = rest.map((each) => new Member(each));
    const group = this.#begin([leader, ...members]);
    this.#groups.set(target, group);
    return this.#claim(group, leader, read, stop);
  }

  #begin(all: readonly Member[]): Group {
    const stop = new AbortController();
    const [first, ...rest] = all;
    const shared = all.map((one) => one.shared(this.#clock));
    const over = this.#registry.readTogether!(first!.readable.reach, shared, stop.signal).catch((error: unknown) => {
      for (const one of shared) one.ended(undefined);
      // A variable that cannot be given is said by the step that has it, alone.
      if (!(error instanceof WatchbookError)) throw error;
    });
    over.catch(() => undefined);
    return { members: new Map(rest.map((one) => [one.readable.step.id, one])), stop, over };
  }

  async #claim(
    group: Group,
    member: Member,
    { script, step }: Readable,
    stop: AbortSignal,
  ): Promise<AttemptEnd | undefined> {
    const abort = (): void => group.stop.abort();
    if (stop.aborted) abort();
    stop.addEventListener("abort", abort, { once: true });
    try {
      const end = await member.claim(script);
      // What broke it may be a bug of ours.
      if (!end) await group.over;
      if (end && end.ending !== "ok" && step.onFail !== "continue") abort();
      if (!stop.aborted) return end;
      await group.over;
      return { ending: "cancelled", reason: "cancelled", seconds: end?.seconds ?? 0 };
    } finally {
      stop.removeEventListener("abort", abort);
    }
  }
}
