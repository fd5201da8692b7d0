import type { SeenReason, Signal } from "../../model/alert.ts";
import type { Reading } from "../../model/check.ts";

/** What the newest reading of each check says beyond its number. */
export interface Says {
  add(reading: Reading): void;
  /** The same signals; those that begin say what was seen. */
  on(signals: readonly Signal[]): readonly Signal[];
}

export function makeSays(): Says {
  const said = new Map<string, SeenReason>();
  return {
    add: ({ check, outcome, reason, args }) => {
      if (outcome === "pass" || reason === "value") said.delete(check);
      else said.set(check, { reason, args });
    },
    on: (signals) =>
      signals.map((signal) => {
        const seen = said.get(signal.check);
        return seen === undefined || !signal.firing ? signal : { ...signal, seen };
      }),
  };
}
