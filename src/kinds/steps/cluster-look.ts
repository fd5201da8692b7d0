import { z } from "zod";
import type { MemberSeen } from "../../model/cluster.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { clusterParams, type Cluster } from "./cluster/fields.ts";
import { bestOf, lagOf, lineOf, lookAll, mustCompare, mustHaveMost, primaryOf, sourceOf } from "./cluster/look.ts";
import { membersOf, namesOf, shown, type Member } from "./cluster/member.ts";
import { ended, refused } from "./ending/ended.ts";
import { valueOf } from "./params/values.ts";

const params = clusterParams({
  for: z.enum(["state", "failover", "switchover", "rejoin"]).describe("What is to be done then."),
});
type Params = Cluster & { readonly for: "state" | "failover" | "switchover" | "rejoin" };

const statesOf = (all: readonly MemberSeen[]): string => all.map(({ name, state }) => `${name} ${state}`).join(", ");

/** Any member may be meant; `best` and `auto` leave it to what is seen. */
const asked = (context: Pick<StepContext, "env">): string | undefined => {
  const name = Object.hasOwn(context.env, "MEMBER") ? valueOf(context, "MEMBER") : "auto";
  return name === "auto" ? undefined : name;
};

/** The replica that is to be the primary. Throws Ended when there is none, or not the one that was asked for. */
function candidateIn(all: readonly MemberSeen[], name: string | undefined): MemberSeen {
  if (name === undefined) mustCompare(all);
  const found = name === undefined ? bestOf(all) : all.find((one) => one.name === name && one.state === "replica");
  if (!found) throw refused("cluster-no-candidate", { detail: statesOf(all) });
  return found;
}

/** Throws Ended when a member says why nobody may change the primary now. */
function barred(all: readonly MemberSeen[]): void {
  for (const { name, facts } of all)
    if (facts.BARS?.startsWith("cluster-")) throw refused(facts.BARS, { member: name });
}

type Outputs = Readonly<Record<string, string>>;

/** Who takes over from whom. */
function failover(all: readonly MemberSeen[], context: StepContext): Outputs {
  const primary = primaryOf(all);
  const isDrill = context.plan.drill !== undefined;
  const isForced = Object.hasOwn(context.env, "FORCE") && valueOf(context, "FORCE") === "yes";
  if (primary && !isDrill && !isForced) throw refused("cluster-primary-alive", { member: primary.name });
  // A drill begins from a steady state.
  if (!primary && isDrill) throw refused("cluster-no-primary", { detail: statesOf(all) });
  const candidate = candidateIn(all, asked(context));
  // While a primary writes, who has more changes from moment to moment.
  if (!primary && !isForced) mustHaveMost(candidate, all);
  if (isDrill && candidate.facts.HEARS !== "yes")
    throw refused("cluster-not-streaming", { member: candidate.name, detail: "-" });
  const old = all.filter(({ state }) => state !== "replica");
  if (old.length === 0) throw refused("cluster-no-old", { detail: statesOf(all) });
  const lag = lagOf(candidate, sourceOf(all));
  return {
    OLD: namesOf(old),
    CANDIDATE: candidate.name,
    PRIMARY: primary?.name ?? "",
    ...(lag !== undefined && { LAG_POSITIONS: String(lag) }),
  };
}

/** Nothing is lost: the primary answers, and the candidate hears it. */
function switchover(all: readonly MemberSeen[], context: StepContext): Outputs {
  const primary = primaryOf(all);
  if (!primary) throw refused("cluster-no-primary", { detail: statesOf(all) });
  const candidate = candidateIn(all, asked(context));
  if (candidate.facts.HEARS !== "yes")
    throw refused("cluster-not-streaming", { member: candidate.name, detail: candidate.detail ?? "-" });
  const lag = lagOf(candidate, primary);
  return { OLD: primary.name, CANDIDATE: candidate.name, PRIMARY: primary.name, LAG_POSITIONS: String(lag ?? "") };
}

/** Who is to follow again: who is asked for, else everyone that is reached and does not. */
function rejoin(all: readonly MemberSeen[], context: StepContext, members: readonly Member[]): Outputs {
  const primary = primaryOf(all);
  if (!primary) throw refused("cluster-no-primary", { detail: statesOf(all) });
  const name = asked(context);
  const astray = all.filter((one) =>
    name === undefined
      ? one !== primary && one.state !== "unreachable" && one.facts.HEARS !== "yes"
      : one.name === name && one !== primary,
  );
  if (astray.length === 0) throw refused("cluster-none-astray", { detail: statesOf(all) });
  const member = members.find((one) => one.name === primary.name)!;
  const { host, port } = member.kind.address(member.data);
  return {
    ...{ OLD: namesOf(astray), PRIMARY: primary.name, PROMOTED: primary.name },
    ...{ PRIMARY_HOST: host, PRIMARY_PORT: String(port) },
  };
}

async function look(given: Params, context: StepContext) {
  const start = context.clock.monotonic();
  const members = membersOf(given);
  const all = await lookAll(context, members);
  const source = sourceOf(all);
  context.log(Buffer.from(all.map((one) => `${lineOf(one, source)}\n`).join("")), "out");
  const chosen = { state: () => ({}), failover, switchover, rejoin }[given.for];
  if (given.for === "state") primaryOf(all);
  else barred(all);
  return { ending: "ok" as const, outputs: { ...chosen(all, context, members), LOOKED_AT_NS: String(start) } };
}

/**
 * Who is what in a cluster, one line per member; and who takes over, who is put aside. Outputs: OLD, CANDIDATE, PRIMARY,
 * LAG_POSITIONS, LOOKED_AT_NS; for a rejoin PROMOTED, PRIMARY_HOST and PRIMARY_PORT too, as whoever promotes gives them.
 */
export const clusterLookStep = defineStep<Params>({
  kind: "cluster-look",
  params,
  made: true,
  view: (given) => ({ command: shown(given, `look for ${given.for}`), risk: "read", sudo: false }),
  perform: (given, context) => ended(context, () => look(given, context)),
});
