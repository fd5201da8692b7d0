import type { Alert, Decision, Signal } from "../../model/alert.ts";
import { refresh } from "./outside.ts";
import { idOf, noted, putAlert, type Work } from "./desk.ts";

/** An alert ends: whoever was told will hear of it, whatever holds it now. */
export function end(
  work: Work,
  alert: Alert,
  did: "resolved" | "withdrawn" | "lapsed" | "closed",
  args: Decision["args"] = {},
): void {
  const { hold: _, ...free } = alert;
  putAlert(work, noted({ ...free, ended: work.now }, did, work.now, args));
}

function opened(work: Work, signal: Signal): Alert {
  const { firing: _, flapping, blind: __, withdrawn: ___, ...said } = signal;
  const alert: Alert = { ...said, id: idOf(signal.key, work.now), started: work.now, trail: [] };
  const fired = noted(alert, "fired", work.now, signal.value === undefined ? {} : { value: signal.value });
  return flapping ? noted({ ...fired, flapping: true }, "flapping", work.now) : fired;
}

function going(work: Work, before: Alert, { flapping, blind, value, seen, down }: Signal): Alert {
  let alert: Alert = down === before.down ? before : { ...before, down };
  if (flapping !== (alert.flapping === true)) {
    const { flapping: _, ...steady } = alert;
    alert = noted(flapping ? { ...alert, flapping: true } : steady, flapping ? "flapping" : "steady", work.now);
  }
  const last = alert.trail.findLast(({ did }) => did === "unjudged" || did === "judged")?.did === "unjudged";
  if (blind !== last) alert = noted(alert, blind ? "unjudged" : "judged", work.now);
  // A value alone is shown when the next thing happens: it is no news for the store.
  if (alert === before) return before;
  return { ...alert, ...(value !== undefined && { value }), ...(seen && { seen }) };
}

/** What rules say: alerts open, change and end. A severity that changed in the book makes a new alert of it. */
export function receive(work: Work, signals: readonly Signal[]): void {
  for (const signal of signals) {
    const before = work.open.get(signal.key);
    if (!signal.firing) {
      if (before) end(work, before, signal.withdrawn ? "withdrawn" : "resolved");
      continue;
    }
    if (before && before.severity !== signal.severity) end(work, before, "withdrawn");
    const here = work.open.get(signal.key);
    const after = here ? going(work, here, signal) : opened(work, signal);
    if (after !== here) putAlert(work, after);
    if (here && signal.outside) refresh(work, after, signal);
  }
}
