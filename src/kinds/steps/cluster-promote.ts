import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { secondsBetween } from "../../model/time.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { bestOf, lookAt, lookAll, mustHaveMost } from "./cluster/look.ts";
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

const told = (context: StepContext, name: string, otherwise: string): string =>
  Object.hasOwn(context.env, name) ? valueOf(context, name) : otherwise;

/**
 * Who was chosen, unless another one has received more since. Nothing is received any more: the primary is put aside. Who was asked
 * for must have the most, unless that is forced. Throws Ended.
 */
async function chosenIn(given: Params, context: StepContext): Promise<Member> {
  const candidate = memberIn(given, context, "CANDIDATE");
  // A keeper compares by itself; in order, all have everything that is waited for.
  if (given.members.length === 2 || given.lossless || candidate.kind.keeper) return candidate;
  const all = await lookAll(context, membersOf(given));
  if (told(context, "MEMBER", "auto") === "auto") {
    const best = bestOf(all);
    return best ? memberNamed(given, best.name) : candidate;
  }
  const seen = all.find(({ name, state }) => name === candidate.name && state === "replica");
  if (seen && told(context, "FORCE", "no") !== "yes") mustHaveMost(seen, all);
  return candidate;
}

/** Waits until the replica has applied all that the primary had written when it ended in order. Throws Ended. */
async function caughtUp(member: Member, context: StepContext): Promise<void> {
  const written = BigInt(valueOf(context, "WRITTEN"));
  const start = context.clock.monotonic();
  for (;;) {
    const { facts, state } = await lookAt(context, member);
    // A keeper has made it the primary meanwhile: then it has what it has written.
    const has = state === "primary" ? facts.WRITTEN : facts.APPLIED;
    const applied = /^\d+$/.test(has ?? "") ? BigInt(has!) : -1n;
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

/** What is sent to who shall take over. A keeper may have chosen another one: that one is asked what it is now. */
async function promoted(given: Params, context: StepContext, asked: Member) {
  const values = {
    WB_SYNC: given.synchronous ? "yes" : "no",
    WB_SECONDS: String(SECONDS),
    WB_TABLE: Object.hasOwn(context.env, "LOAD") ? tableOf(context) : "",
    WB_OLD: told(context, "OLD", ""),
    WB_DRILL: context.plan.drill === undefined ? "no" : "yes",
  };
  const facts = await send(context, asked, asked.kind.promote(asked.data), values);
  const name = facts["PROMOTED"] ?? asked.name;
  if (name === asked.name) return { member: asked, facts };
  const member = memberNamed(given, name);
  return { member, facts: await send(context, member, member.kind.promote(member.data), values) };
}

async function promote(given: Params, context: StepContext) {
  const asked = await chosenIn(given, context);
  if (given.lossless) await caughtUp(asked, context);
  const start = context.clock.monotonic();
  const isDrill = context.plan.drill !== undefined;
  const { member, facts } = await promoted(given, context, asked);
  const { host, port } = member.kind.address(member.data);
  const seconds = secondsBetween(start, context.clock.monotonic());
  const outputs = {
    PROMOTED: member.name,
    PRIMARY_HOST: host,
    PRIMARY_PORT: String(port),
    HISTORY: facts["HISTORY"] ?? "",
    PROMOTE_SECONDS: (Math.ceil(seconds * 1000) / 1000).toFixed(3),
    // What had come and is not there now, in the kind's words.
    ...(facts["LOST"] !== undefined && { LOST: facts["LOST"] }),
    ...(facts["IDS"] !== undefined && { APPLIED_IDS: facts["IDS"] }),
    // Nobody had to tell it that the primary is gone.
    ...(isDrill && !given.lossless && member.kind.keeper && { DETECTION: "keeper" }),
  };
  return { ending: "ok" as const, outputs };
}

/**
 * Makes a replica the primary, or sees a keeper do it. Outputs: PROMOTED, PRIMARY_HOST, PRIMARY_PORT, HISTORY, PROMOTE_SECONDS,
 * APPLIED_IDS, LOST; DETECTION where a keeper did it by itself.
 */
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
