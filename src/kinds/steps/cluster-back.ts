import { z } from "zod";
import { FAILBACK, backName } from "../../model/failback.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import { LEDGER_BACK_FILE, LEDGER_FILE } from "../../model/ledger.ts";
import { defineStep, type StepContext, type StepKind } from "../../model/step.ts";
import { clusterCountStep } from "./cluster-count.ts";
import { clusterDemoteStep } from "./cluster-demote.ts";
import { clusterFollowsStep } from "./cluster-follows.ts";
import { clusterJoinStep } from "./cluster-join.ts";
import { clusterLagStep } from "./cluster-lag.ts";
import { clusterLoadStep } from "./cluster-load.ts";
import { clusterLookStep } from "./cluster-look.ts";
import { clusterPinStep } from "./cluster-pin.ts";
import { clusterPromoteStep } from "./cluster-promote.ts";
import { clusterRecoveredStep } from "./cluster-recovered.ts";
import { clusterRefusesStep } from "./cluster-refuses.ts";
import { clusterWritesStep } from "./cluster-writes.ts";

/** Steps of a switchover. */
const DOES = new Map<string, StepKind>(
  [
    clusterLookStep,
    clusterLoadStep,
    clusterPinStep,
    clusterDemoteStep,
    clusterPromoteStep,
    clusterLagStep,
    clusterRefusesStep,
    clusterWritesStep,
    clusterCountStep,
    clusterJoinStep,
    clusterFollowsStep,
    clusterRecoveredStep,
  ].map((kind) => [kind.kind, kind as unknown as StepKind]),
);

const params = z
  .strictObject({
    does: z.string().min(1).describe("Kind of step of a cluster."),
    with: z.record(z.string(), z.unknown()).describe("Its parameters."),
  })
  .superRefine(({ does, with: given }, context) => {
    const kind = DOES.get(does);
    if (!kind) return context.addIssue({ code: "custom", path: ["does"], message: [...DOES.keys()].join(" | ") });
    const parsed = kind.params.safeParse(given);
    if (parsed.success) return;
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: "custom", path: ["with", ...path.map(String)], message });
  });
type Params = z.infer<typeof params>;

/** The kind that does it, with its parameters: the schema has judged both. */
function innerOf({ does, with: given }: Params): { readonly kind: StepKind; readonly data: unknown } {
  const kind = DOES.get(does);
  const parsed = kind?.params.safeParse(given);
  if (!kind || !parsed?.success) throw new TypeError(`cluster-back: ${does}`);
  return { kind, data: parsed.data };
}

/**
 * What the step finds: of what was measured only what was measured on the way back. Who was the primary at first is who it is to be
 * again.
 */
export function envBack(env: Readonly<Record<string, string>>, does: string): Readonly<Record<string, string>> {
  const names = new Set([...Object.keys(FAILBACK), ...Object.values(FAILBACK)]);
  const shared = Object.entries(env).filter(([name]) => !names.has(name));
  const own = Object.entries(FAILBACK).flatMap(([name, back]) =>
    Object.hasOwn(env, back) ? [[name, env[back]!]] : [],
  );
  const first = env["PRIMARY"] ?? "";
  return Object.fromEntries([...shared, ...own, ...(does === "cluster-look" ? [["MEMBER", first]] : [])]) as Record<
    string,
    string
  >;
}

const inside = (context: StepContext, does: string): StepContext => ({
  ...context,
  env: envBack(context.env, does),
  keep: (name, bytes) => context.keep(name === LEDGER_FILE ? LEDGER_BACK_FILE : `failback-${name}`, bytes),
});

/** Outputs under the names of the way back; a change in order that loses something is none. */
function renamed(end: AttemptEnd): AttemptEnd {
  const { outputs } = end;
  if (!outputs) return end;
  const lost = outputs["LOST_ACKED"] ?? "0";
  const named = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [backName(name), value]));
  if (lost === "0") return { ...end, outputs: named };
  return { ...end, outputs: named, ending: "failed", reason: "cluster-back-lost", args: { count: lost } };
}

/** A step of the way back to the first primary, in a drill that goes both ways; its outputs have names of their own. */
export const clusterBackStep = defineStep<Params>({
  kind: "cluster-back",
  params,
  made: true,
  view: (given) => {
    const { kind, data } = innerOf(given);
    return kind.view(data);
  },
  perform: async (given, context) => {
    const { kind, data } = innerOf(given);
    return renamed(await kind.perform(data, inside(context, given.does)));
  },
  recall: async (given, context) => {
    const { kind, data } = innerOf(given);
    const found = await kind.recall?.(data, inside(context, given.does));
    if (!found) return { state: "unknown" };
    return found.state === "ended" ? { ...found, end: renamed(found.end) } : found;
  },
});
