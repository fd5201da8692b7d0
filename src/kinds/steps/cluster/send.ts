import type { BackupProgram } from "../../../model/backup.ts";
import type { AttemptEnd } from "../../../model/journal.ts";
import type { StepContext } from "../../../model/step.ts";
import { ReachError } from "../../../model/target.ts";
import { WORDS } from "../../backups/program/words.ts";
import { variablesOf } from "../backup/part.ts";
import { factsOf } from "../backup/carry.ts";
import { Ended } from "../ending/ended.ts";
import { carry } from "../program/program.ts";
import type { Member } from "./member.ts";

/** The same context on a member's target, with a receipt of the member's own. Throws Ended when it is not reached. */
export async function onMember(context: StepContext, { name, target }: Member): Promise<StepContext> {
  const { attempt } = context;
  try {
    return { ...context, reach: await context.open(target), attempt: { ...attempt, step: `${attempt.step}.${name}` } };
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
    throw new Ended("unreachable", "unreachable", { detail: `${name}: ${error.message}` });
  }
}

/** Variables of a member's program, secrets by value. */
export const valuesFor = async (
  context: StepContext,
  { name }: Member,
  program: BackupProgram,
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => ({ ...(await variablesOf(program, context)), WB_MEMBER: name, ...env });

/** How a program ended that did not end well. */
export function asEnded(end: AttemptEnd): Ended | undefined {
  if (end.ending === "ok") return undefined;
  return new Ended(end.ending, end.reason ?? "exit-code", end.args);
}

/** Does a member's program on its target, under a receipt; gives what it told. Throws Ended for any other end than a good one. */
export async function send(
  context: StepContext,
  member: Member,
  program: BackupProgram,
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const there = await onMember(context, member);
  const values = await valuesFor(context, member, program, env);
  const { end, own } = await carry(there, { text: WORDS + program.text, env: values });
  const bad = asEnded(end);
  if (bad) throw bad;
  return factsOf(own);
}
