import type { DutyNow as Now } from "../../engine/snapshot.ts";
import type { DutyNow } from "../contract.ts";

export function dutyView(now: Now): DutyNow {
  const { duty, last } = now;
  return {
    id: duty.id,
    title: duty.title,
    kind: duty.kind,
    every: duty.every ?? null,
    owner: duty.owner ?? null,
    source: duty.source,
    items: duty.items.map(({ id, text, checks, needs, source }) => ({
      id,
      text,
      checks: [...checks],
      needs: [...needs],
      source,
    })),
    state: now.state,
    period: now.period ?? null,
    due: now.due ?? null,
    next: [...now.next],
    missed: [...now.missed],
    last:
      last === undefined
        ? null
        : {
            id: last.id,
            period: last.period,
            ended: last.ended,
            verdict: last.verdict,
            by: last.by,
            open: last.items.filter((item) => item.outcome === "open").length,
          },
  };
}
