import type { Config } from "../../site/config.ts";
import { look, type Look } from "./look.ts";

const DAY_MS = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The session that is on at this moment, UTC; one that ends before it begins ends on the day after. */
export function sessionAt({ sessions, holidays = [] }: Config, now: number): string | undefined {
  const time = new Date(now).toISOString().slice(11, 16);
  const begins = (at: number): boolean => !holidays.includes(dayOf(at));
  const isOn = ([from, to]: readonly [string, string]): boolean =>
    from < to
      ? begins(now) && time >= from && time < to
      : (begins(now) && time >= from) || (begins(now - DAY_MS) && time < to);
  return sessions.find(isOn)?.join("-");
}

/** A calendar that does not know this day is none: what it would say is not guessed. */
export function looksAtSessions(config: Config, now: number): readonly Look[] {
  const { sessions, knownUntil } = config;
  const unknown = sessions.length > 0 && (knownUntil === undefined || dayOf(now) > knownUntil);
  return [
    look("calendar", unknown ? `known until ${knownUntil ?? "nothing"}` : ""),
    look("session", sessionAt(config, now) ?? ""),
  ];
}
