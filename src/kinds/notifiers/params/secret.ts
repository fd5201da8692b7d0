import { z } from "zod";

/** A secret by its reference; its value is known to the attempt only. */
export const secret = z.strictObject({
  secret: z.string().min(1).describe("Name of a secret, `env:NAME` or `file:/path`."),
});

/** A secret, or a text that is none. */
export const textOrSecret = z.union([z.string(), secret]);
