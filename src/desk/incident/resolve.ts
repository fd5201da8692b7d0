import { Temporal } from "temporal-polyfill";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import type { IncidentEvent, Step } from "./advance.ts";
import { pathNow } from "../../model/incident-path.ts";
import { mustGoOn, withoutPause } from "./people.ts";
import { tell, type Given } from "./tell.ts";
import { entered } from "./timeline.ts";
import { markBroken } from "./tick.ts";

type Of<K extends IncidentEvent["kind"]> = Extract<IncidentEvent, { readonly kind: K }>;

/** Throws INCIDENT-PATH-RED while users are hit, INCIDENT-PATH-UNKNOWN where neither a check nor a person's word says that they are not. */
export function mustBeGreen(incident: Incident): void {
  const found = pathNow(incident);
  if (found.state === "green") return;
  const { id } = incident;
  if (found.state === "unknown")
    throw new WatchbookError(
      "INCIDENT-PATH-UNKNOWN",
      { id, checks: found.unread.join(", ") || "–" },
      { exit: EXIT.unreachable },
    );
  const what = [
    ...found.readings.map(({ check, target, outcome }) => `${check} · ${target}: ${outcome}`),
    ...found.alerts.map(({ id: alert, title }) => `${title} (${alert})`),
  ];
  throw new WatchbookError("INCIDENT-PATH-RED", { id, what: what.join("; ") || "–" }, { exit: EXIT.failed });
}

/** `2026-12-01`, so many days after a moment. */
const dateAfter = (at: number, days: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days })
    .toString();

/** The user's path is green: clocks stop, and a review has an owner and a date. Throws INCIDENT-OVER or as `mustBeGreen`. */
export function resolve(incident: Incident, { by, text, owner, due }: Of<"resolve">, given: Given): Step {
  mustGoOn(incident);
  mustBeGreen(incident);
  const { now, policy } = given;
  const calm = withoutPause(incident, now);
  const clocks = { ...calm.clocks, resolved: now };
  const review = {
    owner: owner ?? incident.roles["commander"] ?? by,
    due: due ?? dateAfter(now, policy.reviewDays, policy.zone),
  };
  const late = markBroken({ ...calm, clocks }, now);
  const over = { ...late, state: "resolved" as const, review };
  const next = entered(over, { kind: "resolved", by, text, args: { owner: review.owner, due: review.due } }, now);
  return tell(next, "resolved", { by, text }, given);
}

/** It is not over after all: the clock of the resolution goes on from its beginning. Throws INCIDENT-NOT-OVER. */
export function reopen(incident: Incident, { by, reason }: Of<"reopen">, given: Given): Step {
  if (incident.state !== "resolved") throw new WatchbookError("INCIDENT-NOT-OVER", { id: incident.id });
  const { resolved: _, ...clocks } = incident.clocks;
  const { review: _review, word: _word, evidence: _evidence, ...rest } = incident;
  const next = entered(
    { ...rest, state: "open", clocks, readings: [] },
    { kind: "reopened", by, text: reason },
    given.now,
  );
  return tell(next, "reopened", { by, reason }, given);
}
