import type { Attempt } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import type { RunRecord } from "../../model/run.ts";
import type { House } from "../house.ts";
import type { Sink } from "./attempt.ts";
import type { RunView } from "./core/view.ts";

/** What a worker drives a run with. */
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
  sink(attempt: Attempt, secrets: ReadonlySet<string>, fresh: boolean): Sink | Promise<Sink>;
  /** The run holds its locks already. */
  readonly locked: boolean;
  /** It was created by this worker. */
  readonly isNew: boolean;
  /** Takes the locks of all targets, or says who holds one: then nothing changes anything yet. */
  lock(): Promise<"taken" | "held">;
  /** Hears of the run after each commit. */
  tell(record: RunRecord, view: RunView): void;
}
