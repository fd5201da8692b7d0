import { createRoute, z } from "@hono/zod-openapi";
import { TROUBLES } from "../../engine/troubles.ts";
import { answer, LangName, LangQuery, Problem, refusals, Source, Time } from "./common.ts";
import { DutyNow } from "./duty.ts";
import { OnCallNow } from "./rota.ts";

export const TroubleSaid = z
  .object({
    kind: z.enum(TROUBLES),
    level: z
      .enum(["error", "warn", "wait"])
      .openapi({ description: "error: act now; warn: look; wait: a person is waited for" }),
    subject: z.string().openapi({ description: "Id of the check, duty or run; empty for the book" }),
    service: z.string().optional().openapi({ description: "Of a check: its service, or `-`" }),
    source: Source.nullable(),
    say: z.string(),
    fix: z.string(),
  })
  .openapi("Trouble");
export type TroubleSaid = z.infer<typeof TroubleSaid>;

export const DaemonNow = z
  .object({
    pid: z.number().int(),
    host: z.string(),
    version: z.string(),
    started: Time,
    lastTick: Time.openapi({ description: "When the loop last went round" }),
    interval: z
      .number()
      .openapi({ description: "Seconds between two readings of a check that names no interval, at most" }),
    listen: z.array(z.string()).openapi({ description: "Addresses that are served" }),
    ill: Problem.pick({ code: true, say: true, fix: true })
      .nullable()
      .openapi({ description: "Why its work is held up" }),
    down: z
      .object({ from: Time, to: Time, missed: z.array(z.string()) })
      .nullable()
      .openapi({ description: "When nobody watched before its start, and titles of duties that fell due meanwhile" }),
  })
  .openapi("Daemon");
export type DaemonNow = z.infer<typeof DaemonNow>;

export const Status = z
  .object({
    at: Time,
    title: z.string(),
    zone: z.string(),
    lang: LangName,
    daemon: DaemonNow.nullable().openapi({ description: "null: nobody watches" }),
    checks: z.object({
      pass: z.number().int(),
      warn: z.number().int(),
      fail: z.number().int(),
      unknown: z.number().int(),
      unread: z.number().int(),
    }),
    channels: z
      .array(
        z.object({
          id: z.string(),
          kind: z.string(),
          failing: z.boolean(),
          taken: Time.nullable(),
          answered: Time.nullable(),
        }),
      )
      .openapi({ description: "When each channel last took something, and when a person last answered from it" }),
    troubles: z.array(TroubleSaid),
    onCall: z.array(OnCallNow).openapi({ description: "Who is on call by each rota, until when, and who is next" }),
    duties: z.array(
      DutyNow.pick({
        id: true,
        title: true,
        state: true,
        period: true,
        due: true,
        next: true,
        missed: true,
        owner: true,
      }),
    ),
  })
  .openapi("Status");
export type Status = z.infer<typeof Status>;

export const statusRoute = createRoute({
  method: "get",
  path: "/api/v1/status",
  summary: "What is wrong and due now",
  request: { query: LangQuery },
  responses: { 200: answer(Status, "Status"), ...refusals },
});

const Age = z.number().nullable();

export const Health = z
  .object({
    status: z.enum(["ok", "degraded"]),
    at: Time.openapi({ description: "Its clock" }),
    watching: z.boolean().openapi({ description: "Checks are read, and the store takes what is written" }),
    ages: z
      .object({ reading: Age, commit: Age, heartbeat: Age })
      .openapi({ description: "Seconds since a check was read, the store took something, a heartbeat was taken" }),
    daemon: DaemonNow,
    book: z.object({
      state: z.enum(["ok", "flawed", "refused"]),
      digest: z.string(),
      commit: z.string().nullable(),
      loaded: Time,
    }),
  })
  .openapi("Health");
export type Health = z.infer<typeof Health>;

export const healthRoute = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the daemon itself is well; not whether what it watches is",
  responses: {
    200: answer(Health, "Well"),
    503: answer(Health, "Its loop stands still, its work is held up, or a newer book is refused"),
  },
});
export const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  summary: "Prometheus text; OpenMetrics when Accept asks for it",
  responses: { 200: { description: "Metrics", content: { "text/plain": { schema: z.string() } } }, ...refusals },
});
