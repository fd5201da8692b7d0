import type { Person } from "../../../model/config.ts";
import type { Journalled } from "../../../model/journal.ts";
import type { Plan } from "../../../model/plan.ts";
import type { RunRecord } from "../../../model/run.ts";
import type { RunbookKind } from "../../../model/runbook.ts";

/** All that the evidence of a run is made from. */
export interface RunFacts {
  readonly record: Pick<RunRecord, "id" | "by" | "reason">;
  readonly plan: Plan;
  /** The whole journal, ended. */
  readonly journal: readonly Journalled[];
  /** What the runbook is for, as the book has it. */
  readonly kind: RunbookKind;
  /** People of the book; those who approved are kept. */
  readonly people: readonly Pick<Person, "id" | "name" | "roles" | "key">[];
  /** Of the program that writes the evidence. */
  readonly version: string;
}
