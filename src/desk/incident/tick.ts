import type { NoticeRecord } from "../../model/alert.ts";
import { CLOCKS, isGoingOn, type ClockName, type Incident, type Limit } from "../../model/incident.ts";
import { clockNow } from "../../model/incident-clocks.ts";
import { tell, type Given } from "./tell.ts";
import { entered } from "./timeline.ts";
import type { Step } from "./advance.ts";

const withLimit = (incident: Incident, clock: ClockName, limit: Limit): Incident => ({
  ...incident,
  clocks: { ...incident.clocks, limits: { ...incident.clocks.limits, [clock]: limit } },
});

const argsOf = (clock: ClockName, { ms }: Limit, usedMs: number) => ({
  clock,
  minutes: Math.round(ms / 60_000),
  used: Math.round(usedMs / 60_000),
  left: Math.max(0, Math.round((ms - usedMs) / 60_000)),
});

/** What one clock has to say now: that its limit is nearly used up, or that it is; each once. */
function one(incident: Incident, clock: ClockName, given: Given): Step {
  const limit = incident.clocks.limits[clock];
  const now = clockNow(incident.clocks, clock, given.now);
  if (!limit || !now || now.stopped || limit.broken) return { incident, notices: [] };
  const broken = now.usedMs > limit.ms;
  const warned = !limit.warned && now.usedMs >= limit.ms * given.policy.warn;
  if (!broken && !warned) return { incident, notices: [] };
  const args = argsOf(clock, limit, now.usedMs);
  const what = broken ? "broken" : "warned";
  const marked = withLimit(incident, clock, { ...limit, warned: true, ...(broken && { broken }) });
  return tell(entered(marked, { kind: what, args }, given.now), what, args, given);
}

/** Time went by. */
export function tick(incident: Incident, given: Given): Step {
  if (!isGoingOn(incident)) return { incident, notices: [] };
  return CLOCKS.reduce<{ readonly incident: Incident; readonly notices: readonly NoticeRecord[] }>(
    (step, clock) => {
      const next = one(step.incident, clock, given);
      return { incident: next.incident, notices: [...step.notices, ...next.notices] };
    },
    { incident, notices: [] },
  );
}

/** Limits that were passed when it ended are on record, also when nobody looked in between. */
export const markBroken = (incident: Incident, now: number): Incident =>
  CLOCKS.reduce((sum, clock) => {
    const limit = sum.clocks.limits[clock];
    const state = clockNow(sum.clocks, clock, now);
    if (!limit || limit.broken || state?.state !== "broken") return sum;
    const marked = withLimit(sum, clock, { ...limit, warned: true, broken: true });
    return entered(marked, { kind: "broken", args: argsOf(clock, limit, state.usedMs) }, now);
  }, incident);
