import { createRoute, z } from "@hono/zod-openapi";
import { answer, refusals } from "./common.ts";

export const acceptRoute = createRoute({
  method: "post",
  path: "/api/v1/handovers/acceptances",
  summary: "A receiver's signature over a hand-over: judged by the key that the book has, recorded once",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z
            .object({
              text: z
                .string()
                .max(2_000)
                .openapi({ description: "What was signed: watchbook handover --accept --print" }),
              signature: z.string().max(65_536).openapi({
                description: "Armoured SSH signature in the namespace watchbook-handover",
              }),
            })
            .openapi("HandoverAcceptance"),
        },
      },
      required: true,
    },
  },
  responses: {
    201: answer(
      z
        .object({ person: z.string(), fingerprint: z.string(), facts: z.string(), page: z.string(), book: z.string() })
        .openapi("HandoverAccepted"),
      "Recorded",
    ),
    ...refusals,
  },
});
