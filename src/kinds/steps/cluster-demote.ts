import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { lookAll, primaryOf } from "./cluster/look.ts";
import { memberIn, membersIn, membersOf, shown } from "./cluster/member.ts";
import { recallMember } from "./cluster/recall.ts";
import { send } from "./cluster/send.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const SECONDS = "120";

async function demote(given: Cluster, context: StepContext) {
  const at = context.clock.monotonic();
  const member = memberIn(given, context, "OLD");
  const { WRITTEN = "" } = await send(context, member, member.kind.stop(member.data), {
    WB_HOW: "in-order",
    WB_CANDIDATE: Object.hasOwn(context.env, "CANDIDATE") ? valueOf(context, "CANDIDATE") : "",
    WB_SECONDS: SECONDS,
  });
  return {
    ending: "ok" as const,
    outputs: { WRITTEN, FENCED: member.name, FAULT_AT_NS: String(at), DETECTION: "assumed" },
  };
}

/** It comes back as the primary, unless somebody else is that by now. */
async function back(given: Cluster, context: StepContext) {
  const member = memberIn(given, context, "OLD");
  const primary = primaryOf(await lookAll(context, membersOf(given)));
  if (primary?.name === member.name) return { ending: "ok" as const };
  if (primary) throw refused("cluster-replaced", { member: member.name, by: primary.name });
  await send(context, member, member.kind.start(member.data), { WB_SECONDS: SECONDS });
  return { ending: "ok" as const };
}

/**
 * Ends the primary in order: who follows has everything when it is gone. Undone as long as nobody took its place. Outputs:
 * WRITTEN, FENCED, FAULT_AT_NS.
 */
export const clusterDemoteStep = defineStep<Cluster>({
  kind: "cluster-demote",
  params: clusterParams({}),
  made: true,
  view: (given) => ({ command: shown(given, "stop in-order $OLD"), risk: "destructive", sudo: false }),
  perform: (given, context) =>
    ended(context, () => (context.attempt.purpose === "undo" ? back : demote)(given, context)),
  recall: (given, context) => recallMember(context, membersIn(given, context, "OLD")),
});
