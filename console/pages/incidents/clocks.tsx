import { useEffect, useState, type ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { wallNow } from "../../app/clock.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { CLOCK } from "./looks.ts";

type Clock = IncidentShown["clocks"][number];

/** The moment, anew each second while something counts down. */
function useSecond(runs: boolean): number {
  const [now, tell] = useState(wallNow);
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => tell(wallNow()), 1_000);
    return () => clearInterval(timer);
  }, [runs]);
  return now;
}

/** Both clocks: how long is left, by when; paused ones say so. Nothing is read aloud each second. */
export function Clocks({ of }: { readonly of: readonly Clock[] }): ReactNode {
  const { incidents: words } = useTexts();
  const now = useSecond(of.some(({ stopped }) => !stopped));
  if (of.length === 0) return <p className="text-[0.9rem] text-quiet">{words.noClocks}</p>;
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {of.map((clock) => (
        <li key={clock.clock} data-clock={clock.clock} className="flex flex-wrap items-center gap-x-2">
          <Badge state={CLOCK[clock.state]} word={words.clocks[clock.clock]} />
          <span className="figures">
            <Said clock={clock} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Said({ clock, now }: { readonly clock: Clock; readonly now: number }): ReactNode {
  const { incidents } = useTexts();
  const { clock: words } = incidents;
  const times = useTimes();
  const { limitMs, usedMs, state, stopped, due } = clock;
  const span = (ms: number): string => times.span(ms / 1_000);
  const spans = { used: span(usedMs), limit: span(limitMs), left: span(limitMs - usedMs) };
  if (state === "paused") return format(words.still, spans);
  if (stopped) return format(state === "broken" ? words.broken : words.kept, spans);
  if (due === undefined) return format(state === "broken" ? words.broken : words.left, spans);
  const at = times.at(due);
  if (state === "broken" || due <= now) return format(words.late, { late: span(now - due), at });
  return format(words.due, { left: span(due - now), at });
}
