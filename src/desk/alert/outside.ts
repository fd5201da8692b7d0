import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Alert, Signal } from "../../model/alert.ts";
import type { InboundSpec } from "../../model/inbound.ts";
import { fingerprintOf, outsideKey, type OutsideTold } from "../../model/outside.ts";
import type { Labels } from "../../model/silence.ts";
import { putAlert, type Work } from "./desk.ts";

/** Nobody could be heard while nobody listened: after a start a source has this long to say it again. */
const PATIENCE_MS = 300_000;
const TITLE = 200;

const first = (labels: Labels, names: readonly string[]): string | undefined =>
  names.map((name) => labels[name]).find((value) => value !== undefined && value !== "");

function titleOf(name: string, { summary, title }: Labels): string {
  const said = (summary ?? title ?? "").split("\n")[0]!;
  return (said === "" || said.includes(name) ? said || name : `${name}: ${said}`).slice(0, TITLE);
}

/** What the value of a severity label means here; `unmapped` when nothing says so. */
function severityIn({ severity: { label, map, otherwise } }: InboundSpec, labels: Labels, policy: AlertPolicy) {
  const given = labels[label];
  const scale = policy.severities.map(({ id }) => id);
  const mapped = given !== undefined && Object.hasOwn(map, given) ? map[given] : scale.find((id) => id === given);
  return { severity: mapped ?? otherwise ?? scale[0]!, unmapped: mapped === undefined && given !== undefined };
}

/**
 * What another system tells, as rules would say it. Pure. Equal labels of one source are one alert; one without an end of
 * its own is over when it was not said again for as long as the source is trusted.
 */
export function signalFrom(spec: InboundSpec, told: OutsideTold, policy: AlertPolicy, now: number): Signal {
  const { labels, annotations, firing, began = now, page } = told;
  const name = labels["alertname"] ?? spec.id;
  const { severity, unmapped } = severityIn(spec, labels, policy);
  const service = first(labels, spec.service);
  const until = told.until ?? (spec.silentMs === false ? undefined : now + spec.silentMs);
  const { [spec.severity.label]: _, ...about } = labels;
  return {
    key: outsideKey(spec.id, told.fingerprint ?? fingerprintOf(labels)),
    ...{ rule: name, title: titleOf(name, annotations), check: "", severity },
    // One worse than another is so about the very same thing: all labels but the severity.
    metric: `${name} ${fingerprintOf(about)}`,
    target: first(labels, spec.target) ?? service ?? spec.id,
    ...(service !== undefined && { service }),
    // As the rules that are rendered from a book say it.
    ...{ form: "outside", down: labels["down"] === "true", firing, flapping: false, blind: false },
    outside: {
      ...{ origin: spec.id, labels, annotations, began },
      ...(until !== undefined && { until }),
      ...(page !== undefined && { page }),
      ...(unmapped && { unmapped }),
    },
  };
}

const open = (work: Work): readonly Alert[] => [...work.open.values()].filter(({ outside }) => outside !== undefined);

/** Parts of the time for which a source is trusted; so much of it a start may forget. */
const PARTS = 24;

/**
 * Whether the store has to know until when it counts. Not of a source that speaks again before a start would have an end of it;
 * of others now and then.
 */
function lasts(before: number | undefined, after: number | undefined, now: number): boolean {
  if (after === undefined || before === undefined) return before !== after;
  const part = (after - now) / PARTS;
  return after - now > PATIENCE_MS && Math.floor(before / part) !== Math.floor(after / part);
}

/** Said again: little of it is news for the store. */
export function refresh(work: Work, alert: Alert, { outside, title }: Signal): void {
  const before = alert.outside!;
  const after: Alert = { ...alert, title, outside: { ...outside!, began: before.began } };
  const same = JSON.stringify(before.annotations) === JSON.stringify(outside!.annotations);
  const known = same && alert.title === title && !lasts(before.until, outside!.until, work.now);
  if (known) work.open.set(alert.key, after);
  else putAlert(work, after);
}

/** The wall clock was set: a source is given as long as before. */
export function moveOutside(work: Work, by: number): void {
  for (const alert of open(work)) {
    const { until } = alert.outside!;
    if (until !== undefined) putAlert(work, { ...alert, outside: { ...alert.outside!, until: until + by } });
  }
}

/** After a start every source may speak again before anything of it counts as over. */
export function patient(work: Work): void {
  for (const alert of open(work)) {
    const { until } = alert.outside!;
    if (until !== undefined && until < work.now + PATIENCE_MS)
      putAlert(work, { ...alert, outside: { ...alert.outside!, until: work.now + PATIENCE_MS } });
  }
}
