import { defineStep, type StepContext } from "../../model/step.ts";
import { missingOf } from "../load/ledger.ts";
import { rangesIn } from "../../model/ranges.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { ledgerOf } from "./cluster/load.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

async function lag(context: StepContext) {
  const there = rangesIn(valueOf(context, "APPLIED_IDS"));
  if (!there) throw refused("cluster-rows", { detail: valueOf(context, "APPLIED_IDS").slice(0, 80) });
  const missing = missingOf(await ledgerOf(context), there, BigInt(valueOf(context, "FAULT_AT_NS")));
  return { ending: "ok" as const, outputs: { DATA_SYNC_LAG_EVENTS: String(missing.length) } };
}

/**
 * Rows confirmed before the fault that the replica did not have when it was decided to promote it: by their numbers, not by what
 * a server says of itself. Output: DATA_SYNC_LAG_EVENTS.
 */
export const clusterLagStep = defineStep<Cluster>({
  kind: "cluster-lag",
  params: clusterParams({}),
  made: true,
  view: () => ({ command: "ledger - $APPLIED_IDS", risk: "read", sudo: false }),
  perform: (_, context) => ended(context, () => lag(context)),
});
