import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { membersIn, namesOf, shown } from "./cluster/member.ts";
import { recallMember } from "./cluster/recall.ts";
import { send } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";

/** What an end in its turn takes at most, seconds. */
const SECONDS = "60";

async function fence(given: Cluster, context: StepContext) {
  const members = membersIn(given, context, "OLD");
  // What is drilled is what happens at night: there it is the keeper who acts.
  const isKept = context.plan.drill !== undefined && members.some(({ kind }) => kind.keeper);
  if (isKept) return { ending: "ok" as const, outputs: { FENCED: "" } };
  for (const member of members)
    await send(context, member, member.kind.stop(member.data), { WB_HOW: "at-once", WB_SECONDS: SECONDS });
  return { ending: "ok" as const, outputs: { FENCED: namesOf(members) } };
}

/**
 * Ends whoever was the primary, at once, so that nobody writes there any more; nothing undoes it but that it joins again. A
 * host that is not reached is not fenced: whoever decides then says so. In a drill of a cluster with a keeper
 * nothing is fenced by us. Output: FENCED.
 */
export const clusterFenceStep = defineStep<Cluster>({
  kind: "cluster-fence",
  params: clusterParams({}),
  made: true,
  view: (given) => ({ command: shown(given, "stop at-once $OLD"), risk: "destructive", sudo: false }),
  perform: (given, context) => ended(context, () => fence(given, context)),
  recall: (given, context) => recallMember(context, membersIn(given, context, "OLD")),
});
