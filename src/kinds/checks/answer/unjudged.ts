import type { Facts, Measured, UnknownReason } from "../../../model/check.ts";
import type { ExecEnd } from "../../../model/target.ts";

/** Thrown inside a check when nothing can be judged; `guarded` turns it into an unknown measurement. */
export class Unjudged extends Error {
  readonly reason: UnknownReason;
  readonly facts: Facts;

  constructor(reason: UnknownReason, detail: string, facts: Facts = {}) {
    super(detail);
    this.name = "Unjudged";
    this.reason = reason;
    this.facts = facts;
  }
}

/** Unknown, with the words that its sentence (`checks.reasons`) needs. */
export const unknown = (reason: UnknownReason, detail: string, facts: Facts = {}): Measured => ({
  kind: "unknown",
  reason,
  args: { detail },
  facts,
});

const NOT_STARTED = { "not-found": "command-missing", "no-permission": "no-permission", other: "unreachable" } as const;

/** The exit code of a command that came to an end by itself; throws Unjudged for one that did not. */
export function exitCode(command: string, end: ExecEnd): number {
  if (end.kind === "exit") return end.code;
  if (end.kind === "spawn") throw new Unjudged(NOT_STARTED[end.reason], command);
  if (end.kind === "timeout") throw new Unjudged("timeout", `${command}: ${end.ms / 1_000} s`);
  if (end.kind === "aborted") throw new Unjudged("aborted", command);
  throw new Unjudged("unparsable", `${command}: ${end.signal}`);
}
