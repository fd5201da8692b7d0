import type { ClusterKind, MemberSpec } from "../../../model/cluster.ts";
import type { StepContext } from "../../../model/step.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { clusters } from "../../clusters/index.ts";
import { refused } from "../ending/ended.ts";
import { valueOf } from "../params/values.ts";
import type { Cluster, Who } from "./fields.ts";

/** A member with its kind and its validated parameters. */
export interface Member {
  readonly name: string;
  readonly target: string;
  readonly kind: ClusterKind;
  readonly data: unknown;
}

interface Problem {
  readonly path: PropertyKey[];
  readonly message: string;
}

const found = (name: string): ClusterKind | undefined => clusters.find(({ kind }) => kind === name);

/** What is wrong with a cluster: its kind, or parameters of its members. In signs that need no language. */
export function wrongIn(name: string, members: readonly MemberSpec[]): readonly Problem[] {
  const kind = found(name);
  if (!kind) return [{ path: ["kind"], message: clusters.map((each) => each.kind).join(" | ") }];
  return members.flatMap((member, index) => {
    const parsed = kind.params.safeParse(member.with);
    if (parsed.success) return [];
    return parsed.error.issues.map((issue) => ({
      path: ["members", index, "with", ...issue.path],
      message: brokenRule(issue) ?? wantedForm(issue) ?? issue.message,
    }));
  });
}

/** Whether any member says by which address an application writes; what is wrong otherwise is said elsewhere. */
export const hasWriter = (name: string, members: readonly MemberSpec[]): boolean =>
  wrongIn(name, members).length > 0 ||
  members.some((member) => {
    const parsed = found(name)?.params.safeParse(member.with);
    return parsed?.success === true && found(name)!.writer(parsed.data) !== undefined;
  });

/** All members. The plan has judged them. */
export function membersOf({ kind: name, members }: Cluster): readonly Member[] {
  const kind = found(name);
  return members.map((member) => {
    const parsed = kind?.params.safeParse(member.with);
    if (!kind || !parsed?.success) throw new TypeError(`cluster kind ${name}: member ${member.name}`);
    return { name: member.name, target: member.target, kind, data: parsed.data };
  });
}

/** The member of that name. Throws Ended `cluster-no-member`. */
export function memberNamed(given: Cluster, name: string): Member {
  const members = membersOf(given);
  const member = members.find((one) => one.name === name);
  if (!member) throw refused("cluster-no-member", { name, known: members.map((one) => one.name).join(", ") });
  return member;
}

/** The members that an output of an earlier step names, apart by blanks; none where it names none. */
export const membersIn = (given: Cluster, context: Pick<StepContext, "env">, output: string): readonly Member[] =>
  (Object.hasOwn(context.env, output) ? valueOf(context, output) : "")
    .split(" ")
    .filter((name) => name !== "")
    .map((name) => memberNamed(given, name));

/** The one member that an output names. Throws Ended. */
export function memberIn(given: Cluster, context: Pick<StepContext, "env">, output: string): Member {
  return memberNamed(given, valueOf(context, output));
}

/** The members that are meant; `others` are those that followed and were not promoted. */
export function membersFor(who: Who, given: Cluster, context: Pick<StepContext, "env">): readonly Member[] {
  if (who === "old") return membersIn(given, context, "OLD");
  const not = new Set(
    [...membersIn(given, context, "OLD"), memberIn(given, context, "PROMOTED")].map(({ name }) => name),
  );
  return membersOf(given).filter(({ name }) => !not.has(name));
}

/** What a plan shows: who is meant among whom, and what of the kind's is done there, in one line. */
export const shown = ({ cluster, kind, members }: Cluster, does: string): string =>
  `${kind} ${cluster} (${members.map(({ name, target }) => `${name}@${target}`).join(", ")}): ${does}`;

export const namesOf = (members: readonly { readonly name: string }[]): string =>
  members.map(({ name }) => name).join(" ");
