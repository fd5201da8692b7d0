import { z } from "zod";
import { duration } from "../../checks/params/duration.ts";

const limit = z.number();

/** What is looked at, by which limits, and from where. */
export const where = {
  check: z.string().min(1).describe("Kind of check."),
  with: z.record(z.string(), z.unknown()).default({}).describe("Its parameters, as a check of the book has them."),
  bands: z
    .strictObject({
      bad: z.enum(["above", "below"]).describe("The side that is bad."),
      normal: limit.optional().describe("Reached: elevated."),
      warn: limit.optional().describe("Reached: a warning."),
      critical: limit.optional().describe("Reached: a failure."),
    })
    .optional()
    .describe("Limits of its value; default: those of the kind."),
  target: z.string().min(1).optional().describe("Where it looks; default: the step's own target."),
};

/** What one look may take, and what is green. */
export const judging = {
  probe: duration
    .refine((seconds) => seconds > 0, "positive")
    .default(10)
    .describe("Longest one look may take; longer is unknown."),
  warn: z.boolean().default(false).describe("A warning is green enough."),
};

/** Time between two looks, seconds. */
export const every = (seconds: number) =>
  duration
    .refine((given) => given >= 0.1, "every")
    .default(seconds)
    .describe("Time between two looks.");
