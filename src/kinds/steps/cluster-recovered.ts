import { defineStep } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { secondsText } from "./cluster/load.ts";
import { ended } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

/** Notes that everything held, after all that had to. Output: RTO_SECONDS, from before the fault's call. */
export const clusterRecoveredStep = defineStep<Cluster>({
  kind: "cluster-recovered",
  params: clusterParams({}),
  made: true,
  view: () => ({ command: "now - $FAULT_AT_NS", risk: "read", sudo: false }),
  perform: (_, context) =>
    ended(context, () => {
      const fault = BigInt(valueOf(context, "FAULT_AT_NS"));
      return Promise.resolve({
        ending: "ok" as const,
        outputs: { RTO_SECONDS: secondsText(fault, context.clock.monotonic()) },
      });
    }),
});
