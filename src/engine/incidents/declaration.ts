import { priorityBy, priorityOf, type Declaration } from "../../desk/incident/index.ts";
import type { Alert } from "../../model/alert.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import { given } from "../../model/given.ts";
import type { DeclareAsk } from "../../model/incident-ask.ts";
import { UNRANKED, type IncidentPolicy } from "../../model/incident-policy.ts";
import type { IncidentOrigin } from "../../model/incident.ts";
import type { Symptom } from "../../model/tables.ts";
import type { OpenBook } from "../house.ts";
import { linkedOf } from "./linked.ts";

/** The row of the manual that words mean: itself, else the only one that has them. Throws INCIDENT-SYMPTOM. */
export function symptomNamed({ symptoms }: Pick<Book, "symptoms">, words: string): Symptom {
  const folded = (text: string): string => text.normalize("NFKC").toLowerCase();
  const exact = symptoms.find(({ symptom }) => symptom === words);
  const near = symptoms.filter(({ symptom }) => folded(symptom).includes(folded(words.trim())));
  const found = exact ?? (near.length === 1 ? near[0] : undefined);
  if (found && words.trim() !== "") return found;
  const known = (near.length > 0 ? near : symptoms).map(({ symptom }) => symptom);
  throw new WatchbookError("INCIDENT-SYMPTOM", { symptom: words, known });
}

/** The service that is meant: the alert's, the one that is named, or the only one there is. Throws INCIDENT-SERVICE. */
function serviceOf({ services }: Book, ask: DeclareAsk, alert: Alert | undefined): string | undefined {
  const named = ask.service ?? alert?.service;
  if (named === undefined) return services.length === 1 ? services[0]!.id : undefined;
  if (ask.service !== undefined && !services.some(({ id }) => id === named))
    throw new WatchbookError("INCIDENT-SERVICE", { service: named, known: services.map(({ id }) => id) });
  return named;
}

/** Checks of what users do: those that the book names, else the http checks of the service, else the check that alerted. */
function pathOf({ checks }: Book, { paths }: IncidentPolicy, service: string | undefined, alert: Alert | undefined) {
  const declared = service === undefined ? undefined : paths[service];
  if (declared) return declared;
  const own = checks.filter((check) => check.kind === "http" && service !== undefined && check.service === service);
  if (own.length > 0) return own.map(({ id }) => id);
  return alert && checks.some(({ id }) => id === alert.check) ? [alert.check] : [];
}

/** Throws INCIDENT-UNMAPPED, INCIDENT-MATRIX or INCIDENT-PRIORITY-NEEDED: nothing is guessed. */
function priorityFor(ask: DeclareAsk, policy: IncidentPolicy, alert: Alert | undefined): string {
  if (ask.priority !== undefined) return ask.priority;
  if (policy.scale.every(({ id }) => id === UNRANKED)) return UNRANKED;
  if (ask.impact !== undefined || ask.urgency !== undefined)
    return priorityBy(policy, ask.impact ?? "", ask.urgency ?? "");
  if (alert) return priorityOf(policy, alert.severity);
  throw new WatchbookError("INCIDENT-PRIORITY-NEEDED", { known: policy.scale.map(({ id }) => id) });
}

function originOf(alert: Alert | undefined, symptom: Symptom | undefined): IncidentOrigin {
  if (alert) return { kind: "alert", alert: alert.id, rule: alert.rule, check: alert.check };
  return symptom ? { kind: "symptom", symptom: symptom.symptom } : { kind: "hand" };
}

export interface Found {
  readonly open: OpenBook;
  readonly policy: IncidentPolicy;
  readonly id: string;
  readonly by: string;
  readonly now: number;
  readonly alert: Alert | undefined;
  /** Open alerts, whatever they are about. */
  readonly alerts: readonly Alert[];
}

/** What an incident begins with, from what somebody asked for and what the book knows. Throws WatchbookError INCIDENT-…. */
export function declarationOf(ask: DeclareAsk, { open, policy, id, by, now, alert, alerts }: Found): Declaration {
  const { book, commit } = open;
  const symptom = ask.symptom === undefined ? undefined : symptomNamed(book, ask.symptom);
  const title = ask.title?.trim() || alert?.title || symptom?.symptom;
  if (!title) throw new WatchbookError("INCIDENT-TITLE");
  if (ask.class !== undefined && !policy.classes.some((one) => one.id === ask.class))
    throw new WatchbookError("INCIDENT-CLASS", { class: ask.class, known: policy.classes.map((one) => one.id) });
  const service = serviceOf(book, ask, alert);
  const path = pathOf(book, policy, service, alert);
  const own = alerts.filter(
    (one) => one.id === alert?.id || path.includes(one.check) || (service !== undefined && one.service === service),
  );
  const all = alert && !own.some((one) => one.id === alert.id) ? [alert, ...own] : own;
  const { sop } = policy;
  return {
    ...{ id, title, by, path, priority: priorityFor(ask, policy, alert), origin: originOf(alert, symptom) },
    ...given({ service, class: ask.class, simulated: ask.simulated }),
    since: ask.since ?? alert?.started ?? now,
    alerts: all.map(linkedOf).toSorted((a, b) => a.started - b.started),
    ...(sop !== undefined && { sop: { file: sop, book: book.digest, commit: commit ?? null } }),
  };
}
