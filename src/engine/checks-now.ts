import { Pace } from "../desk/pace/index.ts";
import { everyMsOf, type CheckSpec, type Reading, type Sample } from "../model/check.ts";
import type { WatchbookError } from "../model/error.ts";
import { onStop } from "../model/stop.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import { makeHands, type Hands } from "./checks/hands.ts";
import { makeKeep, type Keep } from "./checks/keep.ts";
import type { House, OpenBook } from "./house.ts";
import { probe } from "./inspect/probe.ts";
import { watchedChecks, type CheckNow } from "./snapshot.ts";

export interface ChecksParts {
  readonly house: House;
  readonly open: () => OpenBook;
  /** Milliseconds between two readings of a check that names no interval of its own; undefined: each as its kind says. */
  readonly interval: () => number | undefined;
  /** Hears of every reading that counts, as it comes. */
  onReading?(reading: Reading): void;
  /** Looks at what was read before it counts: unknown in its place where what failed may be ourselves. */
  doubted?(reading: Reading, spec: CheckSpec): Promise<Reading>;
  /** Hears that something was read, at most once a second. */
  onNews?(): void;
}

/** The checks of calendar duties and of rules as they stand between inspections. State of one process; samples go to the store. */
export interface ChecksNow {
  /** As they stand, in the book's order; without a reading until they have been read for the first time. */
  now(): readonly CheckNow[];
  /**
   * Reads every check on its own clock until the signal. Readings stand even when the store refuses their samples. Rejects
   * with our bugs only.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Why something is not read or not kept now. */
  ill(): WatchbookError | undefined;
  /** When the last reading that counts was taken, milliseconds since the epoch; absent: none yet. */
  lastReading(): number | undefined;
  /** Milliseconds that the check is late which has waited longest: more than an interval says that this machine is too small. */
  late(): number;
}

interface Standing {
  readonly reading: Reading;
  readonly since: number;
}

/**
 * What fails for the first time is read once more, this much later, before it counts: a connection that was cut once is no
 * outage. Short, for it is part of the time until somebody is told.
 */
const AGAIN_MS = 300;
/** Checks that are due within so many milliseconds of each other begin together. */
const TICK_MS = 10;
/** A new book and a new interval are seen after this. */
const LOOK_MS = 250;
/** Samples are gathered for so long: one fsync for many checks. */
const GATHER_MS = 5_000;
const NEWS_MS = 1_000;

export const makeChecksNow = (parts: ChecksParts): ChecksNow => new Watching(parts);

class Watching implements ChecksNow {
  readonly #parts: ChecksParts;
  readonly #standing = new Map<string, Standing>();
  readonly #pace = new Pace();
  readonly #keep: Keep;
  readonly #flying = new Set<Promise<void>>();
  #hands: Hands;
  #specs = new Map<string, CheckSpec>();
  #book: OpenBook["book"] | undefined;
  #interval: number | undefined;
  #last: number | undefined;
  #heard = false;
  #told = 0n;
  #bug: { readonly error: unknown } | undefined;
  /** Asks for another look before the timer does. */
  #wake: () => void = () => undefined;

  constructor(parts: ChecksParts) {
    this.#parts = parts;
    this.#keep = makeKeep(parts.house);
    this.#hands = makeHands(parts.house);
  }

  now(): readonly CheckNow[] {
    return watchedChecks(this.#parts.open().book).map((spec) => ({ spec, ...this.#standing.get(spec.id) }));
  }

  ill(): WatchbookError | undefined {
    return this.#keep.ill();
  }

  lastReading(): number | undefined {
    return this.#last;
  }

  late(): number {
    return this.#pace.late(this.#ms());
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted && !this.#bug) {
        this.#renew();
        this.#begin(signal);
        this.#settle();
        await this.#rest(signal);
      }
      await Promise.all(this.#flying);
      await this.#keep.flush(0);
    } finally {
      await this.#hands[Symbol.asyncDispose]();
      this.#hands = makeHands(this.#parts.house);
    }
    if (this.#bug) throw this.#bug.error;
  }

  /** Milliseconds of a clock that never steps back. */
  #ms(): number {
    return Number(this.#parts.house.clock.monotonic() / 1_000n) / 1_000;
  }

  #renew(): void {
    const { book } = this.#parts.open();
    const interval = this.#parts.interval();
    if (book === this.#book && interval === this.#interval) return;
    [this.#book, this.#interval] = [book, interval];
    const specs = watchedChecks(book);
    this.#specs = new Map(specs.map((spec) => [spec.id, spec]));
    for (const id of this.#standing.keys()) if (!this.#specs.has(id)) this.#standing.delete(id);
    const { checks } = this.#parts.house.registry;
    const paced = specs.map((spec) => {
      const { id, target = "local" } = spec;
      const kind = checks.get(spec.kind);
      return { ...{ id, everyMs: everyMsOf(spec, kind, interval) }, ...(kind?.light !== true && { target }) };
    });
    this.#pace.renew(paced, this.#ms());
  }

  #begin(signal: AbortSignal): void {
    for (const id of this.#pace.take(this.#ms())) {
      const spec = this.#specs.get(id);
      const flight: Promise<void> = (spec ? this.#read(spec, signal) : Promise.resolve())
        .catch((error: unknown) => {
          this.#bug ??= { error };
        })
        .finally(() => {
          this.#flying.delete(flight);
          this.#pace.ended(id, this.#ms());
          if (this.#pace.late(this.#ms()) > 0 || this.#bug) this.#wake();
        });
      this.#flying.add(flight);
    }
  }

  async #read(spec: CheckSpec, signal: AbortSignal): Promise<void> {
    const open = this.#parts.open();
    const reading = await this.#probe(open, spec, signal);
    if (reading.outcome !== "fail" || this.#failed(spec.id) || !rulesNow(open.book).byCheck.has(spec.id))
      return this.#take(reading, signal);
    await this.#parts.house.clock.sleep(AGAIN_MS, signal).catch(() => undefined);
    this.#take(await this.#probe(open, spec, signal), signal);
  }

  async #probe(open: OpenBook, spec: CheckSpec, signal: AbortSignal): Promise<Reading> {
    const hand = this.#hands.lend(open, spec.target ?? "local");
    let well = false;
    try {
      const reading = await probe(this.#parts.house, spec, hand.reach, signal);
      well = reading.outcome !== "unknown" || !UNWELL.has(reading.reason);
      return (await this.#parts.doubted?.(reading, spec)) ?? reading;
    } finally {
      hand.back(well);
    }
  }

  readonly #failed = (id: string): boolean => this.#standing.get(id)?.reading.outcome === "fail";

  #take(reading: Reading, signal: AbortSignal): void {
    // What the end of the daemon cut off, or a new book withdrew, says nothing about its target.
    if (signal.aborted || !this.#specs.has(reading.check)) return;
    const before = this.#standing.get(reading.check);
    const same = before?.reading.outcome === reading.outcome;
    this.#standing.set(reading.check, { reading, since: same ? before.since : reading.at });
    if (before !== undefined && !same) this.#keep.changed(before.reading, reading);
    if (reading.value !== undefined) this.#keep.sample(this.#sampleOf(reading, reading.value));
    this.#last = reading.at;
    this.#heard = true;
    this.#parts.onReading?.(reading);
  }

  /** What only asks over the network looks back at nothing: its facts are not kept with every value. */
  #sampleOf(reading: Reading, value: number): Sample {
    const { check, target, at, outcome, facts } = reading;
    const light = this.#parts.house.registry.checks.get(this.#specs.get(check)?.kind ?? "")?.light === true;
    return { check, target, at, value, outcome, ...(!light && { facts }) };
  }

  /** Keeps what was read, and tells. */
  #settle(): void {
    this.#keep.flush(Math.min(GATHER_MS, this.#interval ?? GATHER_MS)).catch((error: unknown) => {
      this.#bug ??= { error };
      this.#wake();
    });
    const now = this.#parts.house.clock.monotonic();
    if (!this.#heard || now - this.#told < BigInt(Math.min(NEWS_MS, this.#interval ?? NEWS_MS)) * 1_000_000n) return;
    [this.#heard, this.#told] = [false, now];
    this.#parts.onNews?.();
  }

  /** Until a check is due, one that was waited for has ended, or the signal. */
  async #rest(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const ms = Math.min(LOOK_MS, Math.max(TICK_MS, this.#pace.wait(this.#ms())));
    const cancel = this.#parts.house.clock.timer(ms, resolve);
    const forget = onStop(signal, resolve);
    this.#wake = resolve;
    if (signal.aborted || this.#bug) resolve();
    await promise;
    forget();
    cancel();
  }
}

/** Reasons after which the hand on a target is opened anew. */
const UNWELL: ReadonlySet<string> = new Set(["unreachable", "timeout", "aborted", "internal"]);
