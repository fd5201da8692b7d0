import type { Attempt, Entry, Journalled } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import { isEnded, type RunRecord } from "../../model/run.ts";
import { Leave } from "../../model/step.ts";
import type { Change } from "../../store/store.ts";
import { Reaches } from "../reaches.ts";
import { perform, type AttemptParts, type Sink } from "./attempt.ts";
import { Company } from "./company.ts";
import { askReceipt, askVerify } from "./doubt.ts";
import { breach, goesOn, Guards } from "./guards.ts";
import { attemptKey, type Command } from "./core/command.ts";
import { fold } from "./core/fold.ts";
import { next } from "./core/next.ts";
import { performedBy } from "./core/shape.ts";
import type { RunView } from "./core/view.ts";
import { releases } from "./locks.ts";
import { runMarks, type KnownMarks } from "./marks.ts";
import { recordOf } from "./record.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** Timers of Node cannot be longer. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

const NOTHING: readonly Change[] = [];

/** Between two tries at locks that another run holds, milliseconds. */
const LOCK_AGAIN_MS = 1_000;

/** What the disk or a newer worker refused. */
interface Refused {
  readonly error: unknown;
}

/**
 * Drives one run: what the core says may be done is journalled, then done. Every commit holds all entries that follow
 * from each other, so that a sequence of steps costs one fsync each. When a commit is refused (full disk, a newer
 * worker) nothing more is begun: `done` rejects and what was going on is in doubt for whoever takes the run next.
 */
export class RunWorker {
  readonly #parts: WorkerParts;
  readonly #reaches: Reaches;
  readonly #attempts: AttemptParts;
  readonly #guards: Guards;
  readonly #going = new Map<string, AbortController>();
  readonly #stop = new AbortController();
  readonly #done = Promise.withResolvers<RunRecord>();
  readonly #idle = new Set<() => void>();
  readonly #marks: KnownMarks;
  #view: RunView;
  #seq: number;
  #record: RunRecord;
  /** held: by another run; asked again every second. */
  #locks: "free" | "asked" | "taken" | "held";
  /** Commits under way. */
  #writes = 0;
  #timer: AbortController | undefined;
  #broken = false;
  #closing: Promise<void> | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#view = parts.view;
    this.#seq = parts.seq;
    this.#record = parts.record;
    this.#locks = parts.locked ? "taken" : "free";
    const { house, root, plan, record } = parts;
    this.#marks = runMarks(house.store, record.id, parts.epoch, parts.isNew);
    this.#reaches = new Reaches(house, [...plan.targets, ...(plan.drill?.places ?? [])], root);
    this.#guards = new Guards({
      ...{ house, plan, reaches: this.#reaches },
      green: () => this.#pump([]),
      goesOn: () => goesOn(plan, this.#view),
      red: (seen) => this.#pump(breach(plan, this.#view, seen)),
      broken: (error) => this.#break(error),
    });
    this.#attempts = {
      house,
      root,
      plan,
      run: record.id,
      epoch: parts.epoch,
      reaches: this.#reaches,
      marks: this.#marks,
      company: new Company(house.registry, house.clock),
      secrets: new Set(),
      outputs: () => this.#view.outputs,
    };
    this.#done.promise.catch(() => undefined);
  }

  /** It holds its locks; what has ended holds none, though the release may still be on its way. */
  get locked(): boolean {
    return this.#locks === "taken" && !isEnded(this.#record.state);
  }
  get plan(): Plan {
    return this.#parts.plan;
  }
  get view(): RunView {
    return this.#view;
  }
  get record(): RunRecord {
    return this.#record;
  }
  /**
   * Resolves with the record when the run has ended; rejects when this worker can no longer drive it. Its targets are in
   * its hands until `close`.
   */
  get done(): Promise<RunRecord> {
    return this.#done.promise;
  }

  /**
   * Entries of a person, or of whoever took the run; then whatever follows from them. `together`: what is committed
   * with them, before them. Rejects when not committed.
   */
  async post(entries: readonly Entry[], together: readonly Change[] = []): Promise<void> {
    if (this.#broken) throw new Error(`run ${this.#record.id} is not driven here any more`);
    const refused = await this.#advance(entries, together);
    if (refused) throw refused.error;
  }

  /** Resolves when the run has ended or nothing goes on until a person or a timer comes. */
  async settled(): Promise<void> {
    for (;;) {
      if (this.#broken && this.#writes === 0) await this.#done.promise;
      if (this.#isSettled()) return;
      await new Promise<void>((resolve) => this.#idle.add(resolve));
    }
  }

  /** Whether it may have left something on a target. */
  get mayHaveLeft(): boolean {
    return this.#marks.mayBe();
  }

  /** Hands on its targets: of a run that has ended too, until they are let go. */
  get reaches(): Reaches {
    return this.#reaches;
  }

  /** Lets go of the targets of a run that has ended. */
  close(): Promise<void> {
    return (this.#closing ??= this.#reaches[Symbol.asyncDispose]());
  }

  /** Lets go without ending the run: what runs under a receipt runs on, the rest is stopped and in doubt. */
  async leave(): Promise<void> {
    this.#broken = true;
    this.#letGo();
    while (this.#writes > 0) await new Promise<void>((resolve) => this.#idle.add(resolve));
    await this.close();
  }

  /** What runs under a receipt runs on; everything else ends. */
  #letGo(): void {
    this.#guards.stop();
    const reason = new Leave();
    this.#stop.abort(reason);
    for (const attempt of this.#going.values()) attempt.abort(reason);
    this.#timer?.abort();
  }

  #isSettled(): boolean {
    if (this.#writes > 0 || this.#going.size > 0 || this.#locks === "asked" || this.#guards.isLooking) return false;
    const { state, waits } = this.#view;
    return isEnded(state) || state === "paused" || this.#locks === "held" || waits.some(({ kind }) => kind !== "timer");
  }

  #pump(given: readonly Entry[]): void {
    void this.#advance(given, NOTHING);
  }

  /** Folds, asks the core until it has nothing to add, commits all of it at once, then begins what was committed. */
  #advance(given: readonly Entry[], together: readonly Change[]): Promise<Refused | undefined> | undefined {
    if (this.#broken) return undefined;
    const { plan, house } = this.#parts;
    const entries: Journalled[] = [];
    const effects: Command[] = [];
    const { clock } = house;
    // What follows from something at once is of the same moment.
    const at = clock.wall();
    const mono = String(clock.monotonic());
    const add = (entry: Entry): void => {
      this.#seq += 1;
      const journalled = { seq: this.#seq, epoch: this.#parts.epoch, at, mono, entry };
      this.#view = fold(this.#view, journalled);
      entries.push(journalled);
    };
    try {
      for (const entry of given) add(entry);
      for (let more = true; more;) {
        more = false;
        for (const command of next(this.#view, house.clock.wall())) {
          if (command.do === "record") {
            // A person who is asked for a change needs its locks as a program does.
            if (command.entry.type === "intent" && !this.#mayStart(plan, command.entry)) continue;
            add(command.entry);
          } else if (command.do === "start") {
            if (!this.#mayStart(plan, command.attempt)) continue;
            this.#going.set(attemptKey(command.attempt), new AbortController());
            add({ type: "intent", ...command.attempt });
          } else if (command.do === "attach" && this.#going.has(attemptKey(command.attempt))) continue;
          if (command.do === "record" || command.do === "start") more = true;
          if (command.do !== "record") effects.push(command);
          if (command.do === "attach") {
            this.#going.set(attemptKey(command.attempt), new AbortController());
            // What goes on there needs its locks; whatever the answer, it must be attended to.
            this.#mayStart(plan, command.attempt);
          }
          if (more) break;
        }
      }
    } catch (error) {
      this.#break(error);
      return Promise.resolve({ error });
    }
    return this.#write(entries, effects, together);
  }

  /** Before the first change the locks of all targets are taken, and a drill's guards are green; until then only reads begin. */
  #mayStart(plan: Plan, attempt: Attempt): boolean {
    if (performedBy(plan, attempt).risk === "read") return true;
    // What is done again or undone is the way out: nobody stands in it.
    if (!this.#guards.mayChange() && attempt.purpose === "do" && attempt.attempt === 1) return false;
    if (this.#locks === "taken") return true;
    if (this.#locks === "free") void this.#lock();
    return false;
  }

  async #lock(): Promise<void> {
    this.#locks = "asked";
    try {
      this.#locks = await this.#parts.lock();
    } catch (error) {
      return this.#break(error);
    }
    if (this.#locks === "taken") return this.#pump([]);
    this.#idled();
    await this.#lockAgain();
  }

  /** Not by the one timer: what the core waits for must not push this aside. */
  async #lockAgain(): Promise<void> {
    try {
      await this.#parts.house.clock.sleep(LOCK_AGAIN_MS, this.#stop.signal);
    } catch {
      return;
    }
    this.#locks = "free";
    this.#pump([]);
  }

  /** Holds the locks for longer. Where somebody else took one over, no change begins any more until it is free again. */
  async renew(): Promise<void> {
    if (!this.locked || (await this.#parts.lock()) === "taken" || !this.locked) return;
    this.#locks = "held";
    void this.#lockAgain();
  }

  /** Resolves when it is committed and its effects have begun, or with what refused it. */
  #write(
    entries: readonly Journalled[],
    effects: readonly Command[],
    together: readonly Change[],
  ): Promise<Refused | undefined> | undefined {
    const { house, epoch } = this.#parts;
    const record = recordOf(this.#record, this.#view, house.clock.wall());
    const changes: Change[] = [...together];
    for (const entry of entries) changes.push({ kind: "journal.append", run: record.id, entry });
    if (record !== this.#record) changes.push({ kind: "run.update", record, epoch });
    if (isEnded(record.state)) changes.push(...releases(this.#parts.plan, record.id));
    this.#record = record;
    if (changes.length === 0) {
      this.#begin(effects);
      this.#idled();
      return undefined;
    }
    this.#writes += 1;
    return house.store.commit(changes).then(
      () => this.#committed(record, effects),
      (error: unknown) => this.#refused(error),
    );
  }

  #committed(record: RunRecord, effects: readonly Command[]): Refused | undefined {
    this.#writes -= 1;
    try {
      this.#begin(effects);
      this.#parts.tell(record, this.#view);
      if (isEnded(record.state)) this.#end(record);
      this.#idled();
      return undefined;
    } catch (error) {
      return this.#refused(error, 0);
    }
  }

  /** What the disk refused of an end is not its end: whoever waits for it is told, also when this worker has let go. */
  #refused(error: unknown, writes = 1): Refused {
    this.#writes -= writes;
    this.#done.reject(error);
    this.#break(error);
    this.#idled();
    return { error };
  }

  #begin(effects: readonly Command[]): void {
    for (const command of effects) {
      if (this.#broken) return;
      if (command.do === "start") void this.#perform(command.attempt);
      else if (command.do === "attach") void this.#attach(command.attempt, command.by);
      else if (command.do === "stop") this.#going.get(attemptKey(command.attempt))?.abort();
      else if (command.do === "wake") void this.#wake(command.at);
    }
  }

  /** Whoever waits for rest is woken when it is there, not at every step. */
  #idled(): void {
    if (this.#idle.size === 0 || !(this.#broken ? this.#writes === 0 : this.#isSettled())) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  /** One timer: the earliest moment the core named last. */
  async #wake(at: number): Promise<void> {
    this.#timer?.abort();
    const timer = new AbortController();
    this.#timer = timer;
    const { clock } = this.#parts.house;
    try {
      await clock.sleep(Math.max(0, Math.min(at - clock.wall(), LONGEST_SLEEP_MS)), timer.signal);
    } catch {
      return;
    }
    if (this.#timer === timer) this.#timer = undefined;
    this.#pump([]);
  }

  #sink(attempt: Attempt, fresh = false): Sink | Promise<Sink> {
    return this.#parts.sink(attempt, this.#attempts.secrets, fresh);
  }

  async #perform(attempt: Attempt): Promise<void> {
    const key = attemptKey(attempt);
    const stop = this.#going.get(key)!;
    try {
      const sink = this.#sink(attempt, true);
      const end = await perform(this.#attempts, attempt, sink instanceof Promise ? await sink : sink, stop);
      this.#going.delete(key);
      // Whoever let go does not know how it ended: the next worker asks the receipt.
      if (!this.#stop.signal.aborted) this.#pump([{ type: "outcome", ...attempt, ...end }]);
    } catch (error) {
      this.#break(error);
    }
  }

  /** A doubt: what the receipt or the verify says, or that they cannot tell. */
  async #attach(attempt: Attempt, by: "receipt" | "verify"): Promise<void> {
    const key = attemptKey(attempt);
    try {
      const signals = { stop: this.#going.get(key)!, leave: this.#stop.signal };
      const ask = by === "receipt" ? askReceipt : askVerify;
      const entry = await ask(this.#attempts, attempt, (one) => this.#sink(one), signals);
      this.#going.delete(key);
      if (!this.#stop.signal.aborted) this.#pump([entry]);
    } catch (error) {
      this.#break(error);
    }
  }

  #end(record: RunRecord): void {
    this.#guards.stop();
    this.#timer?.abort();
    this.#done.resolve(record);
  }

  #break(error: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#letGo();
    this.#done.reject(error);
    void this.close();
    this.#idled();
  }
}
