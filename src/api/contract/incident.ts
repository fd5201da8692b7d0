import { createRoute, z } from "@hono/zod-openapi";
import { CLOCKS, ENTRY_KINDS, INCIDENT_STATES } from "../../model/incident.ts";
import { PROBLEM_STATES } from "../../model/problem.ts";
import type { ManualNode } from "./manual.ts";
import { answer, LangQuery, OutcomeName, problem, refusals, Source, Time } from "./common.ts";

const Args = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
const By = z.object({ at: Time, by: z.string() });

const Entry = z
  .object({
    id: z.string(),
    at: Time,
    kind: z.enum(ENTRY_KINDS),
    by: z.string().optional(),
    args: Args,
    text: z.string().optional(),
    pinned: z.literal(true).optional(),
    hidden: By.extend({ reason: z.string() }).optional(),
    edits: z.array(By.extend({ before: z.string() })).optional(),
    say: z.string().optional().openapi({ description: "The line in words, as the API is asked in a language" }),
  })
  .openapi("TimelineEntry", { description: "What it said first is never lost" });

const ClockShown = z
  .object({
    clock: z.enum(CLOCKS),
    limitMs: z.number(),
    usedMs: z.number().openapi({ description: "Working time without pauses, milliseconds" }),
    state: z.enum(["running", "paused", "kept", "broken"]),
    stopped: z.boolean(),
    due: Time.optional(),
    guessed: z.literal(true).optional().openapi({ description: "The calendar ends before that" }),
  })
  .openapi("IncidentClock");

const Action = z.object({
  id: z.string(),
  text: z.string(),
  owner: z.string(),
  due: z.string(),
  by: z.string(),
  at: Time,
  done: By.extend({ text: z.string() }).optional(),
});

const PublicState = z.enum(["investigating", "identified", "monitoring", "resolved"]);
const Published = By.extend({
  state: PublicState,
  text: z.string(),
  retracted: By.extend({ reason: z.string() }).optional().openapi({ description: "Nobody outside reads it any more" }),
});

export const IncidentShown = z
  .object({
    id: z.string().openapi({ example: "inc-20261121-01" }),
    title: z.string(),
    state: z.enum(INCIDENT_STATES),
    priority: z.string(),
    rank: z.number().int().openapi({ description: "Place of the priority in its scale: 0 is the worst" }),
    service: z.string().optional(),
    class: z.string().optional(),
    origin: z.object({ kind: z.enum(["alert", "symptom", "hand"]) }).loose(),
    signature: z
      .string()
      .optional()
      .openapi({ description: "The same for every one of a service and rule or symptom" }),
    simulated: z.literal(true).optional(),
    declared: Time,
    by: z.string(),
    since: Time.openapi({ description: "When it was noticed: clocks run from here" }),
    acknowledged: Time.optional(),
    resolved: Time.optional(),
    clocks: z.array(ClockShown),
    roles: z.record(z.string(), z.string()),
    room: z.string().optional(),
    sop: z.object({ file: z.string(), book: z.string(), commit: z.string().nullable() }).optional(),
    path: z.object({
      state: z.enum(["green", "red", "unknown"]),
      checks: z.array(z.string()),
      readings: z.array(
        z.object({
          check: z.string(),
          target: z.string(),
          outcome: OutcomeName,
          at: Time,
          reason: z.string().optional(),
        }),
      ),
      word: z.object({ person: z.string(), says: z.enum(["green", "red"]), reason: z.string(), at: Time }).optional(),
    }),
    alerts: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        check: z.string(),
        target: z.string(),
        started: Time,
        ended: Time.optional(),
        seen: z.object({ reason: z.string(), args: Args }).optional(),
      }),
    ),
    runs: z.array(z.string()),
    problem: z.string().optional(),
    workaround: z.object({ problem: z.string(), text: z.string() }).optional(),
    offers: z
      .array(
        z.object({
          kind: z.enum(["runbook", "symptom"]),
          id: z.string().optional(),
          title: z.string(),
          look: z.string().optional(),
          source: Source.optional(),
        }),
      )
      .openapi({ description: "Runbooks and rows of the symptom table that fit" }),
    timeline: z.array(Entry),
    left: z.number().int().optional(),
    review: z
      .object({ owner: z.string(), due: z.string(), held: Time.optional(), by: z.string().optional() })
      .optional(),
    actions: z.array(Action),
    published: z.array(Published),
    evidence: z.string().optional(),
  })
  .openapi("Incident");
export type IncidentShown = z.infer<typeof IncidentShown>;

export const ProblemRecordShown = z
  .object({
    id: z.string().openapi({ example: "prb-20261121-01" }),
    title: z.string(),
    state: z.enum(PROBLEM_STATES),
    signature: z.string().optional(),
    service: z.string().optional(),
    rule: z.string().optional(),
    symptom: z.string().optional(),
    opened: Time,
    by: z.string().optional(),
    owner: z.string().optional(),
    incidents: z.array(z.string()),
    cause: z.string().optional(),
    workaround: z.string().optional(),
    closed: By.extend({ fix: z.string(), proof: z.string() }).optional(),
    notes: z.array(By.extend({ text: z.string() })),
  })
  .openapi("ProblemRecord");
export type ProblemRecordShown = z.infer<typeof ProblemRecordShown>;

export const ProblemPage = ProblemRecordShown.extend({
  joined: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        state: z.enum(INCIDENT_STATES),
        priority: z.string(),
        declared: Time,
        resolved: Time.optional(),
      }),
    )
    .openapi({ description: "Its incidents as far as they are on record, newest first" }),
  actions: z
    .array(Action.extend({ incident: z.string() }))
    .openapi({ description: "Work that their reviews ask for, what is not done first" }),
  proposal: z
    .object({ source: Source, patch: z.string() })
    .nullable()
    .openapi({ description: "What the manual should say now, for `git apply`; nothing is written" }),
  lacks: z
    .object({ code: z.string(), say: z.string(), fix: z.string() })
    .nullable()
    .openapi({ description: "Why nothing is proposed" }),
}).openapi("ProblemPage");
export type ProblemPage = z.infer<typeof ProblemPage>;

export const IncidentChoices = z
  .object({
    priorities: z.array(z.string()).openapi({ description: "Worst first" }),
    roles: z.array(z.string()),
    pauses: z.array(z.object({ id: z.string(), title: z.string(), clocks: z.array(z.enum(CLOCKS)) })),
    people: z.array(z.object({ id: z.string(), name: z.string() })),
    page: z.boolean().openapi({ description: "What is published is read at /status" }),
  })
  .openapi("IncidentChoices", { description: "What the book lets a person choose from" });
export type IncidentChoices = z.infer<typeof IncidentChoices>;

const Listing = {
  query: z.object({
    open: z.enum(["true", "false"]).default("true").openapi({ description: "false: those that are over, too" }),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
};
const Id = z.object({ id: z.string().min(1).max(100) });

export const incidentsRoute = createRoute({
  method: "get",
  path: "/api/v1/incidents",
  summary: "Incidents, newest first",
  request: Listing,
  responses: {
    200: answer(
      z.object({ at: Time, incidents: z.array(IncidentShown), choices: IncidentChoices }).openapi("Incidents"),
      "Incidents",
    ),
    ...refusals,
  },
});

export const incidentRoute = createRoute({
  method: "get",
  path: "/api/v1/incidents/{id}",
  summary: "One incident with its clocks, its timeline and what the manual offers",
  request: { params: Id },
  responses: { 200: answer(IncidentShown, "The incident"), ...refusals },
});

export const ReviewShown = z
  .object({
    text: z
      .string()
      .openapi({ description: "The review as Markdown: its facts as they are now, and what its authors wrote" }),
    file: z.string().nullable().openapi({ description: "Where it lies in the manual; null: not there yet" }),
    nodes: z
      .array(z.unknown())
      .openapi({ description: "What it is made of: ManualNode of src/api/contract/manual.ts" }),
  })
  .openapi("IncidentReview");
export type ReviewShown = Omit<z.infer<typeof ReviewShown>, "nodes"> & { readonly nodes: readonly ManualNode[] };

export const reviewRoute = createRoute({
  method: "get",
  path: "/api/v1/incidents/{id}/review",
  summary: "The review of an incident with its facts filled in; nothing is written",
  request: { params: Id, query: LangQuery },
  responses: { 200: answer(ReviewShown, "The review"), ...refusals },
});

/** What it cannot be now. */
const conflict = problem("It does not fit how the incident stands: it is over, taken, or the user's path is red");
const by = z.string().max(200).optional().openapi({ description: "Only over the socket; else the token's person" });
const said = z.string().min(1).max(4_000);
const short = z.string().min(1).max(200);

export const DeclareRequest = z
  .object({
    alert: short.optional(),
    symptom: short.optional(),
    title: z.string().max(300).optional(),
    priority: short.optional(),
    impact: short.optional(),
    urgency: short.optional(),
    service: short.optional(),
    class: short.optional(),
    since: Time.optional(),
    simulated: z.literal(true).optional(),
    by,
  })
  .openapi("IncidentRequest");

export const declareRoute = createRoute({
  method: "post",
  path: "/api/v1/incidents",
  summary: "Declare an incident from an alert, a symptom of the manual, or in somebody's words",
  request: { body: { required: true, content: { "application/json": { schema: DeclareRequest } } } },
  responses: { 201: answer(IncidentShown, "Declared and kept"), ...refusals, 409: conflict },
});

export const dismissRoute = createRoute({
  method: "post",
  path: "/api/v1/alerts/{id}/dismissal",
  summary: "Say that an alert was no incident, and why",
  request: {
    params: Id,
    body: {
      required: true,
      content: { "application/json": { schema: z.object({ reason: said, by }).openapi("Dismissal") } },
    },
  },
  responses: { 200: answer(z.object({ id: z.string() }), "Recorded"), ...refusals },
});

const deed = <T extends string, S extends z.ZodRawShape>(name: T, shape: S) =>
  z.object({ do: z.literal(name), ...shape, by });

export const IncidentDeedRequest = z
  .discriminatedUnion("do", [
    deed("ack", { note: said.optional() }),
    deed("note", { text: said, announce: z.literal(true).optional() }),
    deed("edit", { entry: short, text: said }),
    deed("hide", { entry: short, reason: said }),
    deed("show", { entry: short }),
    deed("pin", { entry: short }),
    deed("unpin", { entry: short }),
    deed("assign", { role: short, person: short }),
    deed("priority", { priority: short, reason: said }),
    deed("pause", { pause: short, text: said.optional() }),
    deed("resume", {}),
    deed("look", {}),
    deed("confirm", { says: z.enum(["red", "green"]), reason: said }),
    deed("word", { text: z.string().max(8_000), signature: z.string().max(65_536) }),
    deed("resolve", { text: said, owner: short.optional(), due: z.iso.date().optional() }),
    deed("reopen", { reason: said }),
    deed("action", { text: said, owner: short, due: z.iso.date() }),
    deed("done", { action: short, text: said }),
    deed("publish", { state: PublicState, text: said }),
    deed("retract", {
      update: z.number().int().min(1).openapi({ description: "From 1, the oldest first" }),
      reason: said,
    }),
    deed("review", { text: said }),
  ])
  .openapi("IncidentAction");

export const incidentActionRoute = createRoute({
  method: "post",
  path: "/api/v1/incidents/{id}/actions",
  summary: "Take, tell, assign, pause, resolve, review; resolve reads the user's path first",
  request: { params: Id, body: { required: true, content: { "application/json": { schema: IncidentDeedRequest } } } },
  responses: { 200: answer(IncidentShown, "Done and kept"), ...refusals, 409: conflict },
});

export const problemsRoute = createRoute({
  method: "get",
  path: "/api/v1/problems",
  summary: "Problems: what comes back, newest first",
  request: Listing,
  responses: {
    200: answer(z.object({ at: Time, problems: z.array(ProblemRecordShown) }).openapi("Problems"), "Problems"),
    ...refusals,
  },
});

export const problemRoute = createRoute({
  method: "get",
  path: "/api/v1/problems/{id}",
  summary: "One problem with its incidents, the work they ask for, and what the manual should say",
  request: { params: Id, query: LangQuery },
  responses: { 200: answer(ProblemPage, "The problem"), ...refusals },
});

export const openProblemRoute = createRoute({
  method: "post",
  path: "/api/v1/problems",
  summary: "Open a problem by hand",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z
            .object({ title: z.string().min(1).max(300), incidents: z.array(short).max(100).default([]), by })
            .openapi("ProblemRequest"),
        },
      },
    },
  },
  responses: { 201: answer(ProblemRecordShown, "Opened"), ...refusals },
});

export const problemActionRoute = createRoute({
  method: "post",
  path: "/api/v1/problems/{id}/actions",
  summary: "Take, note, find the cause, a way round, link, close with proof",
  request: {
    params: Id,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z
            .discriminatedUnion("do", [
              deed("take", { owner: short }),
              deed("note", { text: said }),
              deed("cause", { text: said }),
              deed("workaround", { text: said }),
              deed("link", { incident: short }),
              deed("close", { fix: said, proof: short }),
            ])
            .openapi("ProblemAction"),
        },
      },
    },
  },
  responses: { 200: answer(ProblemRecordShown, "Done and kept"), ...refusals, 409: problem("It is closed") },
});
