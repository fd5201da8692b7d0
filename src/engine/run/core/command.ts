import type { Attempt, Entry } from "../../../model/journal.ts";

/**
 * What the worker is to do now. The core says it again until an entry of the journal answers it, so a worker
 * remembers what it has begun by the attempt's identity (`attemptKey`) and does nothing twice.
 */
export type Command =
  /** Journal it as it stands; nothing else happens. Fold it before asking for commands again. */
  | { readonly do: "record"; readonly entry: Entry }
  /**
   * Commit `intent`, perform, commit `outcome`. Stands only as long as `next` still says it: a worker that has not
   * committed the intent when another entry comes between asks again first.
   */
  | { readonly do: "start"; readonly attempt: Attempt }
  /**
   * Resolve a doubt. receipt: `StepKind.recall`, then journal its end as `outcome` with `via: "receipt"` (absent:
   * ending `unknown`, reason `never-began`), or perform the same attempt again while it is still running, or journal
   * `undecided` when the receipt cannot tell or the kind has none. verify: run the verify of the step that the attempt
   * performs, then journal an `outcome` with `via: "verify"` for the attempt, or `undecided`.
   */
  | { readonly do: "attach"; readonly attempt: Attempt; readonly by: "receipt" | "verify" }
  /** End what is going on. Of an attempt that is being attached: end it when the receipt says that it is running. */
  | { readonly do: "stop"; readonly attempt: Attempt }
  /** Nothing changes by itself before this time, milliseconds since the epoch; always the last command. */
  | { readonly do: "wake"; readonly at: number };

/** Identity of an attempt within its run. */
export const attemptKey = (of: Attempt): string => `${of.step}\n${of.target}\n${of.purpose}\n${of.attempt}`;
