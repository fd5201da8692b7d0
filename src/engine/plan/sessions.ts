import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { AttemptEnd } from "../../model/journal.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import type { Environment } from "../../model/policy.ts";
import { sessionNow, type TradingSessions } from "../../model/session.ts";

/** It breaks something on purpose. */
const isFault = ({ kind }: Pick<PlanStep, "kind">): boolean => kind === "fault" || kind.endsWith("-fault");

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

/** Why no fault may be injected at this moment; undefined when nobody trades. */
function hindrance(
  { sessions = [], environment }: Pick<Plan, "sessions" | "environment">,
  now: number,
): { readonly state: "on" | "unknown"; readonly args: Readonly<Record<string, string>> } | undefined {
  for (const session of sessions) {
    const found = sessionNow(session, now);
    const args = { environment, id: session.id, zone: session.zone };
    if (found.state === "on") return { state: "on", args: { ...args, from: found.hours.from, to: found.hours.to } };
    if (found.state === "unknown") return { state: "unknown", args: { ...args, until: session.knownUntil } };
  }
  return undefined;
}

/** A run that injects a fault waits until nobody trades; a calendar that does not know the day refuses it too. Throws RUN-SESSION, RUN-SESSION-UNKNOWN. */
export function mustBeQuiet(plan: Pick<Plan, "sessions" | "environment">, now: number): void {
  const found = hindrance(plan, now);
  if (found) throw new WatchbookError(found.state === "on" ? "RUN-SESSION" : "RUN-SESSION-UNKNOWN", found.args);
}

/** The same for one step whose turn has come: hours may lie between the beginning of a run and its fault. */
export function heldBack(plan: Plan, step: PlanStep, now: number): Omit<AttemptEnd, "seconds"> | undefined {
  const found = isFault(step) ? hindrance(plan, now) : undefined;
  if (!found) return undefined;
  const { args, state } = found;
  return { ending: "failed", reason: state === "on" ? "fault-in-session" : "fault-session-unknown", args };
}
