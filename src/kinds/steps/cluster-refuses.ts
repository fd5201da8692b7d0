import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { membersIn, shown } from "./cluster/member.ts";
import { send } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";

async function refuses(given: Cluster, context: StepContext) {
  for (const member of membersIn(given, context, "OLD")) {
    const isPinned = context.env["PINNED"] === member.name;
    const told = await send(context, member, member.kind.refuses(member.data), {
      WB_PIN: isPinned ? (context.env["PIN"] ?? "") : "",
    });
    context.log(
      Buffer.from(`${JSON.stringify({ member: member.name, fence: told["FENCE"], session: told["PIN"] ?? "-" })}\n`),
      "out",
    );
  }
  return { ending: "ok" as const, outputs: { FENCE_VERIFIED: "true" } };
}

/**
 * Proves, after a promotion, that whoever was the primary takes no write: its processes are gone, or a privileged session is
 * refused, and so is one that was there before. Output: FENCE_VERIFIED.
 */
export const clusterRefusesStep = defineStep<Cluster>({
  kind: "cluster-refuses",
  params: clusterParams({}),
  made: true,
  view: (given) => ({ command: shown(given, "refuses $OLD"), risk: "write", sudo: false }),
  perform: (given, context) => ended(context, () => refuses(given, context)),
});
