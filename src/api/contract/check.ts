import { createRoute, z } from "@hono/zod-openapi";
import { answer, LangQuery, OutcomeName, refusals, Source, Time } from "./common.ts";

export const Bands = z
  .object({
    bad: z.enum(["above", "below"]),
    normal: z.number().optional(),
    warn: z.number().optional(),
    critical: z.number().optional(),
  })
  .openapi("Bands", { description: "A value on a limit has reached it" });

export const CheckNow = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.string(),
    target: z.string(),
    service: z.string().nullable().openapi({ description: "That it names, else the only one of the book; null: none" }),
    unit: z.string().nullable(),
    bands: Bands.nullable(),
    source: Source,
    outcome: OutcomeName.nullable().openapi({ description: "null: not read yet" }),
    value: z.number().nullable(),
    elevated: z.boolean().openapi({ description: "Above normal, below warn" }),
    say: z.string().openapi({ description: "The reason, in words" }),
    at: Time.nullable().openapi({ description: "When the probe began" }),
    seconds: z.number().nullable(),
    since: Time.nullable().openapi({ description: "When the outcome became what it is" }),
  })
  .openapi("Check");
export type CheckNow = z.infer<typeof CheckNow>;

export const checksRoute = createRoute({
  method: "get",
  path: "/api/v1/checks",
  summary: "Checks of calendar duties, as they stand now",
  request: { query: LangQuery },
  responses: {
    200: answer(z.object({ at: Time, checks: z.array(CheckNow) }).openapi("Checks"), "Checks now"),
    ...refusals,
  },
});
