import { canonical } from "../../evidence/canonical.ts";
import type { Plan } from "../../model/plan.ts";

const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);

/** Fields that differ, where it stands left aside. */
function fields(then: object, now: object): readonly string[] {
  const [before, after] = [then, now] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((key) => key !== "source" && !same(before![key], after![key]))
    .toSorted();
}

function listed<T extends object>(
  word: string,
  id: (of: T) => string,
  then: readonly T[],
  now: readonly T[],
): readonly string[] {
  const [before, after] = [then, now].map((list) => new Map(list.map((one) => [id(one), one])));
  const changed = now.flatMap((one) => {
    const old = before!.get(id(one));
    if (!old) return [`+${word}${id(one)}`];
    const different = fields(old, one);
    return different.length === 0 ? [] : [`${word}${id(one)} (${different.join(", ")})`];
  });
  return [...changed, ...then.filter((one) => !after!.has(id(one))).map((one) => `-${word}${id(one)}`)];
}

/** Parts of a plan that have no id of their own. */
const WHOLE = [
  "runbook",
  "title",
  "service",
  "environment",
  "automation",
  "rehearsal",
  "batches",
  "parallel",
  "maxFailures",
  "rollout",
  "gate",
] as const;

/**
 * What differs between a plan and the one that the manual gives now: `3.2/1 (params)`, `+` for what is new, `-` for what
 * is gone; `target `, `param `, `file ` before their names. Empty exactly when the digests are the same.
 */
export function differences(then: Plan, now: Plan): readonly string[] {
  const byId = ({ id }: { readonly id: string }): string => id;
  const byName = ({ name }: { readonly name: string }): string => name;
  const found = [
    ...WHOLE.filter((key) => !same(then[key], now[key])),
    ...listed("", byId, then.steps, now.steps),
    ...listed("", byId, then.others, now.others),
    ...listed("target ", byName, then.targets, now.targets),
    ...listed("param ", byName, then.parameters, now.parameters),
    ...listed("file ", ({ path }: { readonly path: string }) => path, then.files, now.files),
  ];
  return found.length > 0 || then.digest === now.digest ? found : ["order"];
}
