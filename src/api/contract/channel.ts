import { createRoute, z } from "@hono/zod-openapi";
import { answer, LangName, problem, refusals } from "./common.ts";

const Args = z.record(z.string(), z.unknown());

export const ChannelTried = z
  .object({
    channel: z.string(),
    kind: z.string(),
    notice: z.string(),
    delivery: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("delivered"), receipt: z.string().optional() }),
      z.object({ kind: z.literal("later"), afterMs: z.number(), reason: z.string(), args: Args }),
      z.object({ kind: z.literal("refused"), reason: z.string(), args: Args }),
    ]),
    seconds: z.number(),
    left: z.boolean().openapi({ description: "What the test opened at the receiver's is still open" }),
    kept: z.boolean().openapi({ description: "It is on record" }),
    said: z
      .object({ say: z.string(), fix: z.string() })
      .nullable()
      .openapi({ description: "Why it was not delivered, in words; null: it was" }),
  })
  .openapi("ChannelTried");
export type ChannelTried = z.infer<typeof ChannelTried>;

export const channelTestRoute = createRoute({
  method: "post",
  path: "/api/v1/channels/{id}/test",
  summary: "Sends one test notice through a channel, and keeps what became of it",
  request: {
    params: z.object({ id: z.string().min(1).max(100) }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z
            .object({
              lang: LangName.optional(),
              by: z
                .string()
                .max(200)
                .optional()
                .openapi({ description: "Only over the socket; else the token's person" }),
              reason: z.string().max(1_000).optional(),
            })
            .openapi("ChannelTest"),
        },
      },
    },
  },
  responses: { 200: answer(ChannelTried, "What became of it"), ...refusals, 404: problem("No such channel") },
});
