import { createRoute, z } from "@hono/zod-openapi";
import { answer, refusals, Time } from "./common.ts";

export const TargetNow = z
  .object({
    name: z.string(),
    kind: z.string(),
    environment: z.string().nullable(),
    checks: z.number().int().openapi({ description: "Checks that ask something there" }),
    answered: Time.nullable().openapi({ description: "When a check last got an answer there, whatever it was" }),
    silent: Time.nullable().openapi({ description: "When a check last found nothing out there" }),
    state: z.enum(["answers", "partly", "silent", "unasked"]).openapi({
      description: "What the newest readings say; unasked: no check has read anything there, so nothing is known",
    }),
  })
  .openapi("Target");
export type TargetNow = z.infer<typeof TargetNow>;

export const targetsRoute = createRoute({
  method: "get",
  path: "/api/v1/targets",
  summary: "Targets of the book, and what the newest readings of checks say of them; nothing is asked for this",
  responses: {
    200: answer(z.object({ at: Time, targets: z.array(TargetNow) }).openapi("Targets"), "As the book lists them"),
    ...refusals,
  },
});
