import { createRoute, z } from "@hono/zod-openapi";
import { OUTCOMES } from "../../model/states.ts";
import { RUN_STATES } from "../../model/run.ts";
import { Bands } from "./check.ts";
import { answer, LangQuery, OutcomeName, refusals, Source, Time } from "./common.ts";

const Count = z.number().int();

const LastRun = z
  .object({ run: z.string(), title: z.string(), state: z.enum(RUN_STATES), at: Time, rehearsal: z.boolean() })
  .nullable()
  .openapi("LastRun", { description: "The newest run of its sort; null: none is on record" });
export type LastRun = z.infer<typeof LastRun>;

/** Id of the row of what belongs to no service of the book. */
export const OWN = "-";

export const ServiceNow = z
  .object({
    id: z.string().openapi({
      description: "`-`: what belongs to no service of the book; of a book with one service that is what names another",
    }),
    title: z.string(),
    purpose: z.string().nullable(),
    owner: z.string().nullable(),
    environments: z.array(z.string()),
    needs: z.array(z.string()).openapi({ description: "Ids of what it cannot do without" }),
    source: Source.nullable(),
    state: z.enum([...OUTCOMES, "unread", "none"]).openapi({
      description: "The worst of its checks and open alerts; unread: not all were read yet; none: nothing looks at it",
    }),
    checks: z.object({ pass: Count, warn: Count, fail: Count, unknown: Count, unread: Count }),
    alerts: Count.openapi({ description: "Open ones" }),
    running: Count.openapi({ description: "Runs that have not ended" }),
    last: z.object({ run: LastRun, backup: LastRun, drill: LastRun }).openapi({
      description: "backup, drill: that ended well; run: the newest of all others, however it stands",
    }),
  })
  .openapi("Service");
export type ServiceNow = z.infer<typeof ServiceNow>;

export const Services = z.object({ at: Time, services: z.array(ServiceNow) }).openapi("Services");
export type Services = z.infer<typeof Services>;

export const servicesRoute = createRoute({
  method: "get",
  path: "/api/v1/services",
  summary: "Services as they stand now, worst first",
  request: { query: LangQuery },
  responses: { 200: answer(Services, "Services now"), ...refusals },
});

export const History = z
  .object({
    from: Time,
    to: Time.openapi({ description: "End of the last mark, which goes on" }),
    step: z.number().openapi({ description: "Seconds of one mark" }),
    rows: z.array(
      z.object({
        id: z.string().openapi({ description: "Of a service; of a check where a service was asked for" }),
        marks: z
          .array(OutcomeName.nullable())
          .openapi({ description: "Worst outcome of each stretch, oldest first; null: nothing is known" }),
      }),
    ),
  })
  .openapi("History");
export type History = z.infer<typeof History>;

export const historyRoute = createRoute({
  method: "get",
  path: "/api/v1/history",
  summary: "How services, or the checks of one, stood in the last 24 hours, in 30 marks",
  request: { query: z.object({ service: z.string().optional() }) },
  responses: { 200: answer(History, "Marks"), ...refusals },
});

export const Series = z
  .object({
    check: z.string(),
    target: z.string(),
    unit: z.string().nullable(),
    bands: Bands.nullable(),
    from: Time,
    to: Time,
    points: z.array(
      z.object({ at: Time, min: z.number(), mean: z.number(), max: z.number(), worst: OutcomeName.nullable() }),
    ),
  })
  .openapi("Series");
export type Series = z.infer<typeof Series>;

export const seriesRoute = createRoute({
  method: "get",
  path: "/api/v1/checks/{id}/series",
  summary: "Values of one check in the last hours; stretches without a value give none",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      hours: z.coerce.number().min(1).max(168).default(24),
      points: z.coerce.number().int().min(1).max(1_000).default(288),
    }),
  },
  responses: { 200: answer(Series, "Values"), ...refusals },
});
