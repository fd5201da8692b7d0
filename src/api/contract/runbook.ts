import { createRoute, z } from "@hono/zod-openapi";
import { RUNBOOK_KINDS } from "../../model/runbook.ts";
import { RUN_STATES } from "../../model/run.ts";
import { answer, LangQuery, refusals, Source, Time } from "./common.ts";

export const RunbookListed = z
  .object({
    id: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    kind: z.enum(RUNBOOK_KINDS),
    service: z.string().nullable(),
    source: Source,
    steps: z.number().int(),
    params: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        title: z.string().nullable(),
        default: z.string().nullable(),
        choices: z.array(z.string()),
      }),
    ),
    last: z
      .object({ run: z.string(), state: z.enum(RUN_STATES), at: Time, rehearsal: z.boolean() })
      .nullable()
      .openapi({ description: "Its newest run" }),
  })
  .openapi("RunbookListed");
export type RunbookListed = z.infer<typeof RunbookListed>;

export const Runbooks = z
  .object({
    environments: z.array(z.object({ id: z.string(), name: z.string(), protected: z.boolean() })),
    runbooks: z.array(RunbookListed),
  })
  .openapi("Runbooks");
export type Runbooks = z.infer<typeof Runbooks>;

export const runbooksRoute = createRoute({
  method: "get",
  path: "/api/v1/runbooks",
  summary: "What can be run, what each asks for, and how it went the last time",
  request: { query: LangQuery },
  responses: { 200: answer(Runbooks, "Runbooks, in the manual's order"), ...refusals },
});
