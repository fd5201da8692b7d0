import type { Escalation } from "../../model/alert-policy.ts";
import type { Alert, AlertGroup, ChainState } from "../../model/alert.ts";
import { severityOf, type Work } from "./desk.ts";
import { callingOf, isHeld } from "./escalate.ts";
import { calledBy, receiverKey } from "./receivers.ts";
import { tell } from "./tell.ts";

/** Steps that were told by now: those before the next one, all of them after the first round. */
const toldSteps = ({ steps }: Escalation, { step, round }: ChainState) => (round > 0 ? steps : steps.slice(0, step));

/**
 * The shift has turned, or the rota was changed: whoever stands now in a step that was told before, and has heard nothing,
 * hears of what lasts and nobody has. Who stood there before stays told, and hears of the end.
 */
export function relieve(work: Work, group: AlertGroup, active: readonly Alert[]): AlertGroup {
  const { chain: at, told } = group;
  if (!at || told.length === 0 || isHeld(work, group) || callingOf(group, active).length === 0) return group;
  const { chain } = severityOf(work.policy, group.severity);
  const known = new Set(told.map(({ person }) => person));
  const coming = toldSteps(chain, at).flatMap((step, index) =>
    calledBy(work, step, group.subject)
      .called.filter(({ rota, person }) => rota !== undefined && !known.has(person))
      .map((to) => ({ to, because: { chain: chain.id, step: index, round: at.round, rota: to.rota! } })),
  );
  // Who stands in two steps is called by the first of them.
  const once = new Map(coming.toReversed().map((one) => [receiverKey(one.to), one]));
  return [...once.values()]
    .toReversed()
    .reduce((before, { to, because }) => tell(work, before, to, { event: "again", alerts: active, because }), group);
}
