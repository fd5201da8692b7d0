import { z } from "zod";

/** A secret by its reference; its value is a variable of the program, and never in a plan. */
export const secretField = z.strictObject({ secret: z.string().min(1).describe("Reference of a secret.") });
export type SecretField = z.infer<typeof secretField>;

/** A folder or file of the target. */
export const pathField = z.string().regex(/^\/[^\0]*$/, "backup-folder");

/** Variables whose values are the secrets that these fields name. */
export const secretsOf = (
  fields: Readonly<Record<string, SecretField | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field === undefined ? [] : [[name, field.secret]])),
  );
