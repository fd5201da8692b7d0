import type { ReactNode } from "react";
import { sessions } from "../../api/people.ts";
import { useAct } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { agentSaid } from "./agent.ts";
import { Endable } from "./endable.tsx";

/** Where one is signed in, and the end of it. */
export function Sessions(): ReactNode {
  const { sessions: words } = useTexts().settings;
  const times = useTimes();
  const acting = useAct("session", "sessions");
  return (
    <Section title={words.title}>
      <Loaded of={useRead(sessions)}>
        {({ sessions: all }) => (
          <>
            {all.length === 0 && <Empty say={words.none} />}
            <ul>
              {all.map(({ id, agent, made, seen, ends, address, current }) => {
                const name = agentSaid(agent) || words.unknownAgent;
                const values = { made: times.at(made), seen: times.at(seen), address };
                return (
                  <Endable
                    key={id}
                    head={
                      <>
                        <span title={agent}>{name}</span>
                        {current && <Badge state="running" word={words.current} />}
                      </>
                    }
                    line={`${format(words.line, values)} · ${format(words.ends, { at: times.at(ends) })}`}
                    end={words.end}
                    endOf={format(words.endOf, { agent: name })}
                    path={`/api/sessions/${encodeURIComponent(id)}`}
                    acting={acting}
                  />
                );
              })}
            </ul>
          </>
        )}
      </Loaded>
      {acting.error !== null && <Refusal error={acting.error} />}
    </Section>
  );
}
