import { z } from "zod";
import { CALENDAR_EVERY, EVENT_EVERY } from "../../model/every.ts";
import { DAYS } from "../../model/session.ts";
import { access, oidc } from "./access.ts";
import { alerts, escalation, maintenance, quiet, rule } from "./alert-schema.ts";
import { backup } from "./backup-schema.ts";
import { bands } from "./bands.ts";
import { channel } from "./channels.ts";
import { incidents } from "./incident-schema.ts";
import { cluster } from "./cluster-schema.ts";
import { drill, freeze } from "./drill-schema.ts";
import { inbound } from "./inbound.ts";
import { date, duration, hour, id, isRegex, like, path, text, zone } from "./forms.ts";
import { calendar, rota } from "./rota-schema.ts";
import { runbook } from "./runbook-schema.ts";
import { watcher } from "./watcher.ts";

const time = like(
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun|last|[1-9]|[12]\d|3[01]) )?(?:[01]\d|2[0-3]):[0-5]\d$/,
  '"09:00" | "fri 09:00" | "31 09:00" | "last 09:00"',
);
const secret = like(/^(?:env:[A-Za-z_]\w*|file:\/.+)$/, "env:NAME | file:/path");
const every = z.enum([...CALENDAR_EVERY, ...EVENT_EVERY]);

const service = z.strictObject({
  title: text.optional().describe("Name for people; default: the id."),
  purpose: text.optional().describe("What it is for, one sentence."),
  owner: text.optional().describe("Person or team that answers for it."),
  environments: z.array(id).optional().describe("Environments it runs in, by id."),
  needs: z.array(id).optional().describe("Services it cannot do without, by id."),
  availability: z
    .enum(["single", "ha"])
    .optional()
    .describe("single: one instance, no fail-over is expected. Default single."),
  automation: z
    .enum(["assist", "guarded", "auto"])
    .optional()
    .describe("How far watchbook may act: assist proposes, guarded acts after approval, auto acts. Default assist."),
});

const environment = z.strictObject({
  name: text.optional().describe("Name for people; default: the id."),
  definition: text.optional().describe("What it is for."),
  protected: z.boolean().optional().describe("Writes need an approval. Default: true for the last environment."),
  promotesTo: id.optional().describe("Environment that a change goes to next; default: the next one in the list."),
});

const target = z.union([
  z.literal("local").describe("This machine."),
  z.looseObject({
    kind: text.describe("Kind of target: local, and others as they are added."),
    environment: id.optional().describe("Environment it belongs to."),
    variables: z
      .record(like(/^[A-Za-z_]\w*$/, "NAME"), z.string('"…"'))
      .optional()
      .describe("Variables that steps find on this target only."),
  }),
]);

const person = z.strictObject({
  name: text.optional().describe("Name for people; default: the id."),
  roles: z.array(text).optional().describe("Roles the manual speaks of, for example ops-lead."),
  key: text.optional().describe("OpenSSH public key line (ssh-ed25519 …); without it the person cannot sign."),
  logins: z
    .array(text)
    .optional()
    .describe("Login names of the operating system that are this person; default: the one that is the id."),
  contact: text.optional().describe("How to reach the person."),
  channels: z.array(id).optional().describe("Channels that reach this person alone, by id."),
  access: access.optional().describe("What the person may do at the server."),
});

const severity = z.strictObject({
  scale: z.enum(["alert", "incident"]).optional().describe("Two scales that are not the same. Default incident."),
  respond: duration.optional().describe("Time to first response."),
  resolve: duration.optional().describe("Time to resolution."),
  channels: z.array(id).optional().describe("Channels that hear of it, by id."),
  escalation: id.optional().describe("Chain by which alerts of it are told, by id; default: the one named default."),
  quiet: quiet.optional().describe("Hours, in the book's zone, in which nobody is told of such alerts."),
});

const check = z.strictObject({
  title: text.optional().describe("Words for people; default: the metric, the first item, or the id."),
  kind: text.describe("Kind of check, see docs/checks.md."),
  params: z.record(z.string(), z.unknown()).optional().describe("Parameters of the kind, see docs/checks.md."),
  bands: bands.optional().describe("Limits; default: those of the manual's threshold table, then those of the kind."),
  metric: text.optional().describe("Metric of a threshold table that it measures, as written in the manual."),
  items: z.array(text).optional().describe("Checklist items that it judges, as written in the manual."),
  service: id.optional().describe("Service it belongs to."),
  target: id.optional().describe("Target it runs on; default: local."),
  timeout: duration.optional().describe("Hard limit of one probe. Default 10s."),
  every: like(/^(?:[1-9]\d?s|[1-4]m)$/, "10s | 4m")
    .optional()
    .describe(
      "Time between two readings by the daemon, 1s to 99s or 1m to 4m. Default: the book's interval, else what the kind says: 10s for what costs a request or a stat, 60s for the rest.",
    ),
});

const duty = z.strictObject({
  at: time
    .optional()
    .describe(
      "When the daemon does it, in the book's zone: a time of day, with a weekday before it for weekly duties, or a day of the month (or last) for monthly, quarterly and yearly ones. Default 09:00 on the first day.",
    ),
  every: every.optional().describe("How often; replaces what the manual says."),
  owner: text.optional().describe("Who ticks what no machine can judge."),
  report: text.optional().describe("Path of the report with YYYYMMDD in its name."),
});

const session = z.strictObject({
  zone: zone.optional().describe("IANA time zone of its hours and dates; default: the book's."),
  environments: z
    .array(id)
    .min(1, "[prod]")
    .optional()
    .describe("Environments in which no fault is injected while a session is on; default: the protected ones."),
  open: z
    .array(
      z.strictObject({
        days: z.array(z.enum(DAYS)).min(1, "[mon, tue]").describe("Days of the week on which it begins."),
        from: hour.describe("When it begins."),
        to: hour.describe("When it is over; at or before `from`: on the day after."),
      }),
    )
    .min(1, '[{ days: [mon], from: "09:00", to: "11:30" }]')
    .describe("Hours in which trade is on."),
  holidays: z.array(date).optional().describe("Dates on which none begins."),
  knownUntil: date.describe(
    "Last date that this calendar is about: later no fault is injected at all, for nobody knows.",
  ),
});

const naming = z.strictObject({
  folder: path.describe("Folder the rule holds for, with everything below it."),
  date: z.enum(["required", "forbidden", "any"]).optional().describe("Must names carry a YYYYMMDD date? Default any."),
  pattern: text
    .refine(isRegex, "^[a-z0-9-]+\\.md$")
    .optional()
    .describe("Regular expression that every base name must match."),
});

const suppress = z.strictObject({
  code: like(/^WB\d{3}$/, "WB101").describe("Code of the finding."),
  file: path.optional().describe("Only in this file."),
  reason: text.describe("Why; shown in reports."),
});

/** Sections that are a map by id; a list of the same with `id` in each entry is accepted too. */
export const BY_ID = {
  services: service,
  environments: environment,
  targets: target,
  people: person,
  rota,
  calendars: calendar,
  channels: channel,
  severities: severity,
  checks: check,
  rules: rule,
  escalations: escalation,
  maintenance,
  inbound,
  duties: duty,
  sessions: session,
  freezes: freeze,
  drills: drill,
  runbooks: runbook,
  backups: backup,
  clusters: cluster,
} as const;

const byId = <T extends z.ZodType>(entry: T, does: string) => z.record(id, entry).optional().describe(does);

/** The whole file. */
export const bookSchema = z.strictObject({
  title: text.optional().describe("Title of the book; default: that of the entry document."),
  lang: z.enum(["zh", "en"]).optional().describe("Language of messages and reports; default: that of the manual."),
  zone: zone.optional().describe("IANA time zone of periods, file names and schedules; default: the machine's."),
  entry: path.optional().describe("Document from which every other must be reachable."),
  ignore: z.array(text).optional().describe("Files and folders that are no part of the book, as in .gitignore."),
  services: byId(service, "What is operated, by id."),
  environments: byId(environment, "Environments in the order of promotion, by id."),
  targets: byId(target, "Where checks and steps reach, by name: `local`, or a kind with its parameters."),
  people: byId(person, "People by id; approvals and sign-offs are theirs."),
  oidc: oidc.optional().describe("A provider of identities (OpenID Connect) by which people sign in."),
  approvals: z
    .literal("keys-only")
    .optional()
    .describe("keys-only: approvals count only with a key of the person's own, not by signing in at the console."),
  rota: byId(rota, "Who is on call, by id: one layer, or several of which the first that has anybody counts."),
  calendars: byId(calendar, "Calendars by id: which days are worked, and until when that is known."),
  channels: byId(channel, "Where notices go, by id: a kind of notifier with its parameters."),
  secrets: z
    .record(id, secret)
    .optional()
    .describe("Secret references by name: env:NAME or file:/path; never a value."),
  severities: byId(severity, "Alert severities and incident priorities, by id."),
  checks: byId(check, "Checks by id: how something of the manual is measured."),
  rules: byId(rule, "Rules that alert, by id; the limits of threshold tables alert without one."),
  escalations: byId(escalation, "Chains by id: who is told of an alert, and who when nobody answers."),
  maintenance: byId(
    maintenance,
    "Times by id in which nobody is told of some alerts; they are looked at all the same.",
  ),
  alerts: alerts.optional().describe("How alerts are told."),
  incidents: incidents.optional().describe("How incidents are dealt with: priorities, clocks, roles, room."),
  inbound: byId(inbound, "Other systems that send their alerts here, by id."),
  watcher: watcher.optional().describe("What watchbook does about its own death."),
  duties: byId(duty, "Changes to duties of the manual, by the duty's id (see `watchbook show duties`)."),
  sessions: byId(session, "Calendars of trading sessions by id: while one is on, no fault is injected where it holds."),
  freezes: byId(
    freeze,
    "Times by id in which no drill begins and no fault is injected: a change freeze, an open incident.",
  ),
  drills: byId(
    drill,
    "Drills by the id of their runbook or backup set (hours, checks that must hold, who must notice), or with a fault of their own.",
  ),
  runbooks: byId(runbook, "What is needed to run the manual's runbooks, by the runbook's id (see `watchbook show`)."),
  backups: byId(
    backup,
    "Backup sets by id: what is taken together, where to, and what proves that it can be restored.",
  ),
  clusters: byId(cluster, "Clusters by id: who follows whom, and how the primary is changed."),
  naming: z.array(naming).optional().describe("Rules for file names, per folder."),
  interval: duration
    .optional()
    .describe(
      "Time between two readings of every check by the daemon. Default: what its kind says, 10s for what costs a request or a stat, 60s for the rest.",
    ),
  reports: path
    .optional()
    .describe("Folder of reports; default: the data directory, or the manual's own name pattern."),
  evidence: path.optional().describe("Folder of evidence; default: the data directory."),
  compliance: z
    .array(z.enum(["cn-network-logs"]))
    .optional()
    .describe("Profiles to hold to. cn-network-logs: 180 days of network logs."),
  gates: z
    .array(z.enum(["staging-first", "copy-verified", "manual-approval", "preflight"]))
    .optional()
    .describe("Change gates of the manual that are enforced."),
  suppress: z.array(suppress).optional().describe("Findings switched off, each with its reason."),
  site: z
    .strictObject({ root: z.string().describe("Folder that links with a leading slash start in.") })
    .optional()
    .describe("Rules of a site generator."),
  signers: path.optional().describe("File with the public keys whose evidence is trusted."),
});
export type RawConfig = z.output<typeof bookSchema>;
