import { createRoute, z } from "@hono/zod-openapi";
import { answer, refusals, Time } from "./common.ts";

export const Event = z
  .object({
    seq: z.number().int(),
    at: Time,
    kind: z.string().openapi({ example: "inspection.done" }),
    subject: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi("Event");
export type Event = z.infer<typeof Event>;

export const eventsRoute = createRoute({
  method: "get",
  path: "/api/v1/events",
  summary: "What happened, oldest first, after a sequence number",
  request: {
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      newest: z.coerce
        .number()
        .int()
        .min(1)
        .max(1000)
        .optional()
        .openapi({ description: "Instead: so many of the newest ones, newest first" }),
      kind: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: { 200: answer(z.object({ events: z.array(Event) }).openapi("Events"), "Events"), ...refusals },
});
export const streamRoute = createRoute({
  method: "get",
  path: "/api/v1/events/stream",
  summary:
    "Server-sent events: `event` per event (id = seq, resumes by Last-Event-ID), `checks` after each round, `tick` as a sign of life",
  request: { query: z.object({ after: z.coerce.number().int().min(0).optional() }) },
  responses: {
    200: { description: "The stream", content: { "text/event-stream": { schema: z.string() } } },
    ...refusals,
  },
});

export const TokenRequest = z
  .object({
    person: z.string().min(1).openapi({ description: "Id of a person of the book" }),
    scope: z.enum(["read", "write"]).default("read"),
    days: z.number().int().min(1).max(366).default(30),
    services: z.array(z.string().max(200)).max(100).optional().openapi({ description: "Only these; default: all" }),
    environments: z.array(z.string().max(200)).max(100).optional().openapi({ description: "Only these; default: all" }),
  })
  .openapi("TokenRequest");
export const Token = z
  .object({
    id: z.string(),
    person: z.string(),
    scope: z.enum(["read", "write"]),
    services: z.array(z.string()).optional(),
    environments: z.array(z.string()).optional(),
    made: Time,
    expires: Time,
    token: z.string().openapi({ description: "Shown once; only its SHA-256 is kept" }),
  })
  .openapi("Token");

export const tokenRoute = createRoute({
  method: "post",
  path: "/api/v1/tokens",
  summary: "Makes a token of one's own; through the socket anybody's",
  request: { body: { content: { "application/json": { schema: TokenRequest } }, required: true } },
  responses: { 201: answer(Token, "The token"), ...refusals },
});
