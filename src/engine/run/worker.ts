import type { Attempt, AttemptEnd, Entry, Journalled } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import { isEnded, type RunRecord } from "../../model/run.ts";
import { Leave } from "../../model/step.ts";
import type { Change } from "../../store/store.ts";
import type { House } from "../house.ts";
import { Reaches } from "../reaches.ts";
import { look, perform, recall, stepOf, type AttemptParts, type Sink } from "./attempt.ts";
import { Company } from "./company.ts";
import { attemptKey, type Command } from "./core/command.ts";
import { fold } from "./core/fold.ts";
import { next } from "./core/next.ts";
import type { RunView } from "./core/view.ts";
import { releases } from "./locks.ts";
import { runMarks } from "./marks.ts";
import { recordOf } from "./record.ts";

/** Timers of Node cannot be longer. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

/** Between two tries at locks that another run holds, milliseconds. */
const LOCK_AGAIN_MS = 1_000;

export interface WorkerParts {
  readonly house: House;
  readonly root: string;
  readonly plan: Plan;
  readonly record: RunRecord;
  /** Folded from the journal so far. */
  readonly view: RunView;
  /** Number of the last entry. */
  readonly seq: number;
  /** Fence: raised when this worker took the run. */
  readonly epoch: number;
  /** Where an attempt's output goes, without what is secret. `fresh`: it was never begun before. */
  sink(attempt: Attempt, secrets: ReadonlySet<string>, fresh: boolean): Promise<Sink>;
  /** The run holds its locks already. */
  readonly locked: boolean;
  /** Takes the locks of all targets, or says who holds one: then nothing changes anything yet. */
  lock(): Promise<"taken" | "held">;
  /** Hears of the run after each commit. */
  tell(record: RunRecord, view: RunView): void;
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
  readonly #going = new Map<string, AbortController>();
  readonly #stop = new AbortController();
  readonly #done = Promise.withResolvers<RunRecord>();
  readonly #idle = new Set<() => void>();
  #view: RunView;
  #seq: number;
  #record: RunRecord;
  /** held: by another run; asked again every second. */
  #locks: "free" | "asked" | "taken" | "held";
  #writing: Promise<void> = Promise.resolve();
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
    this.#reaches = new Reaches(house, plan.targets, root);
    this.#attempts = {
      house,
      root,
      plan,
      run: record.id,
      epoch: parts.epoch,
      reaches: this.#reaches,
      marks: runMarks(house.store, record.id, parts.epoch),
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
    this.#pump(entries, together);
    await this.#writing;
  }

  /** Resolves when the run has ended or nothing goes on until a person or a timer comes. */
  async settled(): Promise<void> {
    for (;;) {
      await this.#writing;
      if (this.#broken) await this.#done.promise;
      if (this.#isSettled()) return;
      await new Promise<void>((resolve) => this.#idle.add(resolve));
    }
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
    // What the disk refused of an end is not its end: whoever waits for it is told.
    await this.#writing.catch((error: unknown) => this.#done.reject(error));
    await this.close();
  }

  /** What runs under a receipt runs on; everything else ends. */
  #letGo(): void {
    const reason = new Leave();
    this.#stop.abort(reason);
    for (const attempt of this.#going.values()) attempt.abort(reason);
    this.#timer?.abort();
  }

  #isSettled(): boolean {
    if (this.#writes > 0 || this.#going.size > 0 || this.#locks === "asked") return false;
    const { state, waits } = this.#view;
    return isEnded(state) || state === "paused" || this.#locks === "held" || waits.some(({ kind }) => kind !== "timer");
  }

  /** Folds, asks the core until it has nothing to add, commits all of it at once, then begins what was committed. */
  #pump(given: readonly Entry[], together: readonly Change[] = []): void {
    if (this.#broken) return;
    const { plan, house } = this.#parts;
    const entries: Journalled[] = [];
    const effects: Command[] = [];
    const add = (entry: Entry): void => {
      this.#seq += 1;
      const { clock } = house;
      const moment = { at: clock.wall(), mono: String(clock.monotonic()) };
      const journalled = { seq: this.#seq, epoch: this.#parts.epoch, ...moment, entry };
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
      if (together.length > 0) throw error;
      return;
    }
    this.#write(entries, effects, together);
  }

  /** Before the first change the locks of all targets are taken; until then only reads begin. */
  #mayStart(plan: Plan, attempt: Attempt): boolean {
    if (this.#locks === "taken" || stepOf(plan, attempt).risk === "read") return true;
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

  #write(entries: readonly Journalled[], effects: readonly Command[], together: readonly Change[]): void {
    const { house, epoch } = this.#parts;
    const record = recordOf(this.#record, this.#view, house.clock.wall());
    const changes: Change[] = [...together];
    for (const entry of entries) changes.push({ kind: "journal.append", run: record.id, entry });
    if (record !== this.#record) changes.push({ kind: "run.update", record, epoch });
    if (isEnded(record.state)) changes.push(...releases(this.#parts.plan, record.id));
    this.#record = record;
    if (changes.length === 0) {
      this.#begin(effects);
      return;
    }
    this.#writes += 1;
    const before = this.#writing;
    const committed = this.#commit(changes, record, effects);
    // Both are heard: a disk that refuses one refuses the other too.
    this.#writing = Promise.all([before, committed]).then(() => undefined);
    this.#writing.catch((error: unknown) => this.#break(error));
  }

  async #commit(changes: readonly Change[], record: RunRecord, effects: readonly Command[]): Promise<void> {
    await this.#parts.house.store.commit(changes);
    this.#writes -= 1;
    this.#begin(effects);
    this.#parts.tell(record, this.#view);
    if (isEnded(record.state)) this.#end(record);
  }

  #begin(effects: readonly Command[]): void {
    for (const command of effects) {
      if (this.#broken) return;
      if (command.do === "start") void this.#perform(command.attempt);
      else if (command.do === "attach") void this.#attach(command.attempt, command.by);
      else if (command.do === "stop") this.#going.get(attemptKey(command.attempt))?.abort();
      else if (command.do === "wake") void this.#wake(command.at);
    }
    this.#idled();
  }

  #idled(): void {
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

  #sink(attempt: Attempt, fresh = false): Promise<Sink> {
    return this.#parts.sink(attempt, this.#attempts.secrets, fresh);
  }

  async #perform(attempt: Attempt): Promise<void> {
    const key = attemptKey(attempt);
    const stop = this.#going.get(key)!;
    try {
      const end = await perform(this.#attempts, attempt, await this.#sink(attempt, true), stop.signal);
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
      const stop = this.#going.get(key)!;
      const entry = by === "receipt" ? await this.#ask(attempt, stop.signal) : await this.#look(attempt, stop.signal);
      this.#going.delete(key);
      if (entry && !this.#stop.signal.aborted) this.#pump([entry]);
    } catch (error) {
      this.#break(error);
    }
  }

  async #ask(attempt: Attempt, signal: AbortSignal): Promise<Entry | undefined> {
    const sink = await this.#sink(attempt);
    const found = await recall(this.#attempts, attempt, sink, { stop: signal, leave: this.#stop.signal });
    const outcome = (end: AttemptEnd): Entry => ({ type: "outcome", ...attempt, ...end, via: "receipt" });
    if (found.state === "running") return outcome(await perform(this.#attempts, attempt, sink, signal));
    await sink.close();
    if (found.state === "ended") return outcome(found.end);
    if (found.state === "absent") return outcome({ ending: "unknown", seconds: 0, reason: "never-began" });
    return { type: "undecided", tried: "receipt", ...attempt };
  }

  async #look(attempt: Attempt, signal: AbortSignal): Promise<Entry> {
    if (await look(this.#attempts, attempt, await this.#sink({ ...attempt, purpose: "verify" }), signal))
      return { type: "outcome", ...attempt, ending: "ok", seconds: 0, via: "verify" };
    return { type: "undecided", tried: "verify", ...attempt };
  }

  #end(record: RunRecord): void {
    this.#timer?.abort();
    this.#done.resolve(record);
    this.#idled();
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
