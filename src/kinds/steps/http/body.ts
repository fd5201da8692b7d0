import { z } from "zod";
import type { StepContext } from "../../../model/step.ts";
import { refused } from "../ending/ended.ts";
import { valueName, valueOf } from "../params/values.ts";

/** A whole JSON document; `{value: NAME}` in it is the value of that name, as a text. */
export const jsonBody: z.ZodType = z.json();

const reference = z.strictObject({ value: valueName });

/** Secrets belong in headers: bodies and addresses are logged by whoever receives them. Throws Ended. */
export function openValue(context: Pick<StepContext, "env" | "plan">, name: string): string {
  if (context.plan.parameters.some((one) => one.name === name && one.secret))
    throw refused("http-secret-in-body", { name });
  return valueOf(context, name);
}

/** The document with its values in place: as data of the document, whatever they hold. */
export function filled(document: unknown, context: Pick<StepContext, "env" | "plan">): unknown {
  if (Array.isArray(document)) return document.map((each) => filled(each, context));
  if (typeof document !== "object" || document === null) return document;
  const value = reference.safeParse(document);
  if (value.success) return openValue(context, value.data.value);
  return Object.fromEntries(Object.entries(document).map(([name, each]) => [name, filled(each, context)]));
}
