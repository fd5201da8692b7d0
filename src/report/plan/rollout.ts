import { format } from "../../i18n/format.ts";
import type { Texts } from "../../i18n/texts.ts";
import type { Plan } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import { timeOf } from "./say.ts";

/** How a new version goes out, what is looked at, and what a failure does; undefined where the book does not say it. */
export function rolloutText({ rollout, steps }: Plan, words: Texts["plan"]): string | undefined {
  if (!rollout) return undefined;
  const { strategies, soak, gates, noGates, rollbacks, within, bare } = words.rollout;
  const alone = steps.filter(({ risk, undo }) => risk !== "read" && undo === undefined).map(({ id }) => printable(id));
  return [
    strategies[rollout.strategy],
    ...(rollout.soakMs > 0 ? [format(soak, { time: timeOf(rollout.soakMs, words) })] : []),
    rollout.gates.length === 0 ? noGates : format(gates, { gates: rollout.gates.map(printable).join(", ") }),
    rollbacks[rollout.rollback],
    ...(rollout.rollbackWithin === undefined
      ? []
      : [format(within, { time: timeOf(rollout.rollbackWithin * 1000, words) })]),
    ...(rollout.rollback === "none" || alone.length === 0 ? [] : [format(bare, { steps: alone.join(", ") })]),
  ].join(" · ");
}
