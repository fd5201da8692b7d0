import type { Escalation } from "../../model/alert-policy.ts";
import type { Alert, AlertGroup, ChainState } from "../../model/alert.ts";
import { severityOf, type Work } from "./desk.ts";
import { callingOf, isHeld, notePassed } from "./escalate.ts";
import { calledBy, receiverKey } from "./receivers.ts";
import { tell } from "./tell.ts";

/** A step that is due so soon calls by itself. */
const SOON_MS = 30_000;
/** Whoever heard so lately need not hear it again for having been away. */
const LATELY_MS = 600_000;

/** Steps that were told by now: those before the next one, all of them after the first round. */
const toldSteps = ({ steps }: Escalation, { step, round }: ChainState) => (round > 0 ? steps : steps.slice(0, step));

/**
 * The shift has turned, or the rota was changed: whoever comes to stand in a step that was told before hears of what lasts
 * and nobody has. Once for each coming, whatever becomes of the notice. Who stood there before stays told, and hears of the
 * end.
 */
export function relieve(work: Work, group: AlertGroup, active: readonly Alert[]): AlertGroup {
  const calling = callingOf(group, active);
  const { chain: at, told, stood } = group;
  if (!at || told.length === 0 || calling.length === 0 || isHeld(work, group)) return group;
  if (at.due - work.now < SOON_MS) return group;
  const { chain } = severityOf(work.policy, group.severity);
  const steps = toldSteps(chain, at);
  const standing = [...new Set(steps.flatMap(({ rotas }) => rotas.flatMap((rota) => work.onCall(rota, work.now))))];
  const same = standing.length === stood?.length && standing.every((person) => stood.includes(person));
  if (same) return group;
  const lately = told.filter((one) => one.at > work.now - LATELY_MS).map(({ person }) => person);
  // Who stood there at the first look was told by the chain.
  const coming = new Set(stood ? standing.filter((person) => ![...stood, ...lately].includes(person)) : []);
  let next: AlertGroup = { ...group, stood: standing };
  const called = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const found = calledBy(work, step, group.subject);
    const unreached = found.unreached.filter((person) => coming.has(person));
    notePassed(
      work,
      calling,
      unreached.map((person) => ({ step: index, person })),
    );
    for (const to of found.called) {
      if (to.rota === undefined || to.person === undefined || !coming.has(to.person)) continue;
      if (called.has(receiverKey(to))) continue;
      called.add(receiverKey(to));
      const because = { chain: chain.id, step: index, round: at.round, rota: to.rota };
      next = tell(work, next, to, { event: "again", alerts: active, because });
    }
  }
  return next;
}
