import type { Incident, LinkedAlert, PathReading } from "./incident.ts";

/** How the user's path stands, and by what. */
export type PathNow =
  | { readonly state: "green"; readonly by: "measured" | "word" }
  | { readonly state: "red"; readonly alerts: readonly LinkedAlert[]; readonly readings: readonly PathReading[] }
  | { readonly state: "unknown"; readonly unread: readonly string[] };

/** Whether an alert says that users are hit: the one it was declared from, and those of the path itself. */
export const tells = (
  { origin, path }: Pick<Incident, "origin" | "path">,
  { id, check }: Pick<LinkedAlert, "id" | "check">,
): boolean => (origin.kind === "alert" && origin.alert === id) || path.includes(check);

/** The newest reading of each check of the path that was made after everything that spoke against it. Pure. */
export function pathNow(incident: Incident): PathNow {
  const { path, readings, word } = incident;
  const alerts = incident.alerts.filter((alert) => tells(incident, alert));
  const open = alerts.filter(({ ended }) => ended === undefined);
  const after = Math.max(0, ...alerts.map(({ ended = 0 }) => ended));
  const fresh = readings.filter(({ at }) => at >= after);
  const failed = fresh.filter(({ outcome }) => outcome === "fail" || outcome === "warn");
  if (open.length + failed.length > 0) return { state: "red", alerts: open, readings: failed };
  const passes = ({ outcome, at }: PathReading): boolean => outcome === "pass" && at >= after;
  const unread = path.filter((check) => {
    const own = readings.filter((one) => one.check === check);
    return own.length === 0 || !own.every(passes);
  });
  if (path.length > 0 && unread.length === 0) return { state: "green", by: "measured" };
  if (word && word.at >= after)
    return word.says === "green" ? { state: "green", by: "word" } : { state: "red", alerts: [], readings: [] };
  return { state: "unknown", unread };
}

/** Readings with newer ones of the same checks in their place, wherever the book had them read before. */
export const withReadings = (before: readonly PathReading[], newer: readonly PathReading[]): readonly PathReading[] => [
  ...before.filter(({ check }) => !newer.some((one) => one.check === check)),
  ...newer,
];

/** The same after the wall clock was set by so many milliseconds: what was after an alert is still after it. */
export const movedPath = (incident: Incident, by: number): Incident => ({
  ...incident,
  readings: incident.readings.map((one) => ({ ...one, at: one.at + by })),
  alerts: incident.alerts.map(({ started, ended, ...rest }) => ({
    ...{ ...rest, started: started + by },
    ...(ended !== undefined && { ended: ended + by }),
  })),
  ...(incident.word && { word: { ...incident.word, at: incident.word.at + by } }),
});
