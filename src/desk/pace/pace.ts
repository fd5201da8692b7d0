import { slotAfter } from "./slot.ts";

/** A check as the pace knows it. */
export interface Paced {
  readonly id: string;
  /** Milliseconds from slot to slot. */
  readonly everyMs: number;
  /** What it shares with others that are bounded together; absent: nothing but this machine's network. */
  readonly target?: string;
}

/** How many may be in flight. A check that takes longer than `slowMs` makes room for others, up to `most`. */
export interface PaceLimits {
  readonly slowMs: number;
  /** That began less than `slowMs` ago. */
  readonly quick: number;
  /** That were slow the last time. */
  readonly slow: number;
  readonly most: number;
  readonly perTarget: number;
}

export const PACE: PaceLimits = { slowMs: 1_000, quick: 128, slow: 256, most: 512, perTarget: 8 };

/** At the start, and after a sleep of the machine, one check begins every so many milliseconds, and all within an interval. */
const APART_MS = 5;
/** Nobody looked for so long: what is due now is spread again instead of done at once. */
const ASLEEP_MS = 10_000;

interface Entry {
  paced: Paced;
  due: number;
  /** When it began; undefined while it waits. Always there: an object that loses a field takes five times its room. */
  began: number | undefined;
  slow: boolean;
}

/**
 * Which checks begin when. Knows no clock: `now` is milliseconds of one that never steps back; one that does all the same
 * moves everything with it. A check is never in flight twice; what ends late has missed its slots, and nothing is made up for.
 */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #entries = new Map<string, Entry>();
  /** By due time. */
  #waiting: Entry[] = [];
  /** By the time they began, oldest first. */
  readonly #running = new Set<Entry>();
  readonly #onTarget = new Map<string, { all: number; slow: number }>();
  /** In flight, and no longer there to be begun again. */
  readonly #leaving = new Map<string, Entry>();
  #slow = 0;
  #last: number | undefined;

  constructor(limits: PaceLimits = PACE) {
    this.#limits = limits;
  }

  /** The checks that there are from now on, in the order in which new ones begin. */
  renew(all: readonly Paced[], now: number): void {
    this.#follow(now);
    const before = new Set(this.#entries.keys());
    const fresh: Entry[] = [];
    for (const paced of all) {
      before.delete(paced.id);
      const known = this.#entries.get(paced.id) ?? this.#back(paced.id);
      if (!known) fresh.push({ paced, due: now, began: undefined, slow: false });
      else if (known.began === undefined) this.#change(known, paced, now);
      // What is in flight is counted by what it began as.
      else known.paced = { ...paced, ...targetOf(known.paced) };
    }
    for (const id of before) this.#forget(id);
    spread(fresh, now);
    for (const entry of fresh) this.#entries.set(entry.paced.id, entry);
    this.#waiting = [...this.#waiting, ...fresh].sort(byDue);
  }

  /** Ids of the checks that begin now; each must be told to `ended`. */
  take(now: number): readonly string[] {
    this.#follow(now);
    const taken: string[] = [];
    const left: Entry[] = [];
    for (const entry of this.#waiting) {
      if (entry.due > now || this.#full(now)) break;
      if (this.#mayBegin(entry)) taken.push(this.#begin(entry, now).paced.id);
      else left.push(entry);
    }
    // Most that waits is not looked at: this is done many times a second.
    if (taken.length > 0) this.#waiting.splice(0, taken.length + left.length, ...left);
    return taken;
  }

  ended(id: string, now: number): void {
    this.#follow(now);
    const entry = this.#entries.get(id) ?? this.#leaving.get(id);
    if (entry?.began === undefined) return;
    this.#count(entry, -1);
    this.#running.delete(entry);
    entry.slow = now - entry.began >= this.#limits.slowMs;
    entry.began = undefined;
    if (this.#leaving.delete(id)) return;
    entry.due = slotAfter(id, entry.paced.everyMs, now);
    this.#wait(entry);
  }

  /** Milliseconds until `take` can have something that it has not now, when nothing ends before. */
  wait(now: number): number {
    const next = this.#waiting.find(({ due }) => due > now)?.due ?? Number.POSITIVE_INFINITY;
    const full = this.#waiting[0] !== undefined && this.#waiting[0].due <= now;
    const young = full ? [...this.#running].find(({ began }) => now - began! < this.#limits.slowMs) : undefined;
    const room = young ? young.began! + this.#limits.slowMs : Number.POSITIVE_INFINITY;
    return Math.max(0, Math.min(next, room) - now);
  }

  /** How late the check is that has waited longest, milliseconds; 0 when nothing is late. */
  late(now: number): number {
    return Math.max(0, now - (this.#waiting[0]?.due ?? now));
  }

  inFlight(): number {
    return this.#running.size;
  }

  /** One that left the book and is in it again before it ended. */
  #back(id: string): Entry | undefined {
    const entry = this.#leaving.get(id);
    if (!entry) return undefined;
    this.#leaving.delete(id);
    this.#entries.set(id, entry);
    return entry;
  }

  /** A clock that stepped back takes everything with it; after a long sleep everything begins anew. */
  #follow(now: number): void {
    const passed = now - (this.#last ?? now);
    this.#last = now;
    if (passed < 0)
      for (const entry of new Set([...this.#entries.values(), ...this.#running])) {
        entry.due += passed;
        if (entry.began !== undefined) entry.began += passed;
      }
    if (passed < ASLEEP_MS) return;
    const missed = this.#waiting.filter(({ due }) => due <= now);
    spread(missed, now);
    this.#waiting.sort(byDue);
  }

  #change(entry: Entry, paced: Paced, now: number): void {
    if (paced.everyMs !== entry.paced.everyMs) entry.due = Math.min(entry.due, slotAfter(paced.id, paced.everyMs, now));
    entry.paced = paced;
  }

  #forget(id: string): void {
    const entry = this.#entries.get(id)!;
    this.#entries.delete(id);
    if (entry.began === undefined) this.#waiting = this.#waiting.filter((one) => one !== entry);
    else this.#leaving.set(id, entry);
  }

  /** No check at all may begin. */
  #full(now: number): boolean {
    if (this.#running.size >= this.#limits.most) return true;
    let old = 0;
    for (const { began } of this.#running) {
      if (now - began! < this.#limits.slowMs) break;
      old++;
    }
    return this.#running.size - old >= this.#limits.quick;
  }

  #mayBegin({ paced, slow }: Entry): boolean {
    if (slow && this.#slow >= this.#limits.slow) return false;
    const there = paced.target === undefined ? undefined : this.#onTarget.get(paced.target);
    if (!there) return true;
    // Half of a target's room is for those that are not known to be slow.
    return there.all < this.#limits.perTarget && !(slow && there.slow >= this.#limits.perTarget / 2);
  }

  #begin(entry: Entry, now: number): Entry {
    entry.began = now;
    this.#running.add(entry);
    this.#count(entry, 1);
    return entry;
  }

  #count({ paced: { target }, slow }: Entry, by: 1 | -1): void {
    if (slow) this.#slow += by;
    if (target === undefined) return;
    const there = this.#onTarget.get(target) ?? { all: 0, slow: 0 };
    const all = there.all + by;
    if (all === 0) this.#onTarget.delete(target);
    else this.#onTarget.set(target, { all, slow: there.slow + (slow ? by : 0) });
  }

  #wait(entry: Entry): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#waiting[middle]!.due <= entry.due) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, entry);
  }
}

const byDue = (a: Entry, b: Entry): number => a.due - b.due;

const targetOf = ({ target }: Paced): Pick<Paced, "target"> => (target === undefined ? {} : { target });

/** One after the other, and each within its interval. */
function spread(entries: readonly Entry[], now: number): void {
  const apart = (everyMs: number): number => Math.min(APART_MS, everyMs / entries.length);
  entries.forEach((entry, n) => (entry.due = now + n * apart(entry.paced.everyMs)));
}
