import { createRoute, z } from "@hono/zod-openapi";
import { answer, FindingSaid, LangName, LangQuery, Problem, refusals, Time } from "./common.ts";

export const BookNow = z
  .object({
    title: z.string(),
    digest: z.string().openapi({ example: "sha256:…" }),
    root: z.string(),
    commit: z.string().nullable(),
    web: z.string().nullable().openapi({
      description: "Where a line of it is read with a browser at this commit, with {file} and {line}; null: nowhere",
    }),
    dirty: z.boolean(),
    lang: LangName,
    zone: z.string().openapi({ example: "Asia/Shanghai" }),
    loaded: Time,
    state: z.enum(["ok", "flawed", "refused"]).openapi({
      description: "flawed: runs although it has errors, nothing better is there; refused: a newer one is not run",
    }),
    documents: z.number().int(),
    duties: z.number().int(),
    checks: z.number().int(),
    runbooks: z.number().int(),
    findings: z.object({ error: z.number().int(), warn: z.number().int(), note: z.number().int() }),
    refused: z
      .object({
        at: Time,
        commit: z.string().nullable(),
        why: Problem.pick({ code: true, say: true, fix: true }).nullable(),
        findings: z.array(FindingSaid),
      })
      .nullable(),
  })
  .openapi("Book");
export type BookNow = z.infer<typeof BookNow>;

const Count = z.number().int();
export const CoverageRow = z
  .object({
    file: z.string(),
    sections: Count,
    blocks: Count,
    tables: Count,
    byState: z.record(z.string(), Count).openapi({ description: "Blocks by state" }),
  })
  .openapi("CoverageRow");
export const Coverage = z
  .object({ digest: z.string(), files: z.array(CoverageRow), total: CoverageRow.omit({ file: true }) })
  .openapi("Coverage");
export type Coverage = z.infer<typeof Coverage>;

export const Findings = z.object({ digest: z.string(), findings: z.array(FindingSaid) }).openapi("Findings");

export const bookRoute = createRoute({
  method: "get",
  path: "/api/v1/book",
  summary: "The book that is run, and a newer one that is refused",
  request: { query: LangQuery },
  responses: { 200: answer(BookNow, "The book"), ...refusals },
});
export const coverageRoute = createRoute({
  method: "get",
  path: "/api/v1/coverage",
  summary: "What was recognised, per file",
  responses: { 200: answer(Coverage, "Coverage"), ...refusals },
});
export const findingsRoute = createRoute({
  method: "get",
  path: "/api/v1/findings",
  summary: "What is wrong or unproven in the book",
  request: { query: LangQuery },
  responses: { 200: answer(Findings, "Findings"), ...refusals },
});
