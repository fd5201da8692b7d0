import { given } from "../../model/given.ts";
import type { GateCheck, RolloutSpec } from "../../model/rollout.ts";
import type { BatchSize } from "../../model/runbook-spec.ts";
import type { Source } from "../../model/source.ts";
import { bandsOf } from "./bands.ts";
import { seconds } from "./duration.ts";
import type { RawGate, RawRollout } from "./rollout-schema.ts";

/** `3`, or `25%` as a part of all. */
export const sizeOf = (raw: number | string): BatchSize =>
  typeof raw === "number" ? { count: raw } : { part: Number(raw.slice(0, -1)) / 100 };

const gateOf = ({ name, bands, ...params }: RawGate, source: Source): GateCheck => ({
  name,
  with: given({ ...params, bands: bands && bandsOf(bands) }),
  source,
});

/** The model's form of one validated `rollout:`; `at` gives the line of a key below it. */
export function rolloutOf(raw: RawRollout, at: (...path: string[]) => Source): RolloutSpec {
  const { strategy, first, batch, soak, gates = [], rollback, "rollback-within": within } = raw;
  const soakS = soak === undefined ? undefined : seconds(soak);
  return {
    strategy,
    gates: gates.map((gate, index) => gateOf(gate, at("gates", String(index)))),
    ...given({
      first: first === undefined ? undefined : sizeOf(first),
      batch: batch === undefined ? undefined : sizeOf(batch),
      soakMs: soakS === undefined ? undefined : Math.round(soakS * 1000),
      rollback,
      rollbackWithin: within === undefined ? undefined : seconds(within),
    }),
    source: at(),
  };
}
