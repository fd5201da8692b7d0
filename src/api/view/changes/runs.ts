import type { RunControl } from "../../../engine/run/control.ts";
import type { Book } from "../../../model/book.ts";
import type { Plan } from "../../../model/plan.ts";
import { WatchbookError } from "../../../model/error.ts";
import { isEnded, type RunRecord } from "../../../model/run.ts";
import type { Store } from "../../../store/store.ts";
import type { ChangeShown } from "../../contract.ts";
import { kindOf } from "./kind.ts";
import { rollbackSaid, wasUndone } from "./rollback.ts";
import { mayChange, runChange, unknownChange, type Ran } from "./run.ts";

/** Ended runs and plans that are kept in memory. */
const KEPT = 4_000;

type PlanFacts = Pick<Plan, "runbook" | "rollout" | "drill" | "service"> & { readonly writes: boolean };

/** Puts it into the map, from which the oldest goes when it is full. */
function kept<V>(map: Map<string, V>, key: string, value: V): V {
  map.set(key, value);
  if (map.size > KEPT) map.delete(map.keys().next().value!);
  return value;
}

/** A journal that is not as it was written: what it changed is unknown, and nothing of that keeps the others from being shown. */
function unreadable(error: unknown): undefined {
  if (error instanceof WatchbookError && /^(?:RUN|STORE)-JOURNAL$/.test(error.code)) return undefined;
  throw error;
}

/** What runs changed, one by one: a plan is read once, and so is a run that has ended and has its evidence. */
export class RunChanges {
  readonly #store: Store;
  readonly #runs: Pick<RunControl, "show">;
  readonly #plans = new Map<string, PlanFacts | undefined>();
  #reads = 0;
  readonly #ended = new Map<string, Ran | undefined>();

  constructor(store: Store, runs: Pick<RunControl, "show">) {
    this.#store = store;
    this.#runs = runs;
  }

  /** Journals that were read so far: what costs. */
  get reads(): number {
    return this.#reads;
  }

  /** What it changed; undefined: nothing so far, or `wants` says no to its service and kind. */
  async of(
    record: RunRecord,
    book: Book,
    wants: (of: Pick<ChangeShown, "service" | "kind">) => boolean = () => true,
  ): Promise<ChangeShown | undefined> {
    const plan = record.rehearsal ? undefined : await this.#plan(record.digest);
    if (!plan?.writes) return undefined;
    const kind = kindOf(book, plan);
    if (!wants({ kind, service: plan.service ?? null })) return undefined;
    const ran = this.#ended.has(record.id) ? this.#ended.get(record.id) : await this.#read(record);
    const source = book.runbooks.find(({ id }) => id === record.runbook)?.source;
    return ran && { ...ran, kind, source: source ?? ran.source };
  }

  async #plan(digest: string): Promise<PlanFacts | undefined> {
    if (this.#plans.has(digest)) return this.#plans.get(digest);
    const json = await this.#store.plan(digest);
    if (json === undefined) return undefined;
    const plan = JSON.parse(json) as Plan;
    const { runbook, service, rollout, drill } = plan;
    return kept(this.#plans, digest, {
      ...{ runbook, writes: mayChange(plan) },
      ...(service !== undefined && { service }),
      ...(rollout && { rollout }),
      ...(drill && { drill }),
    });
  }

  async #read(record: RunRecord): Promise<Ran | undefined> {
    const { id } = record;
    this.#reads += 1;
    const run = await this.#runs.show(id).catch(unreadable);
    if (!run) return unknownChange(record, (await this.#plan(record.digest))?.service);
    const journal = wasUndone(run) ? await this.#store.journal({ run: id }) : undefined;
    const ran = runChange(run, journal ? rollbackSaid(run, journal) : null);
    const { state, evidence } = run.record;
    return isEnded(state) && evidence !== undefined ? kept(this.#ended, id, ran) : ran;
  }
}
