import { createRoute, z } from "@hono/zod-openapi";
import { answer, LangQuery, refusals, Source, Time } from "./common.ts";

const Called = z
  .object({
    person: z.string(),
    name: z.string(),
    contact: z.string().optional(),
    duty: z.string().optional().openapi({ description: "What the manual says they are for" }),
  })
  .openapi("Called");

const named = {
  state: z.enum(["on", "gap", "unknown"]).openapi({
    description: "gap: nobody is on call; unknown: a calendar ends before this day, `who` are all whom it may be",
  }),
  who: z.array(Called),
  because: z
    .union([
      z.object({ kind: z.literal("layer"), layer: z.string() }),
      z.object({
        kind: z.enum(["override", "swap"]),
        id: z.string(),
        reason: z.string(),
        by: z.string().optional(),
        instead: z.string().optional(),
      }),
      z.object({ kind: z.literal("calendar"), calendar: z.string(), knownUntil: z.string() }),
    ])
    .nullable(),
  until: Time.nullable().openapi({ description: "null: no end within 60 days" }),
};

export const OnCallNow = z
  .object({
    rota: z.string(),
    title: z.string(),
    zone: z.string(),
    at: Time,
    source: Source,
    ...named,
    next: z.object({ from: Time, ...named }).nullable(),
  })
  .openapi("OnCall");
export type OnCallNow = z.infer<typeof OnCallNow>;

/** The last millisecond of the year 9999: calendars end there. */
const LAST = 253_402_300_799_999;
const When = Time.min(0).max(LAST);

const reason = z.string().min(1).max(500);
const by = z.string().max(200).optional().openapi({ description: "Only over the socket; else the token's person" });
const person = z.string().min(1).max(200);
const shared = { reason, by };

export const RotaChangeRequest = z
  .discriminatedUnion("do", [
    z.object({ do: z.literal("override"), person, begins: When, ends: When, ...shared }),
    z.object({ do: z.literal("swap"), persons: z.tuple([person, person]), begins: When, ends: When, ...shared }),
    z.object({ do: z.literal("withdraw"), change: z.string().max(200), ...shared }),
  ])
  .openapi("RotaChangeRequest");

const Id = z.object({ id: z.string().min(1).max(200) });

export const rotasRoute = createRoute({
  method: "get",
  path: "/api/v1/rotas",
  summary: "Who is on call by every rota of the book, why, until when, and who is next",
  request: {
    query: z.object({
      at: z.coerce.number().int().min(0).max(LAST).optional().openapi({ description: "Another moment than now" }),
    }),
  },
  responses: { 200: answer(z.object({ rotas: z.array(OnCallNow) }), "Who is on call"), ...refusals },
});

export const rotaRoute = createRoute({
  method: "get",
  path: "/api/v1/rotas/{id}",
  summary:
    "Who is on call by one rota; with .ics after its id its shifts as iCalendar, the week before and the next 90 days",
  request: { params: Id, query: LangQuery },
  responses: {
    200: {
      description: "Who is on call, or RFC 5545",
      content: { "application/json": { schema: OnCallNow }, "text/calendar": { schema: z.string() } },
    },
    ...refusals,
  },
});

export const rotaChangeRoute = createRoute({
  method: "post",
  path: "/api/v1/rotas/{id}/changes",
  summary: "Put another person in, let two swap, or take that back; never rewritten",
  request: { params: Id, body: { content: { "application/json": { schema: RotaChangeRequest } }, required: true } },
  responses: {
    201: answer(z.object({ change: z.unknown(), now: OnCallNow }), "Recorded"),
    ...refusals,
  },
});
