import type { Facts } from "../../../model/check.ts";
import type { Args } from "../../../model/finding.ts";

/** Thrown inside a check when what it looks at is broken; `guarded` turns it into a failed state. */
export class Failing extends Error {
  /** Key of i18n `checks.reasons`. */
  readonly reason: string;
  readonly args: Args;
  readonly facts: Facts;

  constructor(reason: string, args: Args = {}, facts: Facts = {}) {
    super(reason);
    this.name = "Failing";
    this.reason = reason;
    this.args = args;
    this.facts = facts;
  }
}
