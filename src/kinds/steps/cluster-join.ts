import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { memberIn, membersIn, shown } from "./cluster/member.ts";
import { recallMember } from "./cluster/recall.ts";
import { send } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";

const SECONDS = "120";

async function join(given: Cluster, context: StepContext) {
  const primary = memberIn(given, context, "PROMOTED");
  const rewound: string[] = [];
  for (const member of membersIn(given, context, "OLD")) {
    const program = member.kind.join(member.data, primary.data);
    const told = await send(context, member, program, {
      WB_SYNC: given.synchronous ? "yes" : "no",
      WB_SECONDS: SECONDS,
    });
    rewound.push(told["REWOUND"] ?? "-");
  }
  return { ending: "ok" as const, outputs: { REWOUND: rewound.join(" ") } };
}

/** Makes who was put aside follow the primary; what it wrote alone is cut away. That it follows is another step's to prove. Output: REWOUND. */
export const clusterJoinStep = defineStep<Cluster>({
  kind: "cluster-join",
  params: clusterParams({}),
  made: true,
  view: (given) => ({ command: shown(given, "join $OLD to $PROMOTED"), risk: "destructive", sudo: false }),
  perform: (given, context) => ended(context, () => join(given, context)),
  recall: (given, context) => recallMember(given, context, "OLD"),
});
