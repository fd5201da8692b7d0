import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { PlanTarget } from "../../model/plan.ts";
import type { Registry } from "../../model/registry.ts";
import type { Rollout } from "../../model/runbook-spec.ts";
import type { TargetSpec } from "../../model/target.ts";
import { issueText } from "../reaches.ts";
import type { MissingList } from "./missing.ts";
import { nearestOf, unknownName } from "./named.ts";

/** This machine: every book may name it. */
const LOCAL: TargetSpec = { name: "local", kind: "local", params: {} };

export interface TargetParts {
  readonly book: Book;
  readonly registry: Registry;
  readonly environment: string;
  readonly service?: string;
  readonly rollout: Rollout;
  /** Names that the request gives. */
  readonly asked?: readonly string[];
  readonly missing: MissingList;
}

/**
 * Targets of a run, in the order of the book: those that are asked for, else those that the runbook may reach, else all of
 * the environment; a target of no environment is reached only by name. None is missing, never "all". Rejects with
 * TARGET-TWICE, TARGET-UNKNOWN, TARGET-ELSEWHERE, TARGET-NOT-ALLOWED.
 */
export function targetsOf(parts: TargetParts): readonly PlanTarget[] {
  const { book, environment, rollout, asked, missing } = parts;
  const known = book.config.targets.some(({ name }) => name === LOCAL.name)
    ? book.config.targets
    : [...book.config.targets, LOCAL];
  const allowed = rollout.targets && named(rollout.targets, known, environment);
  const chosen = asked
    ? named(asked, known, environment)
    : (allowed ?? known.filter((target) => target.environment === environment));
  const outside = allowed && chosen.find((target) => !allowed.includes(target));
  if (outside)
    throw new WatchbookError("TARGET-NOT-ALLOWED", {
      name: outside.name,
      targets: allowed.map(({ name }) => name).join(", "),
    });
  if (chosen.length === 0) missing.add("targets", { environment });
  return known.filter((target) => chosen.includes(target)).map((target) => targetOf(target, parts));
}

function named(names: readonly string[], known: readonly TargetSpec[], environment: string): readonly TargetSpec[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new WatchbookError("TARGET-TWICE", { name: twice });
  return names.map((name) => {
    const target = known.find((one) => one.name === name);
    if (!target)
      throw unknownName(
        "TARGET-UNKNOWN",
        name,
        known.map((one) => one.name),
      );
    if (target.environment !== undefined && target.environment !== environment)
      throw new WatchbookError("TARGET-ELSEWHERE", { name, theirs: target.environment, environment });
    return target;
  });
}

function targetOf(target: TargetSpec, { registry, service, rollout, missing }: TargetParts): PlanTarget {
  const kind = registry.targets.get(target.kind);
  const params = kind?.params.safeParse(target.params ?? {});
  if (!kind)
    missing.add("target-kind", {
      target: target.name,
      kind: target.kind,
      nearest: nearestOf(target.kind, [...registry.targets.keys()]),
    });
  else if (params?.success === false)
    missing.add("target-params", { target: target.name, problem: params.error.issues.map(issueText).join("; ") });
  return {
    name: target.name,
    kind: target.kind,
    params: target.params,
    lock: `${target.name}/${rollout.lock ?? service ?? "-"}`,
    env: target.variables ?? {},
    ...(params?.success === true && kind?.seat && { seat: kind.seat(params.data) }),
  };
}
