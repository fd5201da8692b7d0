import type { NoticeRecord } from "../../model/alert.ts";
import type { Args } from "../../model/finding.ts";
import type { Incident, PathReading, PublicUpdate, SignedWord } from "../../model/incident.ts";
import { movedClocks } from "../../model/incident-clocks.ts";
import { withAlert, withAlerts, type AlertNews, type AlertsNow } from "./alerts.ts";
import { acknowledge, assign, changePriority, pause, resume } from "./people.ts";
import { act, done, held, type ActionAsk } from "./review.ts";
import { reopen, resolve } from "./resolve.ts";
import { movedPath, withReadings } from "../../model/incident-path.ts";
import { tell, type Given } from "./tell.ts";
import { curated, entered, type Curation } from "./timeline.ts";
import { publish, retract } from "./public.ts";
import { tick } from "./tick.ts";

/** What can happen to an incident. `by`: who. */
export type IncidentEvent =
  | { readonly kind: "acknowledge"; readonly by: string; readonly note?: string }
  | { readonly kind: "note"; readonly by: string; readonly text: string; readonly announce?: true }
  | { readonly kind: "curate"; readonly by: string; readonly entry: string; readonly how: Curation }
  | { readonly kind: "assign"; readonly by: string; readonly role: string; readonly person: string }
  | { readonly kind: "priority"; readonly by: string; readonly priority: string; readonly reason: string }
  | { readonly kind: "pause"; readonly by: string; readonly pause: string; readonly text?: string }
  | { readonly kind: "resume"; readonly by: string }
  /** A person says whether users are hit; nothing measured it. */
  | { readonly kind: "confirm"; readonly by: string; readonly says: "red" | "green"; readonly reason: string }
  | { readonly kind: "word"; readonly word: SignedWord }
  /** The user's path was looked at. */
  | { readonly kind: "readings"; readonly readings: readonly PathReading[] }
  | AlertNews
  | AlertsNow
  | {
      readonly kind: "run";
      readonly run: string;
      readonly did: "begun" | "ended";
      readonly at: number;
      readonly by?: string;
      readonly args: Args;
    }
  /** Something else that belongs into the timeline. */
  | {
      readonly kind: "happened";
      readonly entry: "check-changed" | "alert-flood";
      readonly at: number;
      readonly args: Args;
    }
  | { readonly kind: "problem"; readonly problem: string; readonly by?: string }
  | {
      readonly kind: "resolve";
      readonly by: string;
      readonly text: string;
      readonly owner?: string;
      readonly due?: string;
    }
  | { readonly kind: "reopen"; readonly by: string; readonly reason: string }
  | ({ readonly kind: "action" } & ActionAsk)
  | { readonly kind: "done"; readonly by: string; readonly action: string; readonly text: string }
  | { readonly kind: "publish"; readonly update: Pick<PublicUpdate, "by" | "state" | "text"> }
  | { readonly kind: "retract"; readonly by: string; readonly update: number; readonly reason: string }
  | { readonly kind: "review-held"; readonly by: string; readonly text: string }
  | { readonly kind: "evidence"; readonly path: string }
  /** The wall clock was set by so many milliseconds. */
  | { readonly kind: "clock"; readonly by: number }
  | { readonly kind: "tick" };

export interface Step {
  readonly incident: Incident;
  readonly notices: readonly NoticeRecord[];
}

export const quietly = (incident: Incident): Step => ({ incident, notices: [] });

function withRun(incident: Incident, event: Extract<IncidentEvent, { kind: "run" }>, now: number): Incident {
  const { run, did, at, by, args } = event;
  const runs = incident.runs.includes(run) ? incident.runs : [...incident.runs, run];
  return entered({ ...incident, runs }, { kind: `run-${did}`, at, by, args: { ...args, run } }, now);
}

/** The path as it was measured: the first answer ends the confirming, whatever it is; unknown is no answer. */
function look(incident: Incident, readings: readonly PathReading[], now: number): Incident {
  const known = readings.some(({ outcome }) => outcome !== "unknown");
  const state = incident.state === "confirming" && known ? "open" : incident.state;
  const { word, ...rest } = incident;
  // What is seen to fail after somebody's word takes it back: it must not count again once nothing can be read.
  const refuted = readings.some(
    ({ outcome, at }) => at >= (word?.at ?? 0) && outcome !== "pass" && outcome !== "unknown",
  );
  const kept = word && !refuted ? { word } : {};
  const next = { ...rest, ...kept, state, readings: withReadings(incident.readings, readings) };
  const same = (one: PathReading): boolean =>
    incident.readings.some(
      ({ check, target, outcome }) => check === one.check && target === one.target && outcome === one.outcome,
    );
  return readings
    .filter((one) => !same(one))
    .reduce(
      (sum, { check, target, outcome, at, reason = "" }) =>
        entered(sum, { kind: "path", at, args: { check, target, outcome, reason } }, now),
      next,
    );
}

/**
 * The incident after what happened, and the notices to be kept with it. Pure: the same incident, event and moment give the same.
 * Throws WatchbookError INCIDENT-… for what does not fit.
 */
export function advance(incident: Incident, event: IncidentEvent, given: Given): Step {
  const { now } = given;
  switch (event.kind) {
    case "acknowledge":
      return acknowledge(incident, event, given);
    case "assign":
      return assign(incident, event, given);
    case "priority":
      return changePriority(incident, event, given);
    case "pause":
      return pause(incident, event, given);
    case "resume":
      return resume(incident, event, given);
    case "resolve":
      return resolve(incident, event, given);
    case "reopen":
      return reopen(incident, event, given);
    case "note": {
      const { by, text, announce } = event;
      const next = entered(incident, { kind: "note", by, text }, now);
      return announce ? tell(next, "announced", { by, text }, given) : quietly(next);
    }
    case "curate":
      return quietly(curated(incident, event.entry, event.how, event.by, now));
    case "tick":
      return tick(incident, given);
    default:
      return quietly(recorded(incident, event, now));
  }
}

type Recorded = Exclude<
  IncidentEvent,
  {
    kind:
      | "acknowledge"
      | "assign"
      | "priority"
      | "pause"
      | "resume"
      | "resolve"
      | "reopen"
      | "note"
      | "curate"
      | "tick";
  }
>;

/** What tells nobody. */
function recorded(incident: Incident, event: Recorded, now: number): Incident {
  switch (event.kind) {
    case "confirm": {
      const { by, says, reason: text } = event;
      const next = incident.state === "confirming" ? ({ ...incident, state: "open" } as const) : incident;
      return entered(next, { kind: "confirmed", by, text, args: { says } }, now);
    }
    case "word": {
      const { person: by, reason: text, says } = event.word;
      const state = incident.state === "confirming" ? "open" : incident.state;
      return entered({ ...incident, state, word: event.word }, { kind: "word", by, text, args: { says } }, now);
    }
    case "readings":
      return look(incident, event.readings, now);
    case "alert":
      return withAlert(incident, event, now);
    case "alerts":
      return withAlerts(incident, event, now);
    case "run":
      return withRun(incident, event, now);
    case "happened":
      return entered(incident, { kind: event.entry, at: event.at, args: event.args }, now);
    case "problem":
      return entered(
        { ...incident, problem: event.problem },
        { kind: "linked", by: event.by, args: { problem: event.problem } },
        now,
      );
    case "action":
      return act(incident, event, now);
    case "done":
      return done(incident, event, now);
    case "publish":
      return publish(incident, event, now);
    case "retract":
      return retract(incident, event, now);
    case "review-held":
      return held(incident, event, now);
    case "evidence":
      return { ...incident, evidence: event.path };
    case "clock":
  }
  // What is over for good is not moved; what is resolved may be opened again.
  return incident.state !== "closed"
    ? { ...movedPath(incident, event.by), clocks: movedClocks(incident.clocks, event.by) }
    : incident;
}
