/** What about a journal cannot be. */
export type JournalFlaw =
  /** Entries are missing, or stand in another order. */
  | "hole"
  /** It belongs to another plan, or names a step, target or gate that the plan does not have. */
  | "foreign"
  /** Something follows the end of the run. */
  | "after-end"
  /** A worker that had been fenced off wrote. */
  | "epoch"
  /** An outcome without its intent, a second one, or an intent that the plan did not allow there. */
  | "order";

/** A journal that no worker can have written: cut, mixed with another or changed. It is refused, never repaired. */
export class JournalError extends Error {
  readonly flaw: JournalFlaw;
  /** Number of the entry that cannot be. */
  readonly seq: number;

  constructor(flaw: JournalFlaw, seq: number, what: string) {
    super(`journal entry ${seq}: ${what}`);
    this.name = "JournalError";
    this.flaw = flaw;
    this.seq = seq;
  }
}
