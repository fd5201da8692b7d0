import { shifts } from "../desk/rota/index.ts";
import type { Rota, Shift } from "../model/rota.ts";

const DAY_MS = 86_400_000;
/** What a calendar shows: the week before, and the next three months. */
const BEHIND = 7;
const AHEAD = 90;

/** Shifts of a feed from whole UTC days, so that two askings of one day give the same events. */
export function feedShifts(rota: Rota, now: number): readonly Shift[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return shifts(rota, today - BEHIND * DAY_MS, today + AHEAD * DAY_MS);
}
