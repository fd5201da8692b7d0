import { createRoute, z } from "@hono/zod-openapi";
import { OWN_FORMS } from "../../model/alert.ts";
import { RULE_FORMS } from "../../model/rule.ts";
import { answer, problem, refusals, Source, Time } from "./common.ts";

const Silenced = z.object({ by: z.literal("silence"), silence: z.string(), author: z.string(), reason: z.string() });
const Hold = z
  .union([
    z.object({ by: z.enum(["worse", "parent"]), alert: z.string(), title: z.string() }),
    z.object({ by: z.enum(["window", "quiet"]), name: z.string() }),
    Silenced.extend({ run: z.string().openapi({ description: "The run that opened it" }) }),
    Silenced,
  ])
  .openapi("Hold", { description: "Why nobody is told of it now" });

const Args = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

const Labels = z.record(z.string(), z.string());

const OutsideShown = z
  .object({
    origin: z.string(),
    labels: Labels,
    annotations: Labels,
    began: Time.openapi({ description: "By the clock of its source" }),
    until: Time.optional().openapi({ description: "Over when its source does not say it again before" }),
    page: z.string().optional(),
    unmapped: z.literal(true).optional().openapi({ description: "Its own severity means nothing here" }),
  })
  .openapi("Outside", { description: "What another system said of it" });

export const AlertShown = z
  .object({
    id: z.string(),
    key: z.string().openapi({ description: "Rule and target: at most one alert of a key is open" }),
    rule: z.string(),
    title: z.string(),
    metric: z.string(),
    check: z.string(),
    target: z.string(),
    service: z.string().optional(),
    severity: z.string(),
    form: z.enum([...RULE_FORMS, "channel", "outside", ...OWN_FORMS]),
    outside: OutsideShown.optional(),
    unit: z.string().optional(),
    down: z.boolean(),
    runbook: z.string().optional(),
    source: Source.optional(),
    started: Time,
    ended: Time.optional(),
    value: z.number().optional(),
    flapping: z.literal(true).optional(),
    hold: Hold.optional(),
    said: z.array(z.string()).optional().openapi({ description: "What its check said, or its source, in words" }),
    trail: z
      .array(z.object({ at: Time, did: z.string(), args: Args }))
      .openapi({ description: "What was decided about it, oldest first" }),
  })
  .openapi("Alert");
export type AlertShown = z.infer<typeof AlertShown>;

const Acknowledged = z.object({
  by: z.string(),
  at: Time,
  until: Time,
  alerts: z.array(z.string()),
  note: z.string().optional(),
  rested: z
    .object({ step: z.number().int(), round: z.number().int() })
    .optional()
    .openapi({ description: "Where the chain stood, from 0: the step that an escalation calls" }),
});

export const NoticeShown = z
  .object({
    id: z.string(),
    group: z.string(),
    event: z.string(),
    channel: z.string(),
    person: z.string().optional(),
    at: Time,
    because: z.object({
      chain: z.string(),
      step: z.number().int(),
      round: z.number().int(),
      rota: z.string().optional(),
      told: z.literal(true).optional().openapi({ description: "By no step: it was told of the beginning" }),
      instead: z.array(z.string()).optional(),
    }),
    state: z.enum(["waiting", "delivered", "refused", "dropped", "given-up"]),
    attempts: z.array(
      z.object({
        at: Time,
        outcome: z.enum(["delivered", "later", "refused"]),
        reason: z.string().optional(),
        args: Args.optional(),
        receipt: z.string().optional(),
      }),
    ),
  })
  .openapi("NoticeRecord");

export const SilenceShown = z
  .object({
    id: z.string(),
    kind: z.enum(["silence", "maintenance"]),
    matchers: z.array(z.object({ label: z.string(), is: z.enum(["=", "!=", "=~", "!~"]), value: z.string() })),
    by: z.string(),
    reason: z.string(),
    run: z.string().optional().openapi({ description: "The run that opened it" }),
    starts: Time,
    ends: Time,
    ended: z.object({ at: Time, by: z.string() }).optional(),
  })
  .openapi("Silence");
export type SilenceShown = z.infer<typeof SilenceShown>;

export const WhyShown = z
  .object({
    alert: AlertShown,
    notices: z.array(NoticeShown),
    notTold: z.array(
      z.object({
        step: z.number().int(),
        receivers: z.array(z.string()),
        why: z.enum(["acknowledged", "over", "held", "due", "nobody", "unreached"]),
        by: z.string().optional(),
        at: Time.optional(),
      }),
    ),
    ack: Acknowledged.optional(),
  })
  .openapi("Why");
export type WhyShown = z.infer<typeof WhyShown>;

export const alertsRoute = createRoute({
  method: "get",
  path: "/api/v1/alerts",
  summary: "Alerts, newest first",
  request: {
    query: z.object({
      open: z.enum(["true", "false"]).default("true").openapi({ description: "false: those that are over, too" }),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
  },
  responses: {
    200: answer(z.object({ at: Time, alerts: z.array(AlertShown) }).openapi("Alerts"), "Alerts"),
    ...refusals,
  },
});

const Id = z.object({ id: z.string().min(1).max(100) });

export const alertRoute = createRoute({
  method: "get",
  path: "/api/v1/alerts/{id}",
  summary: "Who was told of an alert, when and by what; who was not, and why",
  request: { params: Id },
  responses: { 200: answer(WhyShown, "The alert and its notices"), ...refusals },
});

export const silencesRoute = createRoute({
  method: "get",
  path: "/api/v1/silences",
  summary: "Silences whose end has not come",
  responses: {
    200: answer(z.object({ at: Time, silences: z.array(SilenceShown) }).openapi("Silences"), "Silences"),
    ...refusals,
  },
});

const by = z.string().max(200).optional().openapi({ description: "Only over the socket; else the token's person" });
const span = z.number().min(1_000).max(2_592_000_000);

export const AlertActionRequest = z
  .discriminatedUnion("do", [
    z.object({
      do: z.literal("acknowledge"),
      alerts: z.array(z.string().max(100)).min(1).max(1_000),
      forMs: span.optional(),
      note: z.string().max(1_000).optional(),
      by,
    }),
    z.object({
      do: z.literal("escalate").openapi({ description: "Whoever stands in the next step is told now" }),
      alerts: z.array(z.string().max(100)).min(1).max(1_000),
      reason: z.string().max(1_000),
      by,
    }),
    z.object({
      do: z.literal("close").openapi({ description: "Only alerts of another system that will not take them back" }),
      alerts: z.array(z.string().max(100)).min(1).max(1_000),
      reason: z.string().max(1_000),
      by,
    }),
    z.object({
      do: z.literal("silence"),
      match: z.array(z.string().max(600)).max(20),
      forMs: span,
      reason: z.string().max(1_000),
      everything: z.boolean().default(false),
      by,
    }),
    z.object({ do: z.literal("unsilence"), silence: z.string().min(1).max(100), by }),
  ])
  .openapi("AlertAction");

export const alertActionRoute = createRoute({
  method: "post",
  path: "/api/v1/alerts/actions",
  summary: "Acknowledges, escalates or closes alerts, makes or ends a silence",
  request: { body: { required: true, content: { "application/json": { schema: AlertActionRequest } } } },
  responses: {
    200: answer(
      z
        .object({ alerts: z.array(AlertShown), until: Time.optional(), silence: SilenceShown.optional() })
        .openapi("AlertActed"),
      "Done and kept",
    ),
    ...refusals,
    409: problem("It is over, or it was used before"),
  },
});
