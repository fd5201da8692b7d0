import type { ReactNode } from "react";
import { status } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Badge } from "../../ui/badge.tsx";

const ORDER = ["fail", "unknown", "warn", "unread", "pass"] as const;

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** How many checks stand how; never green as long as one is unknown or unread. */
export function Strip(): ReactNode {
  const { today, states } = useTexts();
  const now = useRead(status);
  return (
    <Section title={today.checks} aside={now.data && sum(Object.values(now.data.checks))}>
      <Loaded of={now}>
        {({ checks: counts }) => {
          const there = ORDER.filter((state) => counts[state] > 0);
          return (
            <p className="flex flex-wrap gap-2">
              {there.map((state) => (
                <Badge key={state} state={state} word={`${counts[state]} ${states[state]}`} />
              ))}
              {there.length === 0 && <span className="text-quiet">{today.wellNoChecksFix}</span>}
            </p>
          );
        }}
      </Loaded>
    </Section>
  );
}
