import { createRoute, z } from "@hono/zod-openapi";
import { answer, refusals, Time } from "./common.ts";

const short = z.string().max(200);

export const GapView = z
  .object({
    id: z.string(),
    at: Time,
    question: z.string(),
    by: z.string(),
    owner: z.string().optional(),
    due: z.string().optional(),
    closed: z.object({ at: Time, by: z.string(), reason: z.string() }).optional(),
  })
  .openapi("Gap");
export type GapView = z.infer<typeof GapView>;

const by = short.optional().openapi({ description: "Only over the socket; else the token's person" });

export const gapsRoute = createRoute({
  method: "get",
  path: "/api/v1/gaps",
  summary: "Questions that the manual could not answer, with how they were closed",
  responses: { 200: answer(z.object({ gaps: z.array(GapView) }), "Gaps"), ...refusals },
});

export const gapRoute = createRoute({
  method: "post",
  path: "/api/v1/gaps",
  summary: "Record a question that the manual could not answer",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z
            .object({
              question: z.string().min(1).max(1_000),
              owner: short.optional(),
              due: z.iso.date().optional(),
              by,
            })
            .openapi("GapRequest"),
        },
      },
      required: true,
    },
  },
  responses: { 201: answer(GapView, "Recorded"), ...refusals },
});

export const closeGapRoute = createRoute({
  method: "post",
  path: "/api/v1/gaps/{id}/close",
  summary: "Say how the manual answers it now",
  request: {
    params: z.object({ id: short }),
    body: {
      content: {
        "application/json": { schema: z.object({ reason: z.string().min(1).max(1_000), by }).openapi("GapClose") },
      },
      required: true,
    },
  },
  responses: { 200: answer(GapView, "Closed"), ...refusals },
});
