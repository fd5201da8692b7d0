import type { Incident, PathReading } from "../../model/incident.ts";
import type { Looking, OpenBook } from "../house.ts";
import { measure } from "../inspect/measure.ts";

/** Reads the whole of the user's path now; a check that left the book is unknown. */
export async function lookAtPath(
  house: Looking,
  open: OpenBook,
  { path }: Incident,
  stop: AbortSignal,
): Promise<readonly PathReading[]> {
  const specs = open.book.checks.filter(({ id }) => path.includes(id));
  const readings = await measure(house, open, specs, { inFlight: 4, stop, onReading: () => undefined });
  const known = readings.map(({ check, target, outcome, at, reason }) => ({ check, target, outcome, at, reason }));
  const gone = path.filter((check) => !known.some((one) => one.check === check));
  const at = house.clock.wall();
  return [...known, ...gone.map((check) => ({ check, target: "", outcome: "unknown" as const, at }))];
}
