import { z } from "zod";
import type { CheckContext } from "../../../model/check.ts";

const isUrl = (given: string): boolean => URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);

/** An http or https address without a name and password in it. */
export const url = z
  .string()
  .refine(isUrl, "url")
  .refine((given) => !isUrl(given) || new URL(given).username === "", "url-credentials");

/** Headers to send: texts, and secrets by their names. */
export const headers = z
  .record(z.string(), z.union([z.string(), z.strictObject({ secret: z.string().min(1) })]))
  .default({});

/** The headers with the values of their secrets. Rejects with WatchbookError when one is not to be had. */
export const valuesOf = async (
  given: z.infer<typeof headers>,
  { secret }: Pick<CheckContext, "secret">,
): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(given).map(
        async ([name, value]) => [name, typeof value === "string" ? value : await secret(value.secret)] as const,
      ),
    ),
  );
