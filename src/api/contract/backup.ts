import { createRoute, z } from "@hono/zod-openapi";
import { VERDICTS } from "../../model/states.ts";
import { answer, LangQuery, Month, refusals, Source, Time } from "./common.ts";

export const BackupListed = z
  .object({
    id: z.string(),
    title: z.string().nullable(),
    data: z.array(z.string()).openapi({ description: "Rows of the manual's backup table that it fulfils" }),
    target: z.string(),
    into: z.string(),
    every: z.string().nullable(),
    rpo: z.number().nullable().openapi({ description: "Seconds of data that the manual allows to be lost" }),
    oldest: z.number().nullable().openapi({ description: "Seconds after which its newest set is told to be old" }),
    taken: Time.nullable().openapi({ description: "When its newest good run ended; null: none is on record" }),
    alarm: z.string().nullable().openapi({ description: "What that run found wrong with its set" }),
    take: z.string().nullable().openapi({ description: "Runbook that takes one" }),
    restore: z.string().nullable().openapi({ description: "Runbook that restores one" }),
    source: Source,
  })
  .openapi("Backup");
export type BackupListed = z.infer<typeof BackupListed>;

export const SetListed = z
  .object({
    id: z.string(),
    state: z
      .enum(["good", "unproven", "torn", "damaged"])
      .openapi({ description: "good: it was restored, with proof" }),
    taken: z.string().nullable(),
    ageSeconds: z.number().nullable(),
    bytes: z.number().nullable(),
    parts: z.array(z.object({ id: z.string(), kind: z.string(), bytes: z.number() })),
    restored: z.object({ run: z.string(), at: z.string(), probes: z.number().int() }).nullable(),
    holds: z.array(z.string()).openapi({ description: "Runs that restore from it now" }),
  })
  .openapi("BackupSet");
export type SetListed = z.infer<typeof SetListed>;

export const SetsNow = z.object({
  at: Time,
  sets: z.array(SetListed),
  alarms: z.array(z.object({ level: z.enum(["alarm", "remark"]), code: z.string(), say: z.string() })),
});
export type SetsNow = z.infer<typeof SetsNow>;

const Objective = z.object({
  name: z.enum(["rto", "rpo", "rollback", "failover", "data-lag"]),
  comparison: z.enum(["<", "<="]),
  value: z.number(),
  unit: z.enum(["seconds", "events", "rows"]),
});

export const PromiseShown = z
  .object({
    runbook: z.string(),
    objective: Objective.nullable().openapi({ description: "null: only that it works" }),
    state: z.enum(["kept", "missed", "unmeasured", "undrilled", "removed"]),
    best: z.number().nullable(),
    worst: z.number().nullable().openapi({ description: "Of the last three that measured it: what counts" }),
    last: z.number().nullable(),
    attempts: z.number().int(),
    proven: Time.nullable(),
  })
  .openapi("Promise");
export type PromiseShown = z.infer<typeof PromiseShown>;

export const DrillDue = z
  .object({
    runbook: z.string(),
    title: z.string(),
    kind: z.string(),
    every: z.string().nullable(),
    source: Source,
    state: z.enum(["undrilled", "overdue", "due", "later", "on-demand"]).openapi({
      description: "due: within a tenth of its period; on-demand: the manual says no interval",
    }),
    due: Time.nullable(),
    last: z
      .object({ at: Time, verdict: z.enum(VERDICTS), evidence: z.string() })
      .nullable()
      .openapi({ description: "The newest drill that is believed, whatever its verdict; evidence: its id" }),
    passed: Time.nullable(),
    removed: z
      .boolean()
      .openapi({ description: "Evidence of a run that came after the last drill is gone or was changed" }),
  })
  .openapi("DrillDue");
export type DrillDue = z.infer<typeof DrillDue>;

export const Promises = z.object({ at: Time, promises: z.array(PromiseShown), drills: z.array(DrillDue) });
export type Promises = z.infer<typeof Promises>;

export const DrillDay = z
  .object({
    runbook: z.string(),
    day: z.iso.date().openapi({ description: "On which it ended, in the book's zone" }),
    verdict: z.enum(VERDICTS),
    evidence: z.string().openapi({ description: "Id of its evidence" }),
  })
  .openapi("DrillDay");
export type DrillDay = z.infer<typeof DrillDay>;
export const DrillDays = z
  .object({ month: z.string(), today: z.iso.date(), days: z.array(DrillDay) })
  .openapi("DrillDays");
export type DrillDays = z.infer<typeof DrillDays>;

export const backupsRoute = createRoute({
  method: "get",
  path: "/api/v1/backups",
  summary: "Backups of the book as their newest runs have them: no target is asked",
  request: { query: LangQuery },
  responses: { 200: answer(z.object({ at: Time, backups: z.array(BackupListed) }), "Backups"), ...refusals },
});
export const setsRoute = createRoute({
  method: "get",
  path: "/api/v1/backups/{id}/sets",
  summary: "Sets as they lie in their repository now, newest first: its target is looked at",
  request: { params: z.object({ id: z.string().max(200) }), query: LangQuery },
  responses: { 200: answer(SetsNow, "Sets"), ...refusals },
});
export const promisesRoute = createRoute({
  method: "get",
  path: "/api/v1/promises",
  summary: "What the manual promises beside what drills have proven, and when each is due",
  responses: { 200: answer(Promises, "Promises and drills"), ...refusals },
});
export const drillDaysRoute = createRoute({
  method: "get",
  path: "/api/v1/drill-days",
  summary: "Drills of one month that are on record and believed, newest first",
  request: { query: Month },
  responses: { 200: answer(DrillDays, "Days"), ...refusals },
});
