import type { Bands, CheckKind, Facts, Measured, Sample } from "../../../model/check.ts";
import type { Args } from "../../../model/finding.ts";
import { hasLimit, judge } from "../../../model/judge.ts";
import type { Outcome } from "../../../model/states.ts";
import type { StepContext } from "../../../model/step.ts";
import { deadline } from "../../checks/net/deadline.ts";

/** What one look saw. `reason` is a key of i18n `checks.reasons`. */
export interface Look {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly args?: Args;
  readonly value?: number;
  readonly facts?: Facts;
  /** What a look that could not be judged keeps for the next one. */
  readonly sample?: number;
}

/** Bands as a schema gives them: its absent keys may be undefined. */
type Given = { readonly [K in keyof Bands]: Bands[K] | undefined };

const clean = (bands: Given): Bands =>
  Object.fromEntries(Object.entries(bands).filter(([, value]) => value !== undefined)) as unknown as Bands;

function judged(measured: Measured, bands: Bands | undefined): Look {
  const { facts } = measured;
  const more = facts && { facts };
  if (measured.kind === "unknown")
    return {
      outcome: "unknown",
      reason: measured.reason,
      ...(measured.args && { args: measured.args }),
      ...more,
      ...(measured.sample !== undefined && { sample: measured.sample }),
    };
  if (measured.kind === "state") {
    const { outcome, reason, args, value } = measured;
    return { outcome, reason, ...(args && { args }), ...(value !== undefined && { value }), ...more };
  }
  const { value } = measured;
  if (!bands || !hasLimit(bands)) return { outcome: "unknown", reason: "no-bands", value, ...more };
  return { outcome: judge(value, bands).outcome, reason: "value", value, ...more };
}

/** The limits that a value is judged by: those given, else the kind's. */
export const bandsOf = (kind: CheckKind, bands: Given | undefined): Bands | undefined =>
  bands === undefined ? kind.bands : clean(bands);

/**
 * Looks once, within its time. A probe that does not end in time has seen nothing: unknown. `history`: what earlier
 * looks of the same step kept, oldest first.
 */
export async function probe(
  kind: CheckKind,
  params: unknown,
  given: { readonly probe: number; readonly bands?: Given | undefined },
  context: StepContext,
  history: readonly Sample[] = [],
): Promise<Look> {
  const bands = bandsOf(kind, given.bands);
  using limit = deadline(given.probe * 1_000, context.signal);
  const measured = await kind.run(params, {
    reach: context.reach,
    clock: context.clock,
    signal: limit.signal,
    history,
    ...(bands && { bands }),
    ...(context.records && { records: context.records }),
    secret: (reference) => context.secret(reference),
  });
  if (limit.late && measured.kind === "unknown")
    return { outcome: "unknown", reason: "timeout", args: { detail: `${given.probe} s` } };
  return judged(measured, bands);
}
