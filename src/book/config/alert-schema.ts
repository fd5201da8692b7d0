import { z } from "zod";
import { RULE_FORMS } from "../../model/rule.ts";
import { DAYS } from "../../model/session.ts";
import { matcherOf } from "../../model/silence.ts";
import { duration, id, like, text } from "./forms.ts";

const limit = z.number("90");
const window = like(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, '"23:00-05:00"');
const count = z.int("3").min(1, "1");

/** What a form cannot do without, and what it has no use for. */
const NEEDS: Readonly<
  Record<(typeof RULE_FORMS)[number], { readonly must: readonly string[]; readonly may: readonly string[] }>
> = {
  compare: { must: [], may: ["of", "bad", "fire", "clear"] },
  ratio: { must: ["fire", "whole"], may: ["bad", "clear", "window", "atLeast"] },
  absence: { must: [], may: ["window"] },
  forecast: { must: ["fire"], may: ["bad", "window", "horizon", "guard"] },
  "log-rate": { must: ["fire"], may: ["clear", "window"] },
  age: { must: ["fire"], may: ["clear"] },
  "certificate-life": { must: ["fire"], may: ["clear"] },
};
const OF_FORMS = ["of", "bad", "fire", "clear", "whole", "window", "horizon", "guard", "atLeast"] as const;

/** A rule that alerts. */
export const rule = z
  .strictObject({
    title: text.optional().describe("Words for people; default: those of the check."),
    form: z.enum(RULE_FORMS).optional().describe("What is looked at, see docs/guide. Default compare."),
    check: id.describe("Check whose readings it judges, by id. Of a ratio: the one that counts the part."),
    severity: id.describe("How bad it is: a severity of the alert scale."),
    metric: text
      .optional()
      .describe(
        "What it is about: of several that fire for one metric and target only the worst is told. Default: the check.",
      ),
    of: z
      .enum(["value", "level"])
      .optional()
      .describe(
        "value: the number itself. level: how the check judged it (warn 1, fail 2). Default: value where `fire` is given.",
      ),
    bad: z
      .enum(["above", "below"])
      .optional()
      .describe("Which side is bad; default: that of the check's bands, else above."),
    fire: limit
      .optional()
      .describe(
        "It fires when this is reached: in the unit of the check; of a ratio a part of 1, of an age seconds, of a certificate days.",
      ),
    clear: limit
      .optional()
      .describe(
        "It is over when this is not reached any more. Default: the normal limit of the check's bands, else `fire`.",
      ),
    whole: id.optional().describe("Of a ratio: the check that counts the whole."),
    atLeast: z
      .number("100")
      .min(0, "0")
      .optional()
      .describe("Of a ratio: below this growth of the whole nothing is said. Default 10."),
    window: duration.optional().describe("Time that is looked at. Default 5m; of an absence 10m, of a forecast 6h."),
    horizon: duration.optional().describe("Of a forecast: how far ahead. Default 1d."),
    guard: limit.optional().describe("Of a forecast: the value itself must have reached this."),
    for: duration.optional().describe("How long it must be so before it fires. Default: at once."),
    down: z
      .boolean()
      .optional()
      .describe(
        "When it fires, the service itself is gone: alerts of services that need it are kept quiet. Default: of absences, and of rules on a failed level while nobody answers or nothing of it runs.",
      ),
    runbook: id.optional().describe("Runbook that helps, by id."),
  })
  .superRefine((given, context) => {
    const { must, may } = NEEDS[given.form ?? "compare"];
    for (const key of must)
      if (given[key as keyof typeof given] === undefined)
        context.addIssue({ code: "custom", path: [], message: `${given.form}: { ${key}: … }` });
    for (const key of OF_FORMS)
      if (given[key] !== undefined && !must.includes(key) && !may.includes(key))
        context.addIssue({ code: "custom", path: [key], message: [...must, ...may].join(", ") || "–" });
  });
export type RawRule = z.output<typeof rule>;

const step = z.strictObject({
  channels: z.array(id).optional().describe("Channels that are told, by id."),
  rotas: z
    .array(id)
    .optional()
    .describe("Rotas: whoever is on call is told through channels of their own, else through `channels`."),
  people: z.array(id).optional().describe("People, by id, told in the same way."),
  wait: duration.optional().describe("Time until the next step, unless somebody acknowledges. Default 5m."),
});

/** Who is told, one after the other. */
export const escalation = z.strictObject({
  steps: z.array(step).min(1, "[{ channels: [pager] }]").describe("Who is told first, and who then."),
  rounds: count
    .optional()
    .describe("How often all steps are gone through before it is only repeated now and then. Default 2."),
});
export type RawEscalation = z.output<typeof escalation>;

const matcher = z
  .string('"service=shop"')
  .refine((given) => matcherOf(given) !== undefined, '"service=shop" | "severity=~P[12]"');

/** Hours in which nobody is told of some alerts. */
export const maintenance = z.strictObject({
  days: z
    .array(z.enum(DAYS))
    .min(1, "[sat, sun]")
    .optional()
    .describe("Days of the week on which it begins; default: all."),
  window: window.describe("Hours, in the book's zone; they may cross midnight."),
  match: z
    .array(matcher)
    .min(1, '["service=shop"]')
    .describe("Labels of the alerts (check, metric, rule, service, severity, target), all of which must match."),
  reason: text.describe("Why; shown to whoever asks why nobody was told."),
});
export type RawMaintenance = z.output<typeof maintenance>;

/** Settings of alerts. */
export const alerts = z.strictObject({
  warn: id
    .optional()
    .describe("Severity of the warning column of threshold tables. Default: the second of the alert scale."),
  critical: id.optional().describe("Severity of the critical column. Default: the first."),
  every: z
    .boolean()
    .optional()
    .describe("Every check alerts, not only those of threshold tables and rules. Default false."),
  unknown: z
    .union([duration, z.literal(false)], "5m | false")
    .optional()
    .describe("How long nothing may be judged before that is an alert. Default 5m."),
  unknownSeverity: id.optional().describe("Severity of that. Default: the mildest of the check's rules."),
  wait: duration
    .optional()
    .describe("How long alerts are gathered before the first notice; the worst severity never waits. Default 10s."),
  update: duration.optional().describe("Between two notices of what joins or ends. Default 5m."),
  repeat: duration.optional().describe("Between notices of what lasts and nobody acknowledged. Default 4h."),
  acknowledge: duration.optional().describe("How long an acknowledgement holds. Default 1h."),
  flapping: z
    .strictObject({
      changes: count.optional().describe("So many changes … Default 6."),
      window: duration.optional().describe("… in so long are flapping. Default 30m."),
      calm: duration.optional().describe("It is over when nothing changed for so long. Default 10m."),
    })
    .optional()
    .describe("When something comes and goes too often, it counts as lasting."),
  fallback: z.array(id).optional().describe("Channels that are tried, in this order, when one fails. Default: all."),
  url: z
    .string("https://watchbook.example.org")
    .regex(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, "https://watchbook.example.org")
    .optional()
    .describe("Address at which people reach this watchbook: notices then carry a link to acknowledge."),
});
export type RawAlerts = z.output<typeof alerts>;

/** Hours in which a severity keeps quiet. */
export const quiet = window;
