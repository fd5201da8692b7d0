import { createRoute, z } from "@hono/zod-openapi";
import { END_STATES, ENDINGS, PURPOSES } from "../../model/journal.ts";
import { RUN_STATES } from "../../model/run.ts";
import { answer, LangQuery, problem, refusals as usual, Time, VerdictName } from "./common.ts";
import { SilenceShown } from "./alert.ts";
import { Plan, PlanRequest } from "./plan.ts";

const refusals = {
  ...usual,
  409: problem("It does not fit how things stand: ended, locked, not waited for, another plan"),
};

const Args = z.record(z.string(), z.union([z.string(), z.number()]));
const Who = z.string().min(1).max(200);
const Text = z.string().max(4000);

export const RunRecord = z
  .object({
    id: z.string(),
    runbook: z.string(),
    title: z.string(),
    environment: z.string(),
    digest: z.string(),
    rehearsal: z.boolean(),
    by: z.string(),
    reason: z.string(),
    state: z.enum(RUN_STATES),
    created: Time,
    updated: Time,
    ended: Time.optional(),
    done: z.number().int(),
    total: z.number().int(),
    waits: z.array(z.string()),
    evidence: z.string().optional().openapi({ description: "Absolute path, once written" }),
  })
  .openapi("Run");
export type RunRecord = z.infer<typeof RunRecord>;

const attempt = {
  step: z.string(),
  target: z.string().openapi({ description: "Name of a target, `-` (once in the run) or `batch-N`" }),
  purpose: z.enum(PURPOSES),
  attempt: z.number().int(),
};

const End = z.object({
  ending: z.enum(ENDINGS),
  code: z.number().optional(),
  seconds: z.number(),
  reason: z.string().optional(),
  args: Args.optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  output: z.object({ bytes: z.number(), kept: z.number(), sha256: z.string() }).optional(),
  via: z.enum(["receipt", "verify", "human", "repeat"]).optional(),
});

export const Task = z
  .object({
    step: z.string(),
    target: z.string(),
    batch: z.number().int(),
    state: z.enum([
      "pending",
      "waiting",
      "running",
      "verifying",
      "doubt",
      "retrying",
      "done",
      "failed",
      "skipped",
      "undoing",
      "undone",
      "undo-failed",
      "cancelled",
    ]),
    attempts: z.number().int(),
    open: z.object(attempt).optional(),
    end: End.optional(),
    failure: End.optional(),
  })
  .openapi("Task", { description: "One step on one target" });

export const Wait = z
  .object({
    kind: z.enum(["approval", "key", "tick", "answer", "decision", "timer"]),
    step: z.string().optional(),
    target: z.string().optional(),
    purpose: z.enum(PURPOSES).optional().openapi({ description: "Kind tick: to be done, looked at or undone" }),
    batch: z.number().int().optional(),
    gate: z.string().optional(),
    expires: Time.optional(),
    until: Time.optional(),
    since: Time,
  })
  .openapi("Wait");

const Said = z.object({ by: z.string(), reason: z.string(), at: Time });

export const RunView = z
  .object({
    digest: z.string(),
    by: z.string(),
    reason: z.string(),
    host: z.string(),
    created: Time,
    updated: Time,
    seq: z.number().int(),
    epoch: z.number().int(),
    worker: z.object({ host: z.string(), pid: z.number() }).optional(),
    state: z.enum(RUN_STATES),
    waits: z.array(Wait),
    tasks: z.array(Task).openapi({ description: "In the order of the plan" }),
    gates: z.array(
      z.object({
        gate: z.string(),
        state: z.enum(["asked", "given", "rejected", "expired"]),
        asked: Time,
        expires: Time,
        quorum: z.number().int(),
        given: z.array(z.object({ by: z.string(), at: Time })),
        rejected: Said.optional(),
      }),
    ),
    outputs: z.record(z.string(), z.record(z.string(), z.string())),
    done: z.number().int(),
    total: z.number().int(),
    dropped: z.array(z.string()),
    paused: Said.optional(),
    cancelled: Said.extend({ undo: z.boolean() }).optional(),
    guard: z
      .object({
        check: z.string(),
        where: z.string(),
        outcome: z.enum(["warn", "fail", "unknown"]),
        reason: z.string(),
        value: z.number().optional(),
        detail: z.string(),
      })
      .optional()
      .openapi({ description: "What a guard of a drill saw that was not green" }),
    ended: z
      .object({ state: z.enum(END_STATES), reasons: z.array(z.object({ code: z.string(), args: Args })), at: Time })
      .optional(),
  })
  .openapi("RunView");

export const Lock = z
  .object({ key: z.string(), run: z.string(), by: z.string(), reason: z.string(), taken: Time, expires: Time })
  .openapi("Lock");

export const RunShown = z
  .object({
    record: RunRecord,
    plan: Plan,
    view: RunView,
    verdict: z.object({ verdict: VerdictName, reasons: z.array(z.object({ code: z.string(), args: Args })) }),
    steps: z.array(
      z.object({
        id: z.string(),
        target: z.string(),
        state: Task.shape.state,
        attempts: z.number().int(),
        seconds: z.number().openapi({ description: "Of doing and verifying, all attempts together" }),
      }),
    ),
    attempts: z.array(
      z.object({
        ...attempt,
        log: z.string().openapi({ description: "Name of its output" }),
        began: Time,
        ended: Time.optional(),
        end: End.optional(),
      }),
    ),
    locks: z.array(Lock).openapi({ description: "That it holds" }),
    windows: z
      .array(SilenceShown)
      .openapi({ description: "When nobody was told of its service's alerts, for it changed it; oldest first" }),
    held: Lock.optional().openapi({ description: "Of another run, in its way" }),
    said: z
      .object({
        reasons: z.array(z.string()),
        remarks: z.array(z.string()),
        tasks: z.array(z.object({ step: z.string(), target: z.string(), why: z.string() })),
      })
      .openapi({ description: "In words: why it ended so, what good steps say all the same, why others are not good" }),
  })
  .openapi("RunShown");
export type RunShown = z.infer<typeof RunShown>;

export const RunRequest = PlanRequest.extend({
  by: Who.optional().openapi({ description: "Who asks; over TCP the token's person" }),
  logins: z.array(Who).max(8).optional().openapi({
    description: "Login names of the operating system that stand behind the request; heard over the socket only",
  }),
  reason: Text.default(""),
  digest: z.string().max(100).optional().openapi({ description: "Refused when the plan is another one" }),
  takeOver: z.boolean().default(false).openapi({ description: "Takes over the targets that another run holds" }),
}).openapi("RunRequest");

const where = { step: z.string().max(500).optional(), target: z.string().max(500).optional() };
const note = Text.default("");
const gate = z.string().max(500).optional();
const by = Who.optional().openapi({ description: "Who does it; over TCP the token's person" });

export const RunAction = z
  .discriminatedUnion("do", [
    z.object({
      do: z.literal("approve"),
      by,
      gate,
      signature: z.string().max(16_384).optional().openapi({
        description: "By the person's own key; absent: the server signs for whoever is signed in by two factors",
      }),
      text: z.string().max(4000).optional(),
      note: Text.optional(),
    }),
    z.object({ do: z.literal("reject"), by, gate, reason: Text }),
    z.object({ do: z.literal("decide"), by, ...where, happened: z.enum(["yes", "no", "redo"]), note }),
    z.object({ do: z.literal("cancel"), by, reason: note, undo: z.boolean().default(false) }),
    z.object({ do: z.literal("pause"), by, reason: note }),
    z.object({ do: z.literal("resume"), by }),
    z.object({ do: z.literal("key"), by, ...where }),
    z.object({
      do: z.literal("tick"),
      by,
      ...where,
      done: z.boolean(),
      note,
      file: z
        .object({ name: z.string().min(1).max(255), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
        .optional()
        .openapi({ description: "Uploaded before: POST /api/v1/runs/{id}/files" }),
      outputs: z
        .record(z.string().max(200), z.string().max(65_536))
        .optional()
        .openapi({ description: "The outputs that the step declares" }),
      seen: z
        .string()
        .max(1_000_000)
        .optional()
        .openapi({ description: "What the console showed; kept as the output of the attempt, masked" }),
    }),
    z.object({ do: z.literal("answer"), by, ...where, choice: z.enum(["retry", "skip", "undo", "stop"]), note }),
  ])
  .openapi("RunAction");
export type RunAction = z.infer<typeof RunAction>;

const Id = z.object({
  id: z.string().openapi({
    param: { name: "id", in: "path" },
    description: "The run's id, a beginning or end of it that only one has, or `last`",
  }),
});

export const JournalEntry = z
  .object({
    seq: z.number().int(),
    epoch: z.number().int(),
    at: Time,
    mono: z.string().optional(),
    entry: z.object({ type: z.string() }).loose(),
  })
  .openapi("JournalEntry");

export const runsRoute = createRoute({
  method: "get",
  path: "/api/v1/runs",
  summary: "Runs, newest first",
  request: {
    query: LangQuery.extend({
      open: z.enum(["true", "false"]).default("false").openapi({ description: "true: only those that have not ended" }),
      runbook: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(50),
    }),
  },
  responses: { 200: answer(z.object({ at: Time, runs: z.array(RunRecord) }).openapi("Runs"), "Runs"), ...refusals },
});
export const beginRoute = createRoute({
  method: "post",
  path: "/api/v1/runs",
  summary: "Begins a run of a runbook's plan; answers at once",
  request: {
    query: LangQuery,
    body: { content: { "application/json": { schema: RunRequest } }, required: true },
  },
  responses: { 201: answer(RunShown, "The run"), ...refusals },
});
export const runRoute = createRoute({
  method: "get",
  path: "/api/v1/runs/{id}",
  summary: "One run: record, plan, where each step stands, what it waits for",
  request: { params: Id, query: LangQuery },
  responses: { 200: answer(RunShown, "The run"), ...refusals },
});
export const actionRoute = createRoute({
  method: "post",
  path: "/api/v1/runs/{id}/actions",
  summary: "Approves, rejects, decides, cancels, pauses, resumes, lets a step begin, ticks, answers",
  request: {
    params: Id,
    query: LangQuery,
    body: { content: { "application/json": { schema: RunAction } }, required: true },
  },
  responses: { 200: answer(RunShown, "The run as it stands then"), ...refusals },
});
export const keepRoute = createRoute({
  method: "post",
  path: "/api/v1/runs/{id}/files",
  summary: "Keeps a photo or file for a manual step, at most 16 MiB; the tick that follows names it",
  request: {
    params: Id,
    query: LangQuery.extend({ name: z.string().min(1).max(255).openapi({ description: "Its name, without folders" }) }),
    body: {
      content: { "application/octet-stream": { schema: z.any().openapi({ type: "string", format: "binary" }) } },
      required: true,
    },
  },
  responses: {
    201: answer(
      z.object({ name: z.string(), sha256: z.string(), bytes: z.number().int() }).openapi("KeptFile"),
      "What the tick names",
    ),
    ...refusals,
  },
});
export const journalRoute = createRoute({
  method: "get",
  path: "/api/v1/runs/{id}/journal",
  summary: "What was committed about a run, oldest first, after an entry",
  request: {
    params: Id,
    query: LangQuery.extend({ after: z.coerce.number().int().min(0).default(0) }),
  },
  responses: {
    200: answer(z.object({ run: z.string(), entries: z.array(JournalEntry) }).openapi("Journal"), "Entries"),
    ...refusals,
  },
});

const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const outputRoute = createRoute({
  method: "get",
  path: "/api/v1/runs/{id}/output/{attempt}",
  summary:
    "A part of the output of one attempt, at most 1 MiB: from a line, from a byte, or its last lines; also while it grows",
  request: {
    params: Id.extend({
      attempt: z.string().openapi({ param: { name: "attempt", in: "path" }, example: "restart@web-1.do.1" }),
    }),
    query: LangQuery.extend({
      line: position.optional().openapi({ description: "From 1" }),
      count: position.optional().openapi({ description: "Lines; default 100" }),
      offset: position.optional(),
      bytes: position.optional(),
      tail: position.optional().openapi({ description: "Last lines" }),
    }),
  },
  responses: {
    200: answer(
      z
        .object({
          text: z.string(),
          offset: z.number().int(),
          line: z.number().int().openapi({ description: "In which the text begins, from 1" }),
          next: z.number().int().openapi({ description: "Offset to read on from" }),
          size: z.number().int().openapi({ description: "Bytes that were there" }),
        })
        .openapi("OutputPart"),
      "The part",
    ),
    ...refusals,
  },
});
export const followRoute = createRoute({
  method: "get",
  path: "/api/v1/runs/{id}/events",
  summary:
    "Server-sent events of a run from any entry: `entry`, `log` (before the entry that ends its attempt), `state`, `tick` as a sign of life, `end` as the last; resumes by Last-Event-ID without loss",
  request: {
    params: Id,
    query: LangQuery.extend({
      after: z.string().max(20_000).optional().openapi({ description: "Number of an entry, or an event's id" }),
    }),
  },
  responses: {
    200: { description: "The stream", content: { "text/event-stream": { schema: z.string() } } },
    ...refusals,
  },
});
