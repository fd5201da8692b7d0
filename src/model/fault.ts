import type { Schema } from "./schema.ts";
import type { StepContext } from "./step.ts";

/** What an injected fault did. `bit`: proven to have taken effect; a fault that did not bite proves nothing. */
export interface Injected {
  readonly bit: boolean;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Monotonic clock before the call, nanoseconds: also of a call that another worker made, whose end is only heard here. */
  readonly atNs?: string;
}

/** `expired`: the target's own timer was first; the fault was not there for as long as it was wanted. */
export interface Removed {
  readonly expired: boolean;
}

/**
 * One kind of fault: kill, stop, refuse … One file in kinds/faults.
 * MUST: leave on the target, before it bites, a timer that removes it after `limitMs` even when nobody comes back;
 * `inject` resolves once the effect was seen (or not, `bit: false`); `remove` is idempotent and rejects when the fault
 * is still there afterwards.
 */
export interface FaultKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  view(params: P): string;
  inject(params: P, context: StepContext, limitMs: number): Promise<Injected>;
  remove(params: P, context: StepContext): Promise<Removed>;
}

export const defineFault = <P>(kind: FaultKind<P>): FaultKind<P> => kind;
