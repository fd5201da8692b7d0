import type { ReactNode } from "react";
import { sessions } from "../../api/people.ts";
import { useAct } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { agentSaid } from "./agent.ts";

/** Where one is signed in, and the end of it. */
export function Sessions(): ReactNode {
  const { settings: words } = useTexts();
  const times = useTimes();
  const acting = useAct("session", "sessions");
  return (
    <Section title={words.sessions.title}>
      <Loaded of={useRead(sessions)}>
        {({ sessions: all }) => (
          <>
            {all.length === 0 && <Empty say={words.sessions.none} />}
            <ul>
              {all.map(({ id, agent, made, seen, ends, address, current }) => {
                const name = agentSaid(agent) || words.sessions.unknownAgent;
                const values = { made: times.at(made), seen: times.at(seen), address };
                return (
                  <li
                    key={id}
                    className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2 first:border-0 first:pt-0"
                  >
                    <div className="min-w-0 flex-1 basis-64">
                      <p className="flex flex-wrap items-center gap-2">
                        <span title={agent}>{name}</span>
                        {current && <Badge state="running" word={words.sessions.current} />}
                      </p>
                      <p className="text-[0.9rem] text-quiet">
                        {format(words.sessions.line, values)} · {format(words.sessions.ends, { at: times.at(ends) })}
                      </p>
                    </div>
                    <Button
                      disabled={acting.isPending}
                      aria-label={format(words.sessions.endOf, { agent: name })}
                      onClick={() =>
                        acting.mutate({ path: `/api/sessions/${encodeURIComponent(id)}`, method: "DELETE" })
                      }
                    >
                      {words.sessions.end}
                    </Button>
                  </li>
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
