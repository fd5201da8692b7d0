import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { WORDS } from "../backups/program/words.ts";
import { inject, remove, type FaultProgram } from "../faults/program/program.ts";
import { variablesOf } from "./backup/part.ts";
import { clusterParams, load, type Cluster } from "./cluster/fields.ts";
import { membersIn, shown } from "./cluster/member.ts";
import { onMember } from "./cluster/send.ts";
import { ended } from "./ending/ended.ts";

const params = clusterParams({ limit: load.limit });
type Params = Cluster & z.infer<z.ZodObject<{ limit: typeof load.limit }>>;

/** Where the session is held: in the folder of the attempt, on the member's target. */
const PLACE = "WB_PIN=$dir/pin\n";

async function pin(given: Params, context: StepContext) {
  const [member] = membersIn(given, context, "PRIMARY");
  if (context.attempt.purpose === "undo") {
    if (member) await remove(await onMember(context, member));
    return { ending: "ok" as const };
  }
  // A primary that is gone has no session.
  if (!member) return { ending: "ok" as const };
  const held = member.kind.hold(member.data);
  const secrets = await variablesOf({ text: "", ...(held.secrets && { secrets: held.secrets }) }, context);
  const program: FaultProgram = {
    values: { ...held.env, WB_MEMBER: member.name },
    words: WORDS + PLACE,
    inject: `arm\n${held.text}\nfact PIN "$WB_PIN"\nbit yes\n`,
    remove: member.kind.release(member.data).text,
    secrets,
    bearable: true,
  };
  const { facts } = await inject(program, await onMember(context, member), given.limit * 1_000);
  return { ending: "ok" as const, outputs: { PINNED: member.name, PIN: String(facts["PIN"] ?? "") } };
}

/** Holds a session of the primary's, so that it can be asked for a write when another one is the primary. Outputs: PINNED, PIN. */
export const clusterPinStep = defineStep<Params>({
  kind: "cluster-pin",
  params,
  made: true,
  view: (given) => ({ command: shown(given, `hold $PRIMARY (<= ${given.limit} s)`), risk: "write", sudo: false }),
  perform: (given, context) => ended(context, () => pin(given, context)),
});
