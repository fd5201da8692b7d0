import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { clusterParams, who, type Cluster } from "./cluster/fields.ts";
import { memberIn, membersFor, shown } from "./cluster/member.ts";
import { onMember, send } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";

const own = {
  who,
  within: z.int().min(1).default(60).describe("Seconds in which it must be so."),
};
const params = clusterParams(own);
type Params = Cluster & z.infer<z.ZodObject<typeof own>>;

async function follows(given: Params, context: StepContext) {
  const primary = memberIn(given, context, "PROMOTED");
  for (const member of membersFor(given.who, given, context)) {
    // On the primary's target, but about this member: with a receipt of its own.
    const { attempt } = await onMember(context, member);
    const told = await send({ ...context, attempt }, primary, primary.kind.followed(primary.data), {
      WB_MEMBER: member.name,
      WB_SYNC: given.synchronous ? "yes" : "no",
      WB_SECONDS: String(given.within),
    });
    await send(context, member, member.kind.follows(member.data), {
      WB_PROBE: told["PROBE"] ?? "",
      WB_HISTORY: told["HISTORY"] ?? "",
      WB_SECONDS: String(given.within),
    });
  }
  const since = context.env["FAULT_AT_NS"] ?? context.env["LOOKED_AT_NS"];
  const seconds = since === undefined ? undefined : secondsBetween(BigInt(since), context.clock.monotonic());
  const outputs =
    seconds === undefined || given.who === "others"
      ? {}
      : { REJOIN_SECONDS: (Math.ceil(seconds * 1000) / 1000).toFixed(3) };
  return { ending: "ok" as const, outputs };
}

/**
 * Proves that who joined follows: the primary hears it stream, and it has what was written after it came, on the primary's
 * branch. Output: REJOIN_SECONDS.
 */
export const clusterFollowsStep = defineStep<Params>({
  kind: "cluster-follows",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, `follows ${given.who === "old" ? "$OLD" : "others"} of $PROMOTED (<= ${given.within} s)`),
    risk: "write",
    sudo: false,
  }),
  perform: (given, context) => ended(context, () => follows(given, context)),
});
