import { z } from "zod";
import { secret } from "./secret.ts";

const isUrl = (given: string): boolean => URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);

/** An http or https address without a name and password in it. */
export const url = z
  .string()
  .refine(isUrl, "url")
  .refine((given) => !isUrl(given) || new URL(given).username === "", "url-credentials");

/** An address, or the reference of one that is itself a secret. */
export const urlOrSecret = z.union([url, secret]);

/** A secret address as its owner pasted it: without what an editor adds at its end. */
export const trimmed = (given: string): string => given.trim();
