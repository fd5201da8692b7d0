import type { Facts, Measured } from "../../../model/check.ts";
import type { Args } from "../../../model/finding.ts";

type State = Extract<Measured, { kind: "state" }>;

/** A state the probe judged itself: `reason` is a key of i18n `checks.reasons`. */
const state =
  (outcome: State["outcome"]) =>
  (reason: string, args: Args = {}, facts: Facts = {}, more: Pick<State, "value" | "unit"> = {}): State => ({
    kind: "state",
    outcome,
    reason,
    args,
    facts,
    ...more,
  });

export const pass = state("pass");
export const warn = state("warn");
export const fail = state("fail");

/** One decimal more than a reader needs; figures in facts and values are not longer than that. */
export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
