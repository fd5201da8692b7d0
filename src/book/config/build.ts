import type { BookConfig, DeclaredCheck, SeveritySpec } from "../../model/config.ts";
import { given } from "../../model/given.ts";
import type { Environment, Service } from "../../model/policy.ts";
import type { Source } from "../../model/source.ts";
import type { TargetSpec } from "../../model/target.ts";
import { windowOf } from "../../model/window.ts";
import { grantsGiven, oidcOf } from "./access.ts";
import { escalationOf, maintenanceOf, ruleOf, settingsOf } from "./alerts.ts";
import { backupOf } from "./backups.ts";
import { bandsOf } from "./bands.ts";
import { channelOf } from "./channels.ts";
import { clusterOf } from "./clusters.ts";
import { drillOf } from "./drills.ts";
import { seconds } from "./duration.ts";
import { inboundOf } from "./inbound.ts";
import { incidentsOf } from "./incidents.ts";
import { calendarOf, rotaSpecOf } from "./rotas.ts";
import { runbookOf } from "./runbooks.ts";
import type { RawConfig } from "./schema.ts";
import { watcherOf } from "./watcher.ts";

type At = (...path: string[]) => Source;
type Raw<K extends keyof RawConfig> = NonNullable<RawConfig[K]>[string & keyof NonNullable<RawConfig[K]>];

/** Entries of a section in the order of the file (object keys that look like numbers would come first). */
function inOrder<T>(
  section: string,
  map: Readonly<Record<string, T>> | undefined,
  at: At,
): readonly (readonly [string, T, Source])[] {
  return Object.entries(map ?? {})
    .map(([id, value]) => [id, value, at(section, id)] as const)
    .sort((a, b) => a[2].line - b[2].line);
}

/** The model's form of a validated file: defaults filled in, durations in seconds, every entry with its line. */
export function buildConfig(file: string, raw: RawConfig, at: At): BookConfig {
  const environments = environmentsOf(raw, at);
  const { title, lang, zone, entry, reports, evidence, site, signers } = raw;
  return {
    file,
    ...given({ title, lang, zone, entry, reports, evidence, site, signers, interval: inSeconds(raw.interval) }),
    ignore: raw.ignore ?? [],
    services: inOrder("services", raw.services, at).map(([id, value, source]) => serviceOf(id, value, source)),
    environments,
    targets: inOrder("targets", raw.targets, at).map(([name, value]) => targetOf(name, value)),
    people: inOrder("people", raw.people, at).map(([id, person, source]) => ({
      ...given({ key: person.key, contact: person.contact, channels: person.channels, logins: person.logins }),
      id,
      name: person.name ?? id,
      roles: person.roles ?? [],
      ...(person.access && { access: grantsGiven(person.access) }),
      source,
    })),
    ...(raw.oidc && { oidc: oidcOf(raw.oidc, at("oidc")) }),
    ...given({ approvals: raw.approvals }),
    rota: inOrder("rota", raw.rota, at).map(([id, value, source]) => rotaSpecOf(id, value, source)),
    calendars: inOrder("calendars", raw.calendars, at).map(([id, value, source]) => calendarOf(id, value, source)),
    channels: inOrder("channels", raw.channels, at).map(([id, value]) => channelOf(id, value, at)),
    secrets: raw.secrets ?? {},
    severities: inOrder("severities", raw.severities, at).map(([id, value]) => severityOf(id, value)),
    checks: inOrder("checks", raw.checks, at).map(([id, value, source]) => checkOf(id, value, source, at)),
    rules: inOrder("rules", raw.rules, at).map(([id, value, source]) => ruleOf(id, value, source)),
    escalations: inOrder("escalations", raw.escalations, at).map(([id, value, source]) =>
      escalationOf(id, value, source),
    ),
    maintenance: inOrder("maintenance", raw.maintenance, at).map(([id, value, source]) =>
      maintenanceOf(id, value, source),
    ),
    ...(raw.alerts && { alerts: settingsOf(raw.alerts) }),
    ...(raw.incidents && { incidents: incidentsOf(raw.incidents, at("incidents")) }),
    ...(raw.inbound && {
      inbound: inOrder("inbound", raw.inbound, at).map(([id, value, source]) => inboundOf(id, value, source)),
    }),
    ...(raw.watcher && { watcher: watcherOf(raw.watcher, at("watcher")) }),
    duties: inOrder("duties", raw.duties, at).map(([id, duty, source]) => ({ ...given(duty), id, source })),
    sessions: inOrder("sessions", raw.sessions, at).map(([id, { holidays = [], ...session }, source]) => ({
      ...given(session),
      id,
      open: session.open,
      knownUntil: session.knownUntil,
      holidays,
      source,
    })),
    freezes: inOrder("freezes", raw.freezes, at).map(([id, freeze, source]) => ({
      ...given(freeze),
      id,
      from: freeze.from,
      reason: freeze.reason,
      source,
    })),
    drills: inOrder("drills", raw.drills, at).map(([id, value]) => drillOf(id, value, at)),
    runbooks: inOrder("runbooks", raw.runbooks, at).map(([id, value]) => runbookOf(id, value, at)),
    backups: inOrder("backups", raw.backups, at).map(([id, value]) => backupOf(id, value, at)),
    clusters: inOrder("clusters", raw.clusters, at).map(([id, value]) => clusterOf(id, value, at)),
    naming: (raw.naming ?? []).map((rule) => ({ ...given(rule), folder: rule.folder, date: rule.date ?? "any" })),
    compliance: raw.compliance ?? [],
    gates: raw.gates ?? [],
    suppress: (raw.suppress ?? []).map((rule) => given(rule)),
  };
}

const serviceOf = (id: string, raw: Raw<"services">, source: Source): Service => ({
  ...given({ purpose: raw.purpose, owner: raw.owner }),
  id,
  title: raw.title ?? id,
  environments: raw.environments ?? [],
  needs: raw.needs ?? [],
  posture: postureOf(raw),
  source,
});

function postureOf({ availability, automation }: Raw<"services">): Service["posture"] {
  const unstated = [
    ...(availability === undefined ? (["availability"] as const) : []),
    ...(automation === undefined ? (["automation"] as const) : []),
  ];
  return {
    availability: availability ?? "single",
    automation: automation ?? "assist",
    ...(unstated.length > 0 && { unstated }),
  };
}

function environmentsOf(raw: RawConfig, at: At): readonly Environment[] {
  const entries = inOrder("environments", raw.environments, at);
  return entries.map(([id, value, source], order) => ({
    ...given({ definition: value.definition, promotesTo: value.promotesTo ?? entries[order + 1]?.[0] }),
    id,
    name: value.name ?? id,
    order,
    protected: value.protected ?? order === entries.length - 1,
    source,
  }));
}

function targetOf(name: string, raw: Raw<"targets">): TargetSpec {
  if (raw === "local") return { name, kind: "local", params: {} };
  const { kind, environment, variables, ...params } = raw;
  return { ...given({ environment, variables }), name, kind, params };
}

const severityOf = (id: string, raw: Raw<"severities">): SeveritySpec => ({
  ...given({ respond: inSeconds(raw.respond), resolve: inSeconds(raw.resolve) }),
  ...given({ escalation: raw.escalation, quiet: raw.quiet === undefined ? undefined : windowOf(raw.quiet) }),
  id,
  scale: raw.scale ?? "incident",
  channels: raw.channels ?? [],
});

function checkOf(id: string, raw: Raw<"checks">, source: Source, at: At): DeclaredCheck {
  const { title, kind, metric, service, target } = raw;
  const timeout = inSeconds(raw.timeout);
  const every = inSeconds(raw.every);
  return {
    ...given({ title, metric, service, target, bands: raw.bands && bandsOf(raw.bands) }),
    ...(timeout === undefined ? {} : { timeoutMs: Math.round(timeout * 1000) }),
    ...(every === undefined ? {} : { everyMs: Math.round(every * 1000) }),
    id,
    kind,
    params: raw.params ?? {},
    items: raw.items ?? [],
    source,
    lines: Object.fromEntries(Object.keys(raw.params ?? {}).map((key) => [key, at("checks", id, "params", key).line])),
  };
}

const inSeconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : seconds(text));
