import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import { frozenAt, type Freeze } from "../../model/freeze.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import type { Environment } from "../../model/policy.ts";
import { sessionNow, type TradingSessions } from "../../model/session.ts";
import { windowAt } from "../../model/window.ts";
import { shownMoment } from "./moment.ts";

/** It breaks something on purpose. */
export const isFault = ({ kind }: Pick<PlanStep, "kind">): boolean => kind === "fault" || kind.endsWith("-fault");

/** It is where an outage begins that somebody wanted. */
export const isHit = (step: Pick<PlanStep, "kind">): boolean => isFault(step) || step.kind === "cluster-demote";

/** Calendars of sessions in which the faults of these steps must not happen; none where nothing is injected. */
export function sessionsFor(
  { config, zone }: Pick<Book, "config" | "zone">,
  environment: Environment | undefined,
  steps: readonly PlanStep[],
): readonly TradingSessions[] {
  if (!environment || !steps.some(isFault)) return [];
  return config.sessions
    .filter(({ environments }) => environments?.includes(environment.id) ?? environment.protected)
    .map(({ id, zone: own = zone, open, holidays, knownUntil }) => ({ id, zone: own, open, holidays, knownUntil }));
}

/** Times in which it must not be done; none for what is no drill and injects nothing. */
export function freezesFor(
  { config, zone }: Pick<Book, "config" | "zone">,
  environment: string,
  { drill, steps }: { readonly drill: boolean; readonly steps: readonly PlanStep[] },
): readonly Freeze[] {
  if (!drill && !steps.some(isFault)) return [];
  return config.freezes
    .filter(({ environments }) => environments?.includes(environment) ?? true)
    .map(({ source: _s, environments: _e, ...freeze }) => ({ ...freeze, zone }));
}

/** Why it must not be done now: code of the refusal, reason of a step whose turn has come, and what is to be said. */
interface Hindrance {
  readonly code: string;
  readonly reason: string;
  readonly args: Readonly<Record<string, string>>;
}

type Quiet = Pick<Plan, "sessions" | "freezes" | "environment" | "drill"> & { readonly runbook?: string };

function inSession({ sessions = [], environment }: Quiet, now: number): Hindrance | undefined {
  for (const session of sessions) {
    const found = sessionNow(session, now);
    const args = { environment, id: session.id, zone: session.zone };
    if (found.state === "on") {
      const { from, to } = found.hours;
      return { code: "RUN-SESSION", reason: "fault-in-session", args: { ...args, from, to } };
    }
    if (found.state === "unknown")
      return {
        code: "RUN-SESSION-UNKNOWN",
        reason: "fault-session-unknown",
        args: { ...args, until: session.knownUntil },
      };
  }
  return undefined;
}

function inFreeze({ freezes = [], environment, runbook = "–" }: Quiet, now: number): Hindrance | undefined {
  const found = frozenAt(freezes, now);
  if (!found) return undefined;
  const { id, from, to = "–", reason, incident, zone } = found;
  const args = { environment, runbook, id, from, to, because: reason, zone };
  if (incident !== undefined) return { code: "DRILL-INCIDENT", reason: "fault-incident", args: { ...args, incident } };
  return { code: "DRILL-FROZEN", reason: "fault-frozen", args };
}

function outsideHours({ drill, environment, runbook = "–" }: Quiet, now: number): Hindrance | undefined {
  if (!drill?.window || drill.outsideWindow !== undefined) return undefined;
  const { from, to, zone } = drill.window;
  const hours = windowAt({ from, to }, now, zone);
  if (hours.open) return undefined;
  const args = { environment, runbook, window: `${from}-${to}`, zone, opens: shownMoment(hours.opens, zone) };
  return { code: "DRILL-OUTSIDE-WINDOW", reason: "fault-outside-window", args };
}

const hindrance = (plan: Quiet, now: number): Hindrance | undefined =>
  inSession(plan, now) ?? inFreeze(plan, now) ?? outsideHours(plan, now);

/**
 * What breaks something waits until nobody trades, no freeze or incident holds and its hours have come; a calendar that does not know
 * the day refuses it too. Throws RUN-SESSION, RUN-SESSION-UNKNOWN, DRILL-FROZEN, DRILL-INCIDENT, DRILL-OUTSIDE-WINDOW.
 */
export function mustBeQuiet(plan: Quiet, now: number): void {
  const found = hindrance(plan, now);
  if (found) throw new WatchbookError(found.code, found.args);
}

/** The same for one step whose turn has come: hours may lie between the beginning of a run and its fault. */
export function heldBack(plan: Quiet, step: PlanStep, now: number): Omit<AttemptEnd, "seconds"> | undefined {
  const found = isHit(step) ? hindrance(plan, now) : undefined;
  return found && { ending: "failed", reason: found.reason, args: found.args };
}
