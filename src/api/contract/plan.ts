import { createRoute, z } from "@hono/zod-openapi";
import { ON_FAIL, SCOPES } from "../../model/plan.ts";
import { ROLLBACKS, STRATEGIES } from "../../model/rollout.ts";
import { RISKS } from "../../model/states.ts";
import { answer, LangQuery, refusals, Source } from "./common.ts";

const Args = z.record(z.string(), z.union([z.string(), z.number()]));

export const Gate = z
  .object({
    roles: z.array(z.string()).openapi({ description: "Any of these; empty: any person of the book with a key" }),
    quorum: z.number().int(),
    expiresMs: z.number(),
    requesterMay: z.boolean(),
  })
  .openapi("Gate");

export const PlanStep = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.string(),
    params: z.unknown(),
    command: z.string().openapi({ description: "The exact bytes that would be executed, or what would be done" }),
    scope: z.enum(SCOPES),
    byHand: z
      .object({ kind: z.string(), expect: z.array(z.string()).optional() })
      .optional()
      .openapi({ description: "A person does it at a console; the kind of step it would be elsewhere" }),
    targets: z.array(z.string()).optional(),
    risk: z.enum(RISKS).openapi({ description: "unknown counts as write" }),
    sudo: z.boolean(),
    idempotent: z.boolean(),
    timeoutMs: z.number(),
    retry: z.object({ times: z.number(), delayMs: z.number(), maxMs: z.number() }).optional(),
    verify: z.string().optional().openapi({ description: "Id of a step in `others`" }),
    declares: z.boolean(),
    within: z.number().openapi({ description: "Seconds" }),
    undo: z.string().optional().openapi({ description: "Id of a step in `others`" }),
    onFail: z.enum(ON_FAIL),
    gate: Gate.optional(),
    until: z.string().optional(),
    outputs: z.array(z.string()),
    phase: z.string().optional(),
    banner: z.string().optional(),
    source: Source.optional(),
  })
  .openapi("PlanStep");

export const PlanRequest = z
  .object({
    runbook: z.string().min(1).max(500).openapi({ description: "Id, number or title" }),
    environment: z.string().min(1).max(200),
    targets: z.array(z.string().max(500)).max(10_000).optional(),
    params: z.record(z.string(), z.string().max(16_384)).default({}),
    injectFault: z
      .string()
      .max(500)
      .optional()
      .openapi({ description: "Step before which the declared fault is injected" }),
    drill: z.boolean().optional().openapi({ description: "Hold it to the manual's objectives" }),
    outsideWindow: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .openapi({ description: "Why a drill is done outside of its hours" }),
    rehearsal: z.boolean().optional(),
    only: z.array(z.string().max(500)).max(1000).optional().openapi({ description: "Ids of the only steps to do" }),
  })
  .openapi("PlanRequest");

export const Plan = z
  .object({
    format: z.literal(1),
    runbook: z.string(),
    title: z.string(),
    service: z.string().optional(),
    environment: z.string(),
    automation: z.enum(["assist", "guarded", "auto"]),
    unstated: z
      .tuple([z.literal("automation")])
      .optional()
      .openapi({ description: "What of this is only the default, stated by nobody" }),
    rehearsal: z.boolean().openapi({ description: "A rehearsal never counts as proof" }),
    steps: z.array(PlanStep),
    others: z.array(PlanStep).openapi({ description: "Verifies and undos that steps name" }),
    targets: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        params: z.unknown(),
        lock: z.string(),
        env: z.record(z.string(), z.string()),
        seat: z
          .object({ where: z.string(), login: z.string().optional() })
          .optional()
          .openapi({ description: "Nothing is executed there: where a person does it" }),
      }),
    ),
    batches: z.array(z.array(z.string())),
    parallel: z.number().int(),
    maxFailures: z.number().int(),
    rollout: z
      .object({
        strategy: z.enum(STRATEGIES),
        gates: z.array(z.string()).openapi({ description: "Ids of the steps that are looked at after each batch" }),
        soakMs: z.number(),
        rollback: z.enum(ROLLBACKS),
        rollbackWithin: z.number().optional().openapi({ description: "Seconds" }),
      })
      .optional(),
    parameters: z
      .array(
        z.object({
          name: z.string(),
          value: z.string(),
          secret: z.boolean(),
          type: z.enum(["text", "number", "boolean", "choice", "secret"]),
        }),
      )
      .openapi({ description: "Secret ones have their reference (env:NAME, file:/path) instead of a value" }),
    files: z.array(z.object({ path: z.string(), sha256: z.string() })),
    gate: Gate.optional(),
    missing: z
      .array(z.object({ code: z.string(), args: Args, step: z.string().optional(), source: Source.optional() }))
      .openapi({ description: "Empty when it may be executed" }),
    request: z.unknown(),
    book: z.object({ digest: z.string(), commit: z.string().optional(), dirty: z.boolean() }),
    digest: z.string().openapi({ example: "sha256:…" }),
  })
  .openapi("Plan");

export const Planned = z
  .object({
    plan: Plan,
    protected: z.boolean().openapi({ description: "The environment is protected" }),
    lacks: z
      .array(z.object({ say: z.string(), fix: z.string(), step: z.string().nullable(), source: Source.nullable() }))
      .openapi({ description: "What is missing, in words" }),
  })
  .openapi("Planned");
export type Planned = z.infer<typeof Planned>;

export const planRoute = createRoute({
  method: "post",
  path: "/api/v1/plans",
  summary: "What a run of a runbook would do; nothing is done and nothing is kept",
  request: {
    query: LangQuery,
    body: { content: { "application/json": { schema: PlanRequest } }, required: true },
  },
  responses: { 200: answer(Planned, "The plan, with what is missing"), ...refusals },
});
