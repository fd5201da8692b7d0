import { z } from "@hono/zod-openapi";
import { DUTY_STATES, OUTCOMES, VERDICTS } from "../../model/states.ts";

/** All times are milliseconds since the Unix epoch, UTC; all durations are seconds. */
export const Time = z
  .number()
  .int()
  .openapi({ description: "Milliseconds since the Unix epoch, UTC", example: 1795155120000 });
export const OutcomeName = z.enum(OUTCOMES).openapi("Outcome", { description: "unknown is never green" });
export const VerdictName = z.enum(VERDICTS).openapi("Verdict");
export const DutyStateName = z
  .enum([...DUTY_STATES, "waiting", "on-demand"])
  .openapi("DutyState", { description: "waiting: not due yet in this period; on-demand: has no calendar" });
export const LevelName = z.enum(["error", "warn", "note"]).openapi("Level");
export const LangName = z.enum(["en", "zh"]);

export const Source = z
  .object({ file: z.string().openapi({ description: "Relative to the book's root" }), line: z.number().int() })
  .openapi("Source");

/** RFC 9457, with the code of the error, its sentence and the next action. */
export const Problem = z
  .object({
    type: z.string().openapi({ example: "urn:watchbook:error:DUTY-UNKNOWN" }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().openapi({ example: "DUTY-UNKNOWN" }),
    say: z.string(),
    fix: z.string(),
    args: z
      .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
      .openapi({ description: "Values of the sentence" }),
    exit: z.number().int().openapi({ description: "Exit code that a verb ends with" }),
  })
  .openapi("Problem");
export type Problem = z.infer<typeof Problem>;

export const FindingSaid = z
  .object({
    code: z.string(),
    level: LevelName,
    file: z.string(),
    line: z.number().int(),
    say: z.string(),
    fix: z.string(),
  })
  .openapi("Finding");
export type FindingSaid = z.infer<typeof FindingSaid>;

/** One month in the book's zone. */
export const Month = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
    .optional()
    .openapi({ description: "Default: the present one", example: "2026-11" }),
});

/** Language of the sentences in an answer. */
export const LangQuery = z.object({
  lang: z
    .string()
    .optional()
    .openapi({ description: "zh or en; default: Accept-Language, then the book's language", example: "zh" }),
});

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
/** Answer 200 with a JSON body. */
export const answer = json;
export const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});
/** Answers that every route may give. */
export const refusals = {
  400: problem("The request does not fit the contract"),
  401: problem("A person's token is needed"),
  403: problem("Host not served, or the token may not do this"),
  404: problem("Not found"),
} as const;
