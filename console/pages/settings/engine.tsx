import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { health } from "../../api/people.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "./facts.tsx";

/** Asked again after so many milliseconds, while the page is open: nothing rings for it. */
const EVERY = 5_000;

/** How the daemon and its store are; not how that is what they watch. */
export function Engine(): ReactNode {
  const { settings } = useTexts();
  const { system: words } = settings;
  const { lang } = usePrefs();
  const times = useTimes();
  const ago = (seconds: number | null): string =>
    seconds === null ? words.never : format(words.ago, { age: times.span(seconds) });
  return (
    <Section title={words.engine}>
      <Loaded of={useQuery({ ...health(lang), refetchInterval: EVERY })}>
        {({ at, status, watching, ages, daemon }) => (
          <Facts>
            <Fact name={words.state}>
              <Badge state={status === "ok" ? "ok" : "error"} /> {watching ? words.watching.yes : words.watching.no}
            </Fact>
            {daemon.ill !== null && (
              <Fact name={words.ill}>
                {daemon.ill.say} {daemon.ill.fix}
              </Fact>
            )}
            <Fact name={words.version}>{daemon.version}</Fact>
            <Fact name={words.host}>
              {format(words.hostSay, { host: daemon.host, pid: daemon.pid, started: times.at(daemon.started) })}
            </Fact>
            <Fact name={words.loop}>{ago(Math.max(0, at - daemon.lastTick) / 1_000)}</Fact>
            <Fact name={words.reading}>{ago(ages.reading)}</Fact>
            <Fact name={words.commit}>{ago(ages.commit)}</Fact>
            <Fact name={words.heartbeat}>{ago(ages.heartbeat)}</Fact>
            <Fact name={words.listen}>
              <code>{daemon.listen.join(" · ")}</code>
            </Fact>
          </Facts>
        )}
      </Loaded>
    </Section>
  );
}
