import { utc } from "../../model/time.ts";
import type { RunJudged } from "./judge.ts";
import { line, type Pair } from "./pair.ts";

/** Checks that had to hold while a drill went on, and the first of them that did not: what it read, and when. */
export function guardPairs({ plan, journal }: Pick<RunJudged, "plan" | "journal">): readonly Pair[] {
  const { guards, outsideWindow } = plan.drill ?? {};
  const all = (guards?.checks ?? []).map(({ id, target }) => `${id}@${target}`);
  const outside = outsideWindow === undefined ? [] : ([["OUTSIDE_WINDOW", line(outsideWindow)]] as const);
  if (all.length === 0) return outside;
  const seen = journal.find(({ entry }) => entry.type === "guard");
  const entry = seen?.entry.type === "guard" ? seen.entry : undefined;
  return [
    ...outside,
    ["GUARDS", line(all.join(","))],
    ["GUARDS_HELD", String(entry === undefined)],
    ...(entry && seen
      ? ([
          ["GUARD_BREACHED", line(`${entry.check}@${entry.where}`)],
          ["GUARD_READING", line([entry.outcome, entry.reason, entry.value ?? "-", entry.detail].join(" "))],
          ["GUARD_AT_UTC", utc(seen.wall)],
          ["GUARD_BROKE_OFF", String(entry.breaks)],
        ] as const)
      : []),
  ];
}
