import { z } from "zod";
import type { PlanCheck } from "../../../model/drill.ts";
import type { StepContext } from "../../../model/step.ts";
import { ReachError } from "../../../model/target.ts";
import { kindOf, saw } from "../check/kind.ts";
import { probe, type Look } from "../check/probe.ts";

const limit = z.number().optional();

/** A check of the book, as the planner put it into the plan. */
export const check = z.strictObject({
  id: z.string().min(1).describe("Its id in the book."),
  title: z.string().describe("Words for people."),
  kind: z.string().min(1).describe("Kind of check."),
  params: z.unknown().describe("Its parameters."),
  bands: z
    .strictObject({ bad: z.enum(["above", "below"]), normal: limit, warn: limit, critical: limit })
    .optional()
    .describe("Limits of its value; default: those of the kind."),
  target: z.string().min(1).describe("Where it looks."),
  timeoutMs: z.number().positive().describe("Longest one look may take; longer is unknown."),
});
export type Check = z.infer<typeof check>;

export interface Seen {
  readonly check: Pick<PlanCheck, "id" | "target">;
  readonly look: Look;
}

/** Looks once at a check of the book; a target that is not reached is unknown. */
export async function lookAt(given: Check, context: StepContext): Promise<Seen> {
  const { id, kind: name, params, bands, target, timeoutMs } = given;
  const { kind, data } = kindOf({ check: name, with: (params ?? {}) as Readonly<Record<string, unknown>> }, context);
  try {
    const reach = await context.open(target);
    const look = await probe(kind, data, { probe: timeoutMs / 1000, bands }, { ...context, reach });
    return { check: { id, target }, look };
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
    const look: Look = { outcome: "unknown", reason: "unreachable", args: { detail: error.message } };
    return { check: { id, target }, look };
  }
}

/** What a look saw, for a sentence: which check, and what of it. */
export const sawOf = ({ check: { id, target }, look }: Seen) => ({ check: id, where: target, ...saw(look) });

/** One line of the record. */
export const lineOf = ({ check: { id, target }, look }: Seen, seconds: number): Buffer => {
  const { outcome, reason, value } = look;
  const line = { seconds: Number(seconds.toFixed(3)), check: id, target, outcome, reason };
  return Buffer.from(`${JSON.stringify({ ...line, ...(value !== undefined && { value }) })}\n`);
};
