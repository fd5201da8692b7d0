import { groupKey, labelsOf, severityOf } from "../../../desk/alert/index.ts";
import type { AlertPolicy } from "../../../model/alert-policy.ts";
import type { Alert } from "../../../model/alert.ts";
import { fingerprintIn } from "../../../model/outside.ts";
import { isOn, type Labels, type Silence } from "../../../model/silence.ts";
import { utc } from "../../../model/time.ts";

/** Names of the fields are Alertmanager's (its OpenAPI 2.0 description of API v2). */
export interface AlertOut {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly fingerprint: string;
  readonly generatorURL: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly state: "active" | "suppressed";
    readonly silencedBy: readonly string[];
    readonly inhibitedBy: readonly string[];
    readonly mutedBy: readonly string[];
  };
}

/** Alerts without an end of their own last, as far as anybody who asks now is concerned, so long. */
const AHEAD_MS = 300_000;

/** Labels as others know them: those that were sent, or those that our own rules give. */
export function outLabels(alert: Alert): Labels {
  if (alert.outside) return alert.outside.labels;
  const { alert: _, ...labels } = labelsOf(alert);
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

export const receiverOf = (policy: AlertPolicy, severity: string): string => severityOf(policy, severity).chain.id;

export function alertOut(alert: Alert, policy: AlertPolicy, now: number): AlertOut {
  const { hold, outside, title, severity, started, trail, key } = alert;
  const told = { summary: title, ...(alert.runbook !== undefined && { runbook: alert.runbook }) };
  return {
    labels: outLabels(alert),
    annotations: outside?.annotations ?? told,
    startsAt: utc(outside?.began ?? started),
    endsAt: utc(alert.ended ?? outside?.until ?? now + AHEAD_MS),
    updatedAt: utc(trail.at(-1)?.at ?? started),
    fingerprint: fingerprintIn(key),
    generatorURL: outside?.page ?? "",
    receivers: [{ name: receiverOf(policy, severity) }],
    status: {
      state: hold ? "suppressed" : "active",
      silencedBy: hold?.by === "silence" ? [hold.silence] : [],
      inhibitedBy: hold && "alert" in hold ? [hold.alert] : [],
      mutedBy: hold && "name" in hold ? [hold.name] : [],
    },
  };
}

export interface SilenceOut {
  readonly id: string;
  readonly matchers: readonly {
    readonly name: string;
    readonly value: string;
    readonly isRegex: boolean;
    readonly isEqual: boolean;
  }[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly status: { readonly state: "active" | "pending" | "expired" };
}

export function silenceOut(silence: Silence, now: number): SilenceOut {
  const { id, matchers, by, reason, starts, ends, ended } = silence;
  const state = isOn(silence, now) ? "active" : starts > now && !ended ? "pending" : "expired";
  return {
    id,
    matchers: matchers.map(({ label, is, value }) => ({
      name: label,
      value,
      isRegex: is.endsWith("~"),
      isEqual: is.startsWith("="),
    })),
    startsAt: utc(starts),
    endsAt: utc(Math.min(ends, ended?.at ?? ends)),
    updatedAt: utc(ended?.at ?? starts),
    createdBy: by,
    comment: reason,
    status: { state },
  };
}

/** Alerts by the group that people are told of them in. */
export function groupsOut(alerts: readonly Alert[], policy: AlertPolicy, now: number) {
  return [...Map.groupBy(alerts, groupKey).values()].map((members) => {
    const [first] = members;
    const { service, target, severity } = first!;
    return {
      labels: { ...(service === undefined ? { target } : { service }), severity },
      receiver: { name: receiverOf(policy, severity) },
      alerts: members.map((alert) => alertOut(alert, policy, now)),
    };
  });
}
