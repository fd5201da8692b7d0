import { createRoute, z } from "@hono/zod-openapi";
import { answer, LangQuery, problem, refusals } from "./common.ts";

export const DeliverableShown = z
  .object({
    kind: z.string(),
    files: z.array(z.object({ path: z.string(), bytes: z.number().int() })),
    left: z.array(z.string()).openapi({ description: "What it cannot say, in words" }),
  })
  .openapi("Deliverable");
export type DeliverableShown = z.infer<typeof DeliverableShown>;

export const DeliverableFile = z.object({ path: z.string(), text: z.string() }).openapi("DeliverableFile");
export type DeliverableFile = z.infer<typeof DeliverableFile>;

export const deliverablesRoute = createRoute({
  method: "get",
  path: "/api/v1/deliverables",
  summary: "Files that can be made from the book that is run, with the usual options; no tool has read them",
  request: { query: LangQuery },
  responses: {
    200: answer(z.object({ digest: z.string(), deliverables: z.array(DeliverableShown) }), "By kind"),
    ...refusals,
  },
});
export const deliverableRoute = createRoute({
  method: "get",
  path: "/api/v1/deliverables/{kind}",
  summary: "One of these files",
  request: {
    params: z.object({ kind: z.string().max(100) }),
    query: LangQuery.extend({ path: z.string().max(1_000) }),
  },
  responses: { 200: answer(DeliverableFile, "It"), ...refusals, 404: problem("No such file") },
});
