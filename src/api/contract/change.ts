import { createRoute, z } from "@hono/zod-openapi";
import { CHANGE_KINDS } from "../../model/change.ts";
import { FILE_DEEDS } from "../../model/revision.ts";
import { RUN_STATES } from "../../model/run.ts";
import { answer, LangQuery, refusals, Source, Time, VerdictName } from "./common.ts";

const Rollback = z
  .object({
    complete: z.boolean().openapi({ description: "Nothing that was begun to be undone was left" }),
    seconds: z.number().nullable().openapi({ description: "From the failure to the end of the last undo" }),
    within: z.number().nullable().openapi({ description: "Longest allowed" }),
    met: z.union([z.boolean(), z.literal("unknown")]).nullable(),
  })
  .openapi("RollbackSeconds");

export const RunChange = z
  .object({
    runbook: z.string(),
    reason: z.string(),
    state: z.enum(RUN_STATES),
    verdict: VerdictName.nullable().openapi({ description: "null: it has not ended" }),
    drill: z.boolean(),
    targets: z.array(z.string()).openapi({ description: "On which something was written" }),
    steps: z.number().int().openapi({ description: "That write and were begun" }),
    params: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .openapi({ description: "Values that were given; secrets are left out" }),
    approvals: z.array(z.object({ by: z.string(), at: Time })),
    rollback: Rollback.nullable().openapi({ description: "null: nothing was undone, or it has not ended" }),
    evidence: z.string().nullable().openapi({ description: "Its id, once written" }),
  })
  .openapi("RunChange");
export type RunChange = z.infer<typeof RunChange>;

export const BookChange = z
  .object({
    commit: z.string().nullable(),
    commits: z
      .array(z.object({ id: z.string(), author: z.string(), at: Time, subject: z.string() }))
      .openapi({ description: "Newest first, as git has them; none outside of git" }),
    files: z.array(z.object({ path: z.string(), did: z.enum(FILE_DEEDS) })),
    more: z.boolean().openapi({ description: "There were more commits or files than are kept" }),
    errors: z.number().int().openapi({ description: "Findings of level error" }),
    why: z
      .object({ code: z.string(), say: z.string(), fix: z.string() })
      .nullable()
      .openapi({ description: "The error for which it was refused; null where its findings were the reason" }),
  })
  .openapi("BookChange");
export type BookChange = z.infer<typeof BookChange>;

export const ChangeShown = z
  .object({
    id: z.string().openapi({ description: "The run's, or `book-N` with the number of the event" }),
    kind: z.enum(CHANGE_KINDS),
    began: Time.openapi({ description: "When the first step that writes began" }),
    at: Time.openapi({ description: "When it was over, or last went on" }),
    title: z.string(),
    service: z.string().nullable(),
    environment: z.string().nullable(),
    by: z.string().nullable().openapi({ description: "Whoever asked for the run, or wrote the commit" }),
    source: Source.nullable().openapi({ description: "Where the manual says it" }),
    run: RunChange.nullable(),
    book: BookChange.nullable(),
  })
  .openapi("Change", {
    description: "Something that is another one than before: exactly one of run and book is there",
  });
export type ChangeShown = z.infer<typeof ChangeShown>;

export const Changes = z
  .object({
    at: Time,
    changes: z.array(ChangeShown),
    next: Time.nullable().openapi({ description: "Older ones: ask for those before this; null: there are none" }),
  })
  .openapi("Changes");
export type Changes = z.infer<typeof Changes>;

export const changesRoute = createRoute({
  method: "get",
  path: "/api/v1/changes",
  summary: "What changed, newest first: runs that wrote, revisions of the manual that were taken over or refused",
  request: {
    query: LangQuery.extend({
      service: z.string().max(200).optional(),
      environment: z.string().max(200).optional(),
      kind: z.enum(CHANGE_KINDS).optional().openapi({ description: "Default: all but `backup`" }),
      from: z.coerce.number().int().min(0).optional().openapi({ description: "What was over, or went on, since then" }),
      to: z.coerce.number().int().min(0).optional().openapi({ description: "What had begun by then" }),
      before: z.coerce.number().int().min(0).optional().openapi({ description: "`next` of the page before" }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answer(Changes, "Changes"), ...refusals },
});

export const changeRoute = createRoute({
  method: "get",
  path: "/api/v1/changes/{id}",
  summary: "One change",
  request: {
    params: z.object({
      id: z
        .string()
        .max(200)
        .openapi({ param: { name: "id", in: "path" } }),
    }),
    query: LangQuery,
  },
  responses: { 200: answer(ChangeShown, "The change"), ...refusals },
});
