import type { ReactNode } from "react";
import { checks } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Badge } from "../../ui/badge.tsx";

const ORDER = ["fail", "unknown", "warn", "unread", "pass"] as const;

/** How many checks stand how; never green as long as one is unknown or unread. */
export function Strip(): ReactNode {
  const { today, states } = useTexts();
  const now = useRead(checks);
  return (
    <Section title={today.checks} aside={now.data?.checks.length}>
      <Loaded of={now}>
        {({ checks: all }) => {
          const count = (state: string): number => all.filter(({ outcome }) => (outcome ?? "unread") === state).length;
          const there = ORDER.filter((state) => count(state) > 0);
          return (
            <p className="flex flex-wrap gap-2">
              {there.map((state) => (
                <Badge key={state} state={state} word={`${count(state)} ${states[state]}`} />
              ))}
              {there.length === 0 && <span className="text-quiet">{today.wellNoChecksFix}</span>}
            </p>
          );
        }}
      </Loaded>
    </Section>
  );
}
