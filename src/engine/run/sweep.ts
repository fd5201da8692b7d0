import { WatchbookError } from "../../model/error.ts";
import type { Plan } from "../../model/plan.ts";
import { isEnded } from "../../model/run.ts";
import { ReachError } from "../../model/target.ts";
import type { House } from "../house.ts";
import { Reaches } from "../reaches.ts";
import { markedRuns, markedTargets, unmark } from "./marks.ts";

/** Targets that are swept at a time. */
const AT_ONCE = 10;
/** How often what is owed is tried again, milliseconds. */
const AGAIN_MS = 600_000;
/** A target that has not come back for so long is given up: thirty days. */
const GIVEN_UP_MS = 30 * 86_400_000;

/** Receipts of ended runs, taken off their targets. What cannot be reached is owed, and tried again later. */
export class Sweeper {
  readonly #house: Pick<House, "store" | "registry" | "clock">;
  readonly #root: string;
  #next = 0;

  /** `root`: of the book, absolute. */
  constructor(house: Pick<House, "store" | "registry" | "clock">, root: string) {
    this.#house = house;
    this.#root = root;
  }

  /**
   * Takes what an ended run left off its targets, and there what other ended runs still owe. `reaches`: of the run's
   * worker; let go by whoever gave them.
   */
  async sweep(run: string, reaches: Reaches): Promise<void> {
    const { store } = this.#house;
    const targets = await markedTargets(store, run);
    if (targets.length === 0) return;
    const owed = await this.#owed(run);
    const swept = new Map<string, Set<string>>();
    const work = [...targets];
    const worker = async (): Promise<void> => {
      for (let target = work.shift(); target !== undefined; target = work.shift()) {
        const runs = [run, ...[...owed].flatMap(([id, there]) => (there.has(target) ? [id] : []))];
        for (const each of runs) {
          if (!(await this.#one(reaches, target, each))) break;
          swept.set(each, (swept.get(each) ?? new Set()).add(target));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, work.length) }, worker));
    for (const [each, gone] of swept) await unmark(store, each, gone);
  }

  /** Tries what is owed again, every ten minutes and at the first time; gives up what is owed for thirty days. */
  async pass(): Promise<void> {
    const { store, clock } = this.#house;
    const now = clock.wall();
    if (now < this.#next) return;
    this.#next = now + AGAIN_MS;
    for (const run of (await this.#owed()).keys()) {
      const { record } = (await store.run(run)) ?? {};
      const json = record && (await store.plan(record.digest));
      if (json === undefined || now - (record!.ended ?? now) > GIVEN_UP_MS) {
        await unmark(store, run, new Set(await markedTargets(store, run)));
        continue;
      }
      await using reaches = new Reaches(this.#house, (JSON.parse(json) as Plan).targets, this.#root);
      await this.sweep(run, reaches);
    }
  }

  /** Targets of other ended runs, by run. */
  async #owed(but?: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { store } = this.#house;
    const found = new Map<string, ReadonlySet<string>>();
    for (const run of await markedRuns(store)) {
      const known = run === but ? undefined : await store.run(run);
      if (known && isEnded(known.record.state)) found.set(run, new Set(await markedTargets(store, run)));
    }
    return found;
  }

  /** True when nothing of the run is left there. */
  async #one(reaches: Reaches, target: string, run: string): Promise<boolean> {
    const { registry } = this.#house;
    if (!registry.sweep) return false;
    try {
      return await registry.sweep(await reaches.get(target), run);
    } catch (error) {
      // Not there, full, or let go in the middle: it is owed. The run has ended well without it.
      if (error instanceof ReachError || error instanceof WatchbookError) return false;
      throw error;
    }
  }
}
