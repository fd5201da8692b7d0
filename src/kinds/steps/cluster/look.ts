import { MEMBER_FACTS, MEMBER_STATES, type MemberFacts, type MemberSeen } from "../../../model/cluster.ts";
import type { StepContext } from "../../../model/step.ts";
import { ReachError } from "../../../model/target.ts";
import { WORDS } from "../../backups/program/words.ts";
import { assignments } from "../../targets/receipt/assign.ts";
import { refused } from "../ending/ended.ts";
import { PRELUDE } from "../program/program.ts";
import type { Member } from "./member.ts";
import { valuesFor } from "./send.ts";

/** What a look needs no receipt for: it tells on its output. */
const ALOUD = String.raw`
give() { printf '%s=%s\n' "$1" "$(printf %s "$2" | tr '\n\r' '  ')"; }
`;

const SECONDS = 3;
/** A host that says nothing for so long is not reached, milliseconds. */
const LONGEST_MS = 15_000;

/** The lines that a look printed. */
export function seenIn(name: string, lines: string): MemberSeen {
  const told = new Map(
    lines
      .split("\n")
      .map((line) => /^WB_(?:FACT_)?(\w+)=(.*)$/.exec(line))
      .filter((found) => found !== null)
      .map(([, key, value]) => [key!, value!] as const),
  );
  const state = MEMBER_STATES.find((one) => one === told.get("STATE"));
  const facts: MemberFacts = Object.fromEntries(
    MEMBER_FACTS.flatMap((fact) => (told.has(fact) ? [[fact, told.get(fact)!]] : [])),
  );
  const detail = told.get("DETAIL") ?? told.get("REASON");
  const args = [...told].filter(([key]) => key.startsWith("ARG_")).map(([key, value]) => `${key.slice(4)} ${value}`);
  return {
    name,
    state: state ?? "closed",
    ...(detail !== undefined && { detail: [detail, ...args].join(" ").trim() }),
    facts,
  };
}

/** One member, as it is now. A host that is not reached is said as that. */
export async function lookAt(context: StepContext, member: Member): Promise<MemberSeen> {
  const program = member.kind.look(member.data);
  const values = await valuesFor(context, member, program, { WB_SECONDS: String(SECONDS) });
  const stdin = `${assignments(values)}${PRELUDE}${WORDS}${ALOUD}${program.text}`;
  try {
    const reach = await context.open(member.target);
    const { end, out, err } = await reach.exec(["sh", "-c", 'eval "$(cat)"'], {
      stdin,
      timeoutMs: LONGEST_MS,
      signal: context.signal,
    });
    if (end.kind === "timeout") return { name: member.name, state: "unreachable", detail: end.kind, facts: {} };
    const seen = seenIn(member.name, out);
    return seen.state === "closed" && seen.detail === undefined
      ? { ...seen, detail: err.trim().slice(0, 200) || end.kind }
      : seen;
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
    return { name: member.name, state: "unreachable", detail: error.message, facts: {} };
  }
}

/** All of them, at the same time. */
export const lookAll = (context: StepContext, members: readonly Member[]): Promise<readonly MemberSeen[]> =>
  Promise.all(members.map((member) => lookAt(context, member)));

const whole = (text: string | undefined): bigint | undefined =>
  text !== undefined && /^\d+$/.test(text) ? BigInt(text) : undefined;

/** How far a replica is behind what is known of its primary: that one's own word, else the last it told. Never below 0. */
export function lagOf(replica: MemberSeen, primary: MemberSeen | undefined): bigint | undefined {
  const [written, received] = [
    whole(primary?.facts.WRITTEN) ?? whole(replica.facts.SEEN),
    whole(replica.facts.RECEIVED),
  ];
  if (written === undefined || received === undefined) return undefined;
  return written > received ? written - received : 0n;
}

/** Whose word on what was written counts: the primary's, else that of one that is gone, by what lies on its disk. */
export const sourceOf = (all: readonly MemberSeen[]): MemberSeen | undefined =>
  all.find(({ state }) => state === "primary") ??
  all
    .filter(({ state, facts }) => state === "down" && whole(facts.WRITTEN) !== undefined)
    .toSorted((a, b) => (BigInt(a.facts.WRITTEN!) < BigInt(b.facts.WRITTEN!) ? 1 : -1))[0];

/** One line of the topology: name, state, and what it told. */
export function lineOf(seen: MemberSeen, primary: MemberSeen | undefined): string {
  const lag = seen.state === "replica" ? lagOf(seen, primary) : undefined;
  const facts = Object.entries(seen.facts).map(([key, value]) => `${key.toLowerCase()}=${value}`);
  const parts = [seen.name, seen.state, ...facts, ...(lag === undefined ? [] : [`lag=${lag}`])];
  return [...parts, ...(seen.detail === undefined ? [] : [`(${seen.detail})`])].join("  ");
}

/** The one primary, where there is one. Throws Ended when two say so, or when one belongs to another cluster. */
export function primaryOf(all: readonly MemberSeen[]): MemberSeen | undefined {
  const systems = new Map(all.flatMap(({ name, facts }) => (facts.SYSTEM === undefined ? [] : [[facts.SYSTEM, name]])));
  if (systems.size > 1)
    throw refused("cluster-other", { seen: [...systems.keys()][1]!, wanted: [...systems.keys()][0]! });
  const primaries = all.filter(({ state }) => state === "primary");
  if (primaries.length > 1)
    throw refused("cluster-two-primaries", { members: primaries.map(({ name }) => name).join(", ") });
  return primaries[0];
}

/** Below 0 when the first has more than the second: a newer branch, or more of the same. */
function order(a: MemberSeen, b: MemberSeen): number {
  const [[branchA, hasA], [branchB, hasB]] = [a, b].map(
    ({ facts }) => [whole(facts.HISTORY) ?? 0n, whole(facts.RECEIVED) ?? -1n] as const,
  ) as [readonly [bigint, bigint], readonly [bigint, bigint]];
  return branchA === branchB ? Number(hasB > hasA) - Number(hasB < hasA) : branchB > branchA ? 1 : -1;
}

/** The replica that has received the most, of those on the newest branch; of equals the first. */
export const bestOf = (all: readonly MemberSeen[]): MemberSeen | undefined =>
  all.filter(({ state }) => state === "replica").toSorted(order)[0];

/** Branch and position as a reader compares them. */
const placeOf = ({ facts }: MemberSeen): string => `${facts.HISTORY ?? "-"}/${facts.RECEIVED ?? "-"}`;

/** Throws Ended when another replica has more than this one: what it lacks would be lost. */
export function mustHaveMost(member: MemberSeen, all: readonly MemberSeen[]): void {
  const best = bestOf(all);
  if (best && order(best, member) < 0)
    throw refused("cluster-not-most", {
      ...{ member: member.name, has: placeOf(member) },
      ...{ best: best.name, most: placeOf(best) },
    });
}

/** Throws Ended when replicas are on branches of which nobody can say which is the newer one. */
export function mustCompare(all: readonly MemberSeen[]): void {
  const replicas = all.filter(({ state }) => state === "replica");
  const branches = new Set(replicas.map(({ facts }) => facts.HISTORY ?? "-"));
  if (branches.size > 1 && [...branches].some((one) => whole(one) === undefined))
    throw refused("cluster-branches", { detail: replicas.map((one) => `${one.name} ${placeOf(one)}`).join(", ") });
}
