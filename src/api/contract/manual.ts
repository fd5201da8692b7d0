import { createRoute, z } from "@hono/zod-openapi";
import { RISKS, VERDICTS } from "../../model/states.ts";
import { answer, FindingSaid, LangQuery, refusals, Source, Time } from "./common.ts";

/** Words of a line: plain, or with what they are. Nothing of it is markup: what draws it makes elements of it. */
export interface Piece {
  readonly text: string;
  readonly kind?: "code" | "strong" | "link" | "image" | "deleted";
  /** A link inside of the book: its file and line. */
  readonly to?: { readonly file: string; readonly line: number };
  /** A link out of it: http or https, nothing else. */
  readonly url?: string;
  /** What is inside, where that is more than plain words. */
  readonly in?: readonly Piece[];
}

interface Placed {
  readonly line: number;
}
/** What a document is made of. `table` has its header as the first row. */
export type ManualNode =
  | (Placed & { readonly kind: "heading"; readonly depth: number; readonly words: readonly Piece[] })
  | (Placed & { readonly kind: "paragraph"; readonly words: readonly Piece[] })
  | (Placed & { readonly kind: "fence"; readonly info: string; readonly text: string })
  | (Placed & { readonly kind: "table"; readonly rows: readonly (readonly (readonly Piece[])[])[] })
  | (Placed & { readonly kind: "list"; readonly start: number | null; readonly items: readonly ManualItem[] })
  | (Placed & { readonly kind: "quote"; readonly children: readonly ManualNode[] })
  | (Placed & { readonly kind: "html"; readonly text: string })
  | (Placed & { readonly kind: "rule" });
export interface ManualItem {
  readonly line: number;
  readonly checked: boolean | null;
  readonly words: readonly Piece[];
  readonly children: readonly ManualNode[];
}

const Count = z.number().int();
const Section = z.object({ line: Count, depth: Count, title: z.string(), slug: z.string() });

export const ManualShown = z
  .object({
    file: z.string(),
    title: z.string(),
    commit: z.string().nullable(),
    web: z
      .string()
      .nullable()
      .openapi({ description: "Where a browser reads it at that commit, `{line}` in place of a line; null: unknown" }),
    lines: Count,
    nodes: z
      .array(z.unknown())
      .openapi({ description: "What it is made of: ManualNode of src/api/contract/manual.ts" }),
    sections: z.array(Section),
    blocks: z
      .array(
        z.object({
          line: Count,
          state: z.string(),
          kind: z.string(),
          rule: z.string(),
          risk: z.enum(RISKS).nullable(),
          candidates: z.array(z.string()).openapi({ description: "What else it could be, when that is not certain" }),
        }),
      )
      .openapi({ description: "Its code blocks, by the line of their fence" }),
    runbooks: z.array(z.object({ id: z.string(), title: z.string(), line: Count })),
    findings: z.array(FindingSaid),
  })
  .openapi("ManualDocument");
export type ManualShown = Omit<z.infer<typeof ManualShown>, "nodes"> & { readonly nodes: readonly ManualNode[] };

export const ManualFile = z
  .object({
    file: z.string(),
    title: z.string(),
    kind: z.string(),
    lines: Count,
    byState: z.record(z.string(), Count).openapi({ description: "Its code blocks by state" }),
    findings: z.object({ error: Count, warn: Count, note: Count }),
  })
  .openapi("ManualFile");
export type ManualFile = z.infer<typeof ManualFile>;

export const Hit = z
  .object({
    kind: z.enum(["symptom", "runbook", "section", "check", "duty"]),
    title: z.string(),
    look: z.string().openapi({ description: "Where to look; the line found, for a section" }),
    action: z.string().openapi({ description: "What to do, where the manual says it" }),
    id: z.string().nullable().openapi({ description: "Of the runbook, check or duty" }),
    source: Source,
  })
  .openapi("Hit");
export type Hit = z.infer<typeof Hit>;

export const Procedure = z
  .object({
    id: z.string(),
    line: Count,
    may: z.boolean().openapi({ description: "Whoever asks may begin it somewhere" }),
    last: z
      .object({
        run: z.string(),
        at: Time,
        verdict: z
          .enum([...VERDICTS, "refused", "unverified", "removed"])
          .openapi({ description: "As this host's verifier has it; unverified: it left no evidence" }),
        evidence: z.string().nullable().openapi({ description: "Id of its evidence" }),
      })
      .nullable()
      .openapi({ description: "Its newest run that ended and was no rehearsal" }),
  })
  .openapi("Procedure");
export type Procedure = z.infer<typeof Procedure>;

export const manualRoute = createRoute({
  method: "get",
  path: "/api/v1/manual",
  summary: "The documents of the manual, in its order",
  responses: { 200: answer(z.object({ digest: z.string(), files: z.array(ManualFile) }), "Documents"), ...refusals },
});
export const documentRoute = createRoute({
  method: "get",
  path: "/api/v1/manual/document",
  summary: "One document as a tree of words, with what its code blocks are and what is wrong in it",
  request: { query: LangQuery.extend({ file: z.string().max(4_000) }) },
  responses: { 200: answer(ManualShown, "The document"), ...refusals },
});
export const sentenceRoute = createRoute({
  method: "get",
  path: "/api/v1/manual/sentence",
  summary: "What a line of a document says, as words",
  request: { query: LangQuery.extend({ file: z.string().max(4_000), line: z.coerce.number().int().min(1) }) },
  responses: { 200: answer(z.object({ source: Source, text: z.string() }).openapi("Sentence"), "It"), ...refusals },
});
export const proceduresRoute = createRoute({
  method: "get",
  path: "/api/v1/manual/procedures",
  summary: "Procedures of one document: whether one may run them, and what their last run has proven",
  request: { query: LangQuery.extend({ file: z.string().max(4_000) }) },
  responses: { 200: answer(z.object({ procedures: z.array(Procedure) }), "In the document's order"), ...refusals },
});
export const searchRoute = createRoute({
  method: "get",
  path: "/api/v1/search",
  summary: "Where the manual speaks of something: symptoms with where to look and what to do first",
  request: {
    query: z.object({ q: z.string().max(200), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  },
  responses: { 200: answer(z.object({ hits: z.array(Hit) }).openapi("Hits"), "Hits, best first"), ...refusals },
});
