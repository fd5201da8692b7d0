/** Outcome of one check. Unknown is never green: it has its own reason and blocks a pass. */
export const OUTCOMES = ["pass", "warn", "fail", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Verdict of an inspection, run or drill. A rehearsal (dry run) is never a pass. */
export const VERDICTS = ["pass", "fail", "rehearsal", "inconclusive"] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * State of one duty in one period.
 * due: may be done now · running: somebody does it · open: done by the machine, a person must still tick ·
 * done · missed: the period ended without it.
 */
export const DUTY_STATES = ["due", "running", "open", "done", "missed"] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** What a block of a manual was taken for. Ambiguous and conflict never run and never alert. */
export const BLOCK_STATES = ["recognised", "declared", "ambiguous", "conflict", "narrative", "ignored"] as const;
export type BlockState = (typeof BLOCK_STATES)[number];

/** Risk of a command. Unknown counts as write. */
export const RISKS = ["read", "write", "destructive", "unknown"] as const;
export type Risk = (typeof RISKS)[number];

/** Status a document or procedure claims for itself; many claim none. Planned ones never run. */
export const STATUSES = ["landed", "optional", "planned"] as const;
export type Status = (typeof STATUSES)[number];

/** Whether a procedure must be proven: nothing in the manual leaves it open (optional) or puts it off (planned). */
export const inForce = (status: Status | undefined): boolean => status === undefined || status === "landed";
