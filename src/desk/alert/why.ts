import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Alert, AlertGroup, NoticeRecord } from "../../model/alert.ts";
import { severityOf } from "./desk.ts";

/** A step of the chain that nobody was told by, or somebody in it who was passed over, and why. */
export interface NotTold {
  /** From 1. */
  readonly step: number;
  readonly receivers: readonly string[];
  /** nobody: a rota in which nobody stood · unreached: a person to whom no channel led. */
  readonly why: "acknowledged" | "over" | "held" | "due" | "nobody" | "unreached";
  /** Who acknowledged. */
  readonly by?: string;
  /** When it is due, milliseconds since the epoch. */
  readonly at?: number;
}

/** Who was told of an alert, when and by what; who was not, and why. */
export interface Why {
  readonly alert: Alert;
  /** Notices that name it, oldest first. */
  readonly notices: readonly NoticeRecord[];
  readonly notTold: readonly NotTold[];
  readonly ack?: NonNullable<AlertGroup["ack"]>;
}

/** Groups that an alert can have been told in: those that went on while it lasted, or know it still. */
export const groupsOf = ({ id, started, ended }: Alert, groups: readonly AlertGroup[]): readonly AlertGroup[] =>
  groups.filter(
    (group) =>
      group.members.includes(id) ||
      (group.opened <= (ended ?? Number.POSITIVE_INFINITY) && started <= (group.ended ?? Number.POSITIVE_INFINITY)),
  );

function reasonOf(alert: Alert, group: AlertGroup | undefined): Omit<NotTold, "step" | "receivers"> {
  if (alert.ended !== undefined) {
    const acked = alert.trail.findLast(({ did }) => did === "acknowledged");
    return acked ? { why: "acknowledged", by: String(acked.args["by"]) } : { why: "over" };
  }
  if (alert.hold) return { why: "held" };
  if (group?.ack?.alerts.includes(alert.id)) return { why: "acknowledged", by: group.ack.by, at: group.ack.until };
  return { why: "due", ...(group?.chain && { at: group.chain.due }) };
}

/** Those whose turn came and who could not be told, each once by step, with the last time. */
function passedOver({ trail }: Alert): readonly NotTold[] {
  const found = trail.flatMap(({ at, did, args }): NotTold[] => {
    const who = did === "nobody" ? args["rota"] : did === "unreached" ? args["person"] : undefined;
    if (who === undefined) return [];
    return [{ step: Number(args["step"]), receivers: [String(who)], why: did as "nobody" | "unreached", at }];
  });
  return [...new Map(found.map((one) => [JSON.stringify([one.step, one.why, one.receivers]), one])).values()];
}

/** Pure. `groups`: those that name it; `notices`: theirs. */
export function whyOf(
  alert: Alert,
  groups: readonly AlertGroup[],
  notices: readonly NoticeRecord[],
  policy: AlertPolicy,
): Why {
  const own = notices
    .filter(({ ids }) => ids.includes(alert.id))
    .toSorted((a, b) => a.at - b.at || a.number - b.number);
  const told = new Set(own.filter(({ because }) => !because.told).map(({ because }) => because.step));
  const group = groups.find(({ ended }) => ended === undefined) ?? groups[0];
  const { chain } = severityOf(policy, alert.severity);
  const passed = passedOver(alert);
  const notTold = chain.steps.flatMap((step, index): NotTold[] => {
    const here = passed.filter((one) => one.step === index + 1);
    if (told.has(index)) return here;
    const receivers = [...step.rotas, ...step.people, ...step.channels];
    // Its turn has come and gone: it waits for nothing more.
    if (here.length > 0) return here;
    return [{ step: index + 1, receivers, ...reasonOf(alert, group) }];
  });
  const ack = group?.ack;
  return { alert, notices: own, notTold, ...(ack?.alerts.includes(alert.id) && { ack }) };
}
