import type { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, who, type Cluster } from "./cluster/fields.ts";
import { memberIn, membersFor, shown } from "./cluster/member.ts";
import { recallMember } from "./cluster/recall.ts";
import { send } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const params = clusterParams({ who });
type Params = Cluster & z.infer<z.ZodObject<{ who: typeof who }>>;

const SECONDS = "120";

async function join(given: Params, context: StepContext) {
  const primary = memberIn(given, context, "PROMOTED");
  const rewound: string[] = [];
  for (const member of membersFor(given.who, given, context)) {
    const program = member.kind.join(member.data, primary.data);
    const told = await send(context, member, program, {
      WB_SYNC: given.synchronous ? "yes" : "no",
      WB_SECONDS: SECONDS,
      WB_COPY: Object.hasOwn(context.env, "COPY") ? valueOf(context, "COPY") : "no",
    });
    rewound.push(told["REWOUND"] ?? "-");
  }
  return { ending: "ok" as const, outputs: given.who === "old" ? { REWOUND: rewound.join(" ") } : {} };
}

/**
 * Makes who was put aside follow the primary, or those who followed the one before; what they wrote alone is cut away. That they
 * follow is another step's to prove. Output: REWOUND.
 */
export const clusterJoinStep = defineStep<Params>({
  kind: "cluster-join",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, given.who === "old" ? "join $OLD to $PROMOTED" : "join others to $PROMOTED"),
    risk: "destructive",
    sudo: false,
  }),
  perform: (given, context) => ended(context, () => join(given, context)),
  recall: (given, context) => recallMember(context, membersFor(given.who, given, context)),
});
