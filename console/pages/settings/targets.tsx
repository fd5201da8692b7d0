import type { ReactNode } from "react";
import { targets } from "../../api/people.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";

const LOOK = { answers: "pass", partly: "warn", silent: "unknown", unasked: "unread" } as const;

/** Targets, and only what is known of them: nobody is asked for this. */
export function Targets(): ReactNode {
  const { settings } = useTexts();
  const { system: words } = settings;
  const times = useTimes();
  return (
    <Section title={words.targets}>
      <Loaded of={useRead(targets)}>
        {({ targets: all }) => (
          <>
            {all.length === 0 ? (
              <Empty say={words.targetsNone} fix={words.targetsFix} />
            ) : (
              <p className="mb-2 text-quiet">{words.targetsWhat}</p>
            )}
            <ul>
              {all.map(({ name, kind, environment, checks, answered, state }) => (
                <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2">
                  <span className="font-medium">{name}</span>
                  <span className="text-quiet">{[kind, environment].filter(Boolean).join(" · ")}</span>
                  <Badge state={LOOK[state]} word={words.states[state]} />
                  <span className="text-[0.9rem] text-quiet">
                    {format(words.checks, { count: checks })}
                    {answered !== null && ` · ${format(words.answered, { at: times.at(answered) })}`}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Section>
  );
}
