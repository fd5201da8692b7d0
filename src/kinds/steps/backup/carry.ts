import type { AttemptEnd } from "../../../model/journal.ts";
import type { Recall, StepContext } from "../../../model/step.ts";
import { WORDS } from "../../backups/program/words.ts";
import { recall } from "../../targets/receipt/receipt.ts";
import { carry, type Carried } from "../program/program.ts";

/** Does a program of a backup on the target, with its words. */
export const carryBackup = (
  context: StepContext,
  given: { readonly sudo: boolean },
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<Carried> => carry(context, { text: WORDS + text, env, sudo: given.sudo });

/** What a program told with `fact`. */
export const factsOf = (own: Carried["own"]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...own].filter(([name]) => name.startsWith("FACT_")).map(([name, value]) => [name.slice(5), value]),
  );

/** The end, with these outputs where it is a good one. */
export const giving = (end: AttemptEnd, outputs: () => Readonly<Record<string, string>>): AttemptEnd =>
  end.ending === "ok" ? { ...end, outputs: outputs() } : end;

/** What it told is read by attaching to it again. */
export async function recallBackup({ reach, attempt, signal }: StepContext): Promise<Recall> {
  const found = await recall(reach, attempt, signal);
  return found.state === "ended" && found.end.ending === "ok" ? { state: "running" } : found;
}
