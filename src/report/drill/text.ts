import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { columns } from "../columns.ts";
import { momentSay } from "../inspection/say.ts";
import type { Promised } from "./promises.ts";

/** Promises beside proofs, in columns. */
export function promisesText(promises: readonly Promised[], lang: Lang, zone: string): string {
  const { drills, runs } = texts(lang);
  const { head, states } = drills.table;
  const rows = promises.map(({ runbook, objective, state, best, worst, last, attempts, proven }) => {
    const value = (measured: number | undefined): string =>
      measured === undefined || !objective ? "–" : `${measured} ${runs.units[objective.unit]}`;
    return [
      runbook,
      objective ? runs.objectives[objective.name] : drills.table.works,
      objective ? `${objective.comparison} ${value(objective.value)}` : "–",
      states[state],
      value(last),
      value(worst),
      value(best),
      String(attempts),
      proven === undefined ? "–" : momentSay(proven, zone),
    ];
  });
  return columns(
    [
      [
        head.runbook,
        head.objective,
        head.promised,
        head.state,
        head.last,
        head.worst,
        head.best,
        head.attempts,
        head.proven,
      ],
      ...rows,
    ],
    "",
  );
}
