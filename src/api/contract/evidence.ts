import { createRoute, z } from "@hono/zod-openapi";
import { VERDICTS } from "../../model/states.ts";
import { answer, LangQuery, refusals, Time } from "./common.ts";

const KINDS = ["inspection", "run", "drill", "incident"] as const;

/** What a statement says of itself: nothing here is verified. */
const Said = z.object({
  run: z.string(),
  kind: z.enum(KINDS),
  title: z.string(),
  mode: z.enum(["execute", "dry-run"]),
  verdict: z.enum(VERDICTS).openapi({ description: "As it was stored: not verified" }),
  started: z.string(),
  ended: z.string(),
  host: z.string(),
  commit: z.string().nullable().openapi({ description: "Of the manual; null outside of git" }),
});

export const EvidenceListed = z
  .object({
    id: z.string().openapi({ description: "Name of its directory", example: "20261120T083300Z-daily-inspection-7f3a" }),
    path: z.string().openapi({ description: "Below the evidence folder" }),
    says: Said.nullable().openapi({ description: "null: its statement cannot be read" }),
  })
  .openapi("EvidenceListed");
export type EvidenceListed = z.infer<typeof EvidenceListed>;

export const EvidenceShown = EvidenceListed.extend({
  directory: z.string().openapi({ description: "Absolute path on this host" }),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
}).openapi("Evidence");
export type EvidenceShown = z.infer<typeof EvidenceShown>;

export const VerificationSaid = z
  .object({
    at: Time,
    verdict: z.enum([...VERDICTS, "refused"]),
    reasons: z.array(z.object({ code: z.string(), say: z.string() })),
    measured: z.record(z.string(), z.union([z.number(), z.string()])),
    signedBy: z.string().nullable(),
    countersignedBy: z.array(z.string()),
    logged: z.boolean(),
  })
  .openapi("Verification");
export type VerificationSaid = z.infer<typeof VerificationSaid>;

export const Signers = z
  .object({
    of: z.enum(["book", "host", "nobody"]).openapi({
      description: "book: its signers file; host: only this data directory's own keys, which prove nothing to others",
    }),
    signers: z.array(
      z.object({
        name: z.string(),
        fingerprint: z.string(),
        line: z.string().openapi({ description: "Of a signers file" }),
        pem: z.string(),
      }),
    ),
  })
  .openapi("Signers");
export type Signers = z.infer<typeof Signers>;

const Id = z.object({ id: z.string().max(400) });

export const evidenceListRoute = createRoute({
  method: "get",
  path: "/api/v1/evidence",
  summary: "What is recorded, newest first, as it says itself",
  request: {
    query: z.object({
      kind: z.enum(KINDS).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
  },
  responses: {
    200: answer(z.object({ total: z.number().int(), evidence: z.array(EvidenceListed) }), "Evidence"),
    ...refusals,
  },
});
export const evidenceRoute = createRoute({
  method: "get",
  path: "/api/v1/evidence/{id}",
  summary: "One evidence directory: what it says, and its files",
  request: { params: Id },
  responses: { 200: answer(EvidenceShown, "Evidence"), ...refusals },
});
export const verificationRoute = createRoute({
  method: "get",
  path: "/api/v1/evidence/{id}/verification",
  summary: "What this host's verifier makes of it now, with the trust of the book",
  request: { params: Id, query: LangQuery },
  responses: { 200: answer(VerificationSaid, "As `watchbook evidence verify`"), ...refusals },
});
export const evidenceFileRoute = createRoute({
  method: "get",
  path: "/api/v1/evidence/{id}/files/{name}",
  summary: "The bytes of one of its files",
  request: { params: Id.extend({ name: z.string().max(400) }) },
  responses: {
    200: {
      description: "Bytes, to be kept",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...refusals,
  },
});
export const signersRoute = createRoute({
  method: "get",
  path: "/api/v1/signers",
  summary: "Whose signatures the book trusts",
  responses: { 200: answer(Signers, "Keys"), ...refusals },
});
