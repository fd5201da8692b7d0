import type { Escalation } from "../../model/alert-policy.ts";
import type { Alert, AlertGroup, ChainState } from "../../model/alert.ts";
import { noted, putAlert, severityOf, type Work } from "./desk.ts";
import { calledBy, sameReceiver, stepOf, type Called } from "./receivers.ts";
import { tell } from "./tell.ts";
import { anyOther } from "./pass.ts";

/** The step after one that was told; after the last round it is only repeated now and then, from the first step. */
function after({ steps, rounds }: Escalation, { step, round }: ChainState, now: number, repeatMs: number): ChainState {
  const { waitMs } = steps[Math.min(step, steps.length - 1)]!;
  if (step + 1 < steps.length) return { step: step + 1, round, due: now + waitMs };
  if (round + 1 < rounds) return { step: 0, round: round + 1, due: now + waitMs };
  return { step: 0, round: rounds, due: now + repeatMs };
}

/** Somebody who is to be told by a step and is not: a rota in which nobody stands, a person to whom no channel leads. */
type Passed = { readonly step: number } & ({ readonly rota: string } | { readonly person: string });

/** The first step from here in which somebody stands, and who was passed over on the way. */
function whom(work: Work, chain: Escalation, from: ChainState, subject: string) {
  const passed: Passed[] = [];
  for (let step = from.step; step < Math.max(chain.steps.length, from.step + 1); step += 1) {
    const found = calledBy(work, stepOf(chain, step), subject);
    passed.push(...found.gaps.map((rota) => ({ step, rota })), ...found.unreached.map((person) => ({ step, person })));
    if (found.called.length > 0) return { at: { ...from, step }, called: found.called, passed };
  }
  // Nobody at all: any channel is better than silence.
  return { at: from, called: anyOther(work, [], subject), passed };
}

function eventFor(group: AlertGroup, to: Called, calling: readonly Alert[]): "fire" | "again" | "escalate" {
  const told = group.told.find((one) => sameReceiver(one, to));
  if (!told) return group.told.length === 0 ? "fire" : "escalate";
  const known = new Set(told.alerts);
  return calling.every(({ id }) => known.has(id)) ? "again" : "fire";
}

/** What nobody has yet. */
export function callingOf(group: AlertGroup, active: readonly Alert[]): readonly Alert[] {
  const has = new Set(group.ack?.alerts ?? []);
  return active.filter(({ id }) => !has.has(id));
}

/** What was told before a restart calls nobody until it was looked at. */
export const isHeld = (work: Work, group: AlertGroup): boolean =>
  !work.settled && group.told.length > 0 && group.opened < (work.begun ?? Number.POSITIVE_INFINITY);

/**
 * The step of the chain that is due: whoever stands in it is told. Alerts that somebody has call nobody; nor does what was
 * told before a restart, until it was looked at.
 */
export function escalate(work: Work, group: AlertGroup, active: readonly Alert[]): AlertGroup {
  const calling = callingOf(group, active);
  if (calling.length === 0) return group;
  const at = group.chain ?? { step: 0, round: 0, due: work.now };
  if (work.now < at.due || isHeld(work, group)) {
    return group.chain ? group : { ...group, chain: at };
  }
  const { chain } = severityOf(work.policy, group.severity);
  const found = whom(work, chain, at, group.subject);
  notePassed(work, calling, found.passed);
  const told = found.called.reduce(
    (before, to) =>
      tell(work, before, to, {
        event: eventFor(group, to, calling),
        alerts: active,
        because: {
          ...{ chain: chain.id, step: found.at.step, round: found.at.round },
          ...(to.rota !== undefined && { rota: to.rota }),
        },
      }),
    group,
  );
  return { ...told, chain: after(chain, found.at, work.now, work.policy.repeatMs) };
}

/** Who was passed over is noted with each alert: it is why somebody was not told. */
export function notePassed(work: Work, calling: readonly Alert[], all: readonly Passed[]): void {
  for (const { step, ...who } of all)
    for (const { key } of calling) {
      const alert = work.open.get(key)!;
      putAlert(work, noted(alert, "rota" in who ? "nobody" : "unreached", work.now, { ...who, step: step + 1 }));
    }
}
