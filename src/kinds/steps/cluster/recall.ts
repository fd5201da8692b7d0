import type { Recall, StepContext } from "../../../model/step.ts";
import { recall } from "../../targets/receipt/receipt.ts";
import type { Member } from "./member.ts";

/**
 * What the first member's target says of an attempt whose worker is gone. Begun there, it is gone on with: what has ended is read
 * again from its receipt, so that no program runs beside itself. Rejects with ReachError.
 */
export async function recallMember(context: StepContext, [member]: readonly Member[]): Promise<Recall> {
  if (!member) return { state: "absent" };
  const { attempt, signal } = context;
  const reach = await context.open(member.target);
  const found = await recall(reach, { ...attempt, step: `${attempt.step}.${member.name}` }, signal);
  return found.state === "ended" ? { state: "running" } : found;
}
