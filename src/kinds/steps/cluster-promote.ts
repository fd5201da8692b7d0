import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { bestOf, lookAt, lookAll } from "./cluster/look.ts";
import { memberIn, memberNamed, membersOf, shown, type Member } from "./cluster/member.ts";
import { send } from "./cluster/send.ts";
import { tableOf } from "./cluster/table.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const params = clusterParams({
  lossless: z.boolean().default(false).describe("Only one that has everything the primary had written."),
});
type Params = Cluster & { readonly lossless: boolean };

const SECONDS = 60;
const AGAIN_MS = 100;

/** Who was chosen, unless another one has received more since. Nothing is received any more: the primary is put aside. */
async function chosenIn(given: Params, context: StepContext): Promise<Member> {
  const candidate = memberIn(given, context, "CANDIDATE");
  const asked = Object.hasOwn(context.env, "MEMBER") && valueOf(context, "MEMBER") !== "auto";
  if (given.members.length === 2 || asked) return candidate;
  const best = bestOf(await lookAll(context, membersOf(given)));
  return best ? memberNamed(given, best.name) : candidate;
}

/** Waits until the replica has applied all that the primary had written when it ended in order. Throws Ended. */
async function caughtUp(member: Member, context: StepContext): Promise<void> {
  const written = BigInt(valueOf(context, "WRITTEN"));
  const start = context.clock.monotonic();
  for (;;) {
    const { facts, state } = await lookAt(context, member);
    const applied = /^\d+$/.test(facts.APPLIED ?? "") ? BigInt(facts.APPLIED!) : -1n;
    if (applied >= written) return;
    if (secondsBetween(start, context.clock.monotonic()) > SECONDS)
      throw refused("cluster-behind", {
        member: member.name,
        state,
        applied: String(applied),
        written: String(written),
      });
    await context.clock.sleep(AGAIN_MS, context.signal);
  }
}

async function promote(given: Params, context: StepContext) {
  const member = await chosenIn(given, context);
  if (given.lossless) await caughtUp(member, context);
  const start = context.clock.monotonic();
  const told = await send(context, member, member.kind.promote(member.data), {
    WB_SYNC: given.synchronous ? "yes" : "no",
    WB_SECONDS: String(SECONDS),
    WB_TABLE: Object.hasOwn(context.env, "LOAD") ? tableOf(context) : "",
  });
  const { host, port } = member.kind.address(member.data);
  const seconds = secondsBetween(start, context.clock.monotonic());
  const outputs = {
    PROMOTED: member.name,
    PRIMARY_HOST: host,
    PRIMARY_PORT: String(port),
    HISTORY: told["HISTORY"] ?? "",
    PROMOTE_SECONDS: (Math.ceil(seconds * 1000) / 1000).toFixed(3),
    // What had come and is not there now, in the kind's words.
    ...(told["LOST"] !== undefined && { LOST: told["LOST"] }),
    ...(told["IDS"] !== undefined && { APPLIED_IDS: told["IDS"] }),
  };
  return { ending: "ok" as const, outputs };
}

/** Makes a replica the primary. Outputs: PROMOTED, PRIMARY_HOST, PRIMARY_PORT, HISTORY, PROMOTE_SECONDS, APPLIED_IDS, LOST. */
export const clusterPromoteStep = defineStep<Params>({
  kind: "cluster-promote",
  params,
  made: true,
  view: (given) => ({
    command: shown(given, given.lossless ? "promote $CANDIDATE when it has $WRITTEN" : "promote $CANDIDATE"),
    risk: "destructive",
    sudo: false,
  }),
  perform: (given, context) => ended(context, () => promote(given, context)),
});
