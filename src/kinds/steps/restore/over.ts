import { z } from "zod";
import type { StepContext } from "../../../model/step.ts";
import { part, place, repository } from "../backup/fields.ts";
import { found, partOf, type NamedPart } from "../backup/part.ts";
import { refused } from "../ending/ended.ts";

const folder = z.string().regex(/^(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0\n]*$/, "backup-folder");

const shape = {
  ...part,
  path: folder.optional().describe("Folder in use, where the part's parameters do not say it."),
};
type Swapped = NamedPart & { readonly path?: string | undefined };

/** What keeps this part from taking the place of what is in use, as a rule of i18n `steps.rules`; undefined: nothing. */
function hindrance(given: Swapped): "restore-over-kind" | "restore-over-path" | undefined {
  const read = found(given);
  if ("wrong" in read) return undefined;
  if (!read.kind.over) return "restore-over-kind";
  return (given.path ?? read.kind.over.path(read.data)) === undefined ? "restore-over-path" : undefined;
}

/** A part that takes the place of what is in use. The plan says it when it cannot. */
export const swapped = z.strictObject(shape).superRefine((given, context) => {
  const message = hindrance(given);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["with"], message });
});

/** The same as the parameters of a step of its own. */
export const swapParams = z.strictObject({ ...repository, ...place, ...shape }).superRefine((given, context) => {
  const message = hindrance(given);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["with"], message });
});

/** The folder in use. Throws Ended. */
export function oldOf(given: Swapped): string {
  const { kind, data } = partOf(given);
  const old = given.path ?? kind.over?.path(data);
  if (old === undefined) throw refused("restore-over-not", { kind: kind.kind });
  return old;
}

/** The same for the plan, which shows what is wrong elsewhere. */
export function oldShown(given: Swapped): string {
  const read = found(given);
  return given.path ?? ("wrong" in read ? undefined : read.kind.over?.path(read.data)) ?? "?";
}

/** Variables of both steps: what is in use, what is to take its place, and where it is kept then. */
export const beside = (old: string, { attempt }: Pick<StepContext, "attempt">) => ({
  WB_OLD: old,
  WB_NEW: `${old}.restored-${attempt.run}`,
  WB_BEFORE_IT: `${old}.before-${attempt.run}`,
});
