import { createRoute, z } from "@hono/zod-openapi";
import { answer, DutyStateName, LangQuery, Month, OutcomeName, refusals, Source, Time, VerdictName } from "./common.ts";
import { Bands } from "./check.ts";

const Period = z.string().openapi({ description: "Name of the period in the book's zone", example: "2026-11-20" });

export const DutyNow = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(["inspection", "checklist", "drill", "backup"]),
    every: z.string().nullable(),
    owner: z.string().nullable(),
    source: Source,
    items: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        checks: z.array(z.string()),
        needs: z.array(z.string()),
        source: Source,
      }),
    ),
    state: DutyStateName,
    period: Period.nullable(),
    due: Time.nullable().openapi({ description: "When it falls due in this period" }),
    next: z.array(Time).openapi({ description: "The next three due times" }),
    missed: z.array(Period).openapi({ description: "Periods missed since it was last done, newest first" }),
    last: z
      .object({
        id: z.string(),
        period: Period,
        ended: Time,
        verdict: VerdictName,
        by: z.string(),
        open: z.number().int(),
      })
      .nullable(),
  })
  .openapi("Duty");
export type DutyNow = z.infer<typeof DutyNow>;

const Plain = z.record(z.string(), z.unknown());
export const Reading = z
  .object({
    check: z.string(),
    target: z.string(),
    outcome: OutcomeName,
    value: z.number().optional(),
    unit: z.string().optional(),
    bands: Bands.optional(),
    elevated: z.boolean().optional(),
    reason: z.string(),
    args: Plain,
    facts: Plain,
    at: Time,
    seconds: z.number(),
  })
  .openapi("Reading");

const Proposal = z
  .object({
    kind: z.string(),
    params: Plain,
    bands: Bands.optional(),
    required: z.array(z.string()),
    metric: z.string().optional(),
  })
  .openapi("Proposal", { description: "A check that could judge the item; `required`: what a person must fill in" });

export const Inspection = z
  .object({
    id: z.string(),
    duty: z.string(),
    title: z.string(),
    period: Period,
    zone: z.string(),
    started: Time,
    ended: Time,
    seconds: z.number(),
    by: z.string(),
    place: z.object({
      host: z.string(),
      bookDigest: z.string(),
      commit: z.string().optional(),
      dirty: z.boolean(),
      version: z.string(),
      node: z.string(),
    }),
    verdict: VerdictName,
    interrupted: z.boolean().optional(),
    answers: z.string().optional().openapi({ description: "Run whose open items this one answers" }),
    items: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        source: Source,
        outcome: z.enum(["pass", "warn", "fail", "unknown", "open"]),
        readings: z.array(Reading),
        tick: z
          .object({
            by: z.string(),
            at: Time,
            outcome: z.enum(["pass", "fail", "skipped"]),
            note: z.string().optional(),
          })
          .optional(),
        owner: z.string().optional(),
        needs: z.object({ code: z.string(), args: Plain, proposals: z.array(Proposal).optional() }).optional(),
      }),
    ),
  })
  .openapi("Inspection");
export type Inspection = z.infer<typeof Inspection>;

export const InspectRequest = z
  .object({
    by: z.string().min(1).max(200).optional().openapi({ description: "Who does it; over TCP the token's person" }),
    period: z.string().max(100).optional().openapi({ description: "Names the event; confirms a calendar period" }),
    ticks: z
      .record(
        z.string(),
        z.object({ outcome: z.enum(["pass", "fail", "skipped"]), note: z.string().max(2000).optional() }),
      )
      .optional()
      .openapi({ description: "Answers to items that a machine cannot judge, by item id" }),
  })
  .openapi("InspectRequest");
export type InspectRequest = z.infer<typeof InspectRequest>;

export const AnswerRequest = z
  .object({
    by: z.string().min(1).max(200).optional().openapi({ description: "Who answers; over TCP the token's person" }),
    period: z.string().max(100).optional().openapi({ description: "Names the event; confirms a calendar period" }),
    answers: z
      .array(
        z.object({
          item: z.string().min(1).max(2000).openapi({ description: "Id, text or an unambiguous part of the text" }),
          outcome: z.enum(["pass", "fail", "skipped"]),
          note: z.string().max(2000).optional(),
        }),
      )
      .min(1)
      .max(500),
  })
  .openapi("AnswerRequest");
export type AnswerRequest = z.infer<typeof AnswerRequest>;

export const Inspected = z
  .object({
    inspection: Inspection,
    report: z.string().nullable().openapi({ description: "Absolute path of the report" }),
    evidence: z.string().nullable().openapi({ description: "Absolute path of the evidence" }),
    problems: z
      .array(z.object({ code: z.string(), say: z.string(), fix: z.string() }))
      .openapi({ description: "Why report or evidence could not be written; the result itself is kept" }),
  })
  .openapi("Inspected");
export type Inspected = z.infer<typeof Inspected>;

const Id = z.object({ id: z.string().openapi({ param: { name: "id", in: "path" } }) });
const Limit = z.object({
  duty: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

export const dutiesRoute = createRoute({
  method: "get",
  path: "/api/v1/duties",
  summary: "Duties: due, open, done, missed and next",
  responses: {
    200: answer(z.object({ at: Time, zone: z.string(), duties: z.array(DutyNow) }).openapi("Duties"), "Duties"),
    ...refusals,
  },
});
export const inspectRoute = createRoute({
  method: "post",
  path: "/api/v1/duties/{id}/inspect",
  summary: "Does a duty now and answers when it is done",
  request: {
    params: Id,
    query: LangQuery,
    body: { content: { "application/json": { schema: InspectRequest } }, required: true },
  },
  responses: { 200: answer(Inspected, "The inspection, its report and its evidence"), ...refusals },
});
export const openRoute = createRoute({
  method: "get",
  path: "/api/v1/duties/{id}/open",
  summary: "The run of the present period that has open items, for answering them",
  request: { params: Id, query: LangQuery.extend({ period: z.string().max(100).optional() }) },
  responses: { 200: answer(Inspection, "The newest run; items with outcome open wait for a person"), ...refusals },
});
export const answerRoute = createRoute({
  method: "post",
  path: "/api/v1/duties/{id}/answer",
  summary: "Answers items that were left open; they become a run with evidence of its own, nothing is measured again",
  request: {
    params: Id,
    query: LangQuery,
    body: { content: { "application/json": { schema: AnswerRequest } }, required: true },
  },
  responses: { 200: answer(Inspected, "The duty as it stands with the answers"), ...refusals },
});
export const DutyDay = z
  .object({
    duty: z.string(),
    period: Period,
    day: z.iso
      .date()
      .openapi({ description: "When it fell due, or was done where it has no calendar; in the book's zone" }),
    state: DutyStateName,
    verdict: VerdictName.nullable(),
    run: z.string().nullable().openapi({ description: "The newest of its inspections: /reports/RUN" }),
  })
  .openapi("DutyDay");
export type DutyDay = z.infer<typeof DutyDay>;

export const recordsRoute = createRoute({
  method: "get",
  path: "/api/v1/records",
  summary: "What became of duties in one month, a line per duty and period",
  request: {
    query: Month,
  },
  responses: {
    200: answer(
      z.object({ month: z.string(), today: z.iso.date(), days: z.array(DutyDay) }).openapi("DutyDays"),
      "Days",
    ),
    ...refusals,
  },
});
export const inspectionsRoute = createRoute({
  method: "get",
  path: "/api/v1/inspections",
  summary: "Inspections, newest first",
  request: { query: Limit },
  responses: {
    200: answer(z.object({ inspections: z.array(Inspection) }).openapi("Inspections"), "Inspections"),
    ...refusals,
  },
});
export const inspectionRoute = createRoute({
  method: "get",
  path: "/api/v1/inspections/{id}",
  summary: "One inspection",
  request: { params: Id },
  responses: { 200: answer(Inspection, "The inspection"), ...refusals },
});
