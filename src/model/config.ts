import type { Grant } from "./access.ts";
import type { AlertSettings, EscalationSpec, MaintenanceSpec } from "./alert-policy.ts";
import type { BackupSpec } from "./backup.ts";
import type { CalendarSpec } from "./calendar.ts";
import type { ClusterSpec } from "./cluster.ts";
import type { Bands, CheckSpec } from "./check.ts";
import type { DrillSpec } from "./drill.ts";
import type { Every } from "./every.ts";
import type { IncidentSettings } from "./incident-policy.ts";
import type { FreezeSpec } from "./freeze.ts";
import type { InboundSpec } from "./inbound.ts";
import type { Lang } from "./lang.ts";
import type { ChannelSpec } from "./notifier.ts";
import type { DeclaredRule } from "./rule.ts";
import type { Source } from "./source.ts";
import type { RotaSpec } from "./rota/spec.ts";
import type { RunbookSpec } from "./runbook-spec.ts";
import type { SessionSpec } from "./session.ts";
import type { TargetSpec } from "./target.ts";
import type { Service, Environment } from "./policy.ts";
import type { WatcherSpec } from "./watcher.ts";
import type { Window } from "./window.ts";

/** A person: approvals and sign-offs are signatures with this key. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** OpenSSH public key line, or absent when the person cannot sign yet. */
  readonly key?: string;
  /** Login names of the operating system that are this person; absent: the one that is the id. */
  readonly logins?: readonly string[];
  readonly contact?: string;
  /** Channels that reach this person alone. */
  readonly channels?: readonly string[];
  /** What the person may do at the server. Absent in a book where others have it: look. */
  readonly access?: readonly Grant[];
  readonly source: Source;
}

/** A provider of identities (OpenID Connect) by which people sign in. */
export interface OidcSpec {
  /** For the button. */
  readonly name: string;
  readonly issuer: string;
  readonly client: string;
  /** Secret reference, or a name of `secrets`; absent: a public client. */
  readonly secret?: string;
  readonly scopes: readonly string[];
  /** Claim of the ID token that says who somebody is. */
  readonly claim: string;
  /** Its value → a person of the book. Nobody else comes in. */
  readonly people: Readonly<Record<string, string>>;
  /** Values of `amr` or `acr` that stand for two factors. */
  readonly strong: readonly string[];
  readonly source: Source;
}

export interface SeveritySpec {
  readonly id: string;
  readonly scale: "alert" | "incident";
  readonly respond?: number;
  readonly resolve?: number;
  readonly channels: readonly string[];
  /** Of alerts: the chain by which they are told, and hours in which nobody is. */
  readonly escalation?: string;
  readonly quiet?: Window;
}

/** A check declared in watchbook.yaml; `items` and `metric` tie it to the manual's own words. */
export interface DeclaredCheck extends Omit<CheckSpec, "bands" | "title"> {
  readonly title?: string;
  readonly bands?: Bands;
  /** Metric of a threshold table that this check measures. */
  readonly metric?: string;
  /** Checklist items that this check judges, as written in the manual. */
  readonly items: readonly string[];
  /** Lines of its parameters. */
  readonly lines?: Readonly<Record<string, number>>;
}

export interface DutyOverride {
  readonly id: string;
  readonly at?: string;
  readonly every?: Every;
  readonly owner?: string;
  readonly report?: string;
  readonly source: Source;
}

/** Rules for file names in one folder. */
export interface NamingProfile {
  readonly folder: string;
  /** required: a YYYYMMDD date in the name; forbidden: none; any. */
  readonly date: "required" | "forbidden" | "any";
  readonly pattern?: string;
}

/** watchbook.yaml after validation: what is data, not prose. Everything optional has its default here. */
export interface BookConfig {
  /** File it came from, absent when the book has none. */
  readonly file?: string;
  readonly title?: string;
  readonly lang?: Lang;
  /** IANA time zone of periods, file names and schedules; default: the machine's. */
  readonly zone?: string;
  /** Seconds between two rounds of the daemon's checks; default 60. */
  readonly interval?: number;
  /** Entry document: the one from which everything must be reachable. */
  readonly entry?: string;
  readonly ignore: readonly string[];
  readonly services: readonly Service[];
  readonly environments: readonly Environment[];
  readonly targets: readonly TargetSpec[];
  readonly people: readonly Person[];
  readonly rota: readonly RotaSpec[];
  readonly oidc?: OidcSpec;
  /** keys-only: an approval that the server signs for somebody who is signed in does not count. */
  readonly approvals?: "keys-only";
  /** Which days are worked. */
  readonly calendars: readonly CalendarSpec[];
  readonly channels: readonly ChannelSpec[];
  /** Secret references by name: `env:NAME` or `file:/path`; never a value. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly severities: readonly SeveritySpec[];
  readonly checks: readonly DeclaredCheck[];
  readonly rules: readonly DeclaredRule[];
  readonly escalations: readonly EscalationSpec[];
  readonly maintenance: readonly MaintenanceSpec[];
  /** How alerts are told; absent: as it usually is. */
  readonly alerts?: AlertSettings;
  /** How incidents are dealt with; absent: as it usually is. */
  readonly incidents?: IncidentSettings;
  /** Other systems that send their alerts here; absent: none is declared. */
  readonly inbound?: readonly InboundSpec[];
  /** What is done about the watcher's own death; absent: as it usually is. */
  readonly watcher?: WatcherSpec;
  readonly duties: readonly DutyOverride[];
  /** Calendars of trading sessions: while one is on, no fault is injected where it holds. */
  readonly sessions: readonly SessionSpec[];
  /** Times in which nothing is broken or drilled on purpose. */
  readonly freezes: readonly FreezeSpec[];
  /** What drills of runbooks are held to, and drills of their own. */
  readonly drills: readonly DrillSpec[];
  readonly runbooks: readonly RunbookSpec[];
  readonly backups: readonly BackupSpec[];
  readonly clusters: readonly ClusterSpec[];
  readonly naming: readonly NamingProfile[];
  /** Where reports and evidence go, relative to the root; absent: the data directory. */
  readonly reports?: string;
  readonly evidence?: string;
  /** cn-network-logs: 180 days of network logs. */
  readonly compliance: readonly string[];
  /** Enabled gates, by kind. */
  readonly gates: readonly string[];
  /** Finding codes switched off, each with its reason. */
  readonly suppress: readonly { readonly code: string; readonly file?: string; readonly reason: string }[];
  /** Site generator's root for links that begin with a slash. */
  readonly site?: { readonly root: string };
  /** Allowed signers of evidence: path relative to the root. */
  readonly signers?: string;
}
