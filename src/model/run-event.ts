import type { Person } from "./config.ts";
import type { EndReason, EndState } from "./journal.ts";
import type { RunbookKind } from "./runbook.ts";
import type { Verdict } from "./states.ts";

/**
 * `data` of the events a run leaves, in this order: `run.started`; `run.plan` with the plan whose digest is `plan`;
 * `run.people` with those who approved, as the book had them; then every entry of the journal under its own type, its
 * fields beside `journal` (its number) and `epoch`; the last entry is `run.ended` with the verdict. A verifier needs
 * nothing else to recompute the verdict.
 */
export interface RunEventData {
  readonly "run.started": {
    readonly id: string;
    readonly runbook: string;
    readonly title: string;
    /** What the runbook is for; decides which keys of older scripts its result.env has. */
    readonly kind: RunbookKind;
    readonly environment: string;
    readonly by: string;
    readonly reason: string;
    readonly host: string;
    readonly book: string;
    readonly commit: string | null;
    readonly dirty: boolean;
    /** Digest of the plan, `sha256:…`. */
    readonly plan: string;
    /** Ids of the steps that were asked for; null: the whole runbook. A part of a runbook does not prove it. */
    readonly only: readonly string[] | null;
  };
  /** Everything that the digest of a plan covers. */
  readonly "run.plan": { readonly plan: unknown };
  readonly "run.people": { readonly people: readonly Pick<Person, "id" | "name" | "roles" | "key">[] };
  readonly "run.ended": {
    readonly journal: number;
    readonly epoch: number;
    readonly state: EndState;
    readonly reasons: readonly EndReason[];
    readonly verdict: Verdict;
    readonly seconds: number;
  };
}
