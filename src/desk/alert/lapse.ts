import type { Work } from "./desk.ts";
import { end } from "./receive.ts";

/** Alerts of other systems that their source has not said again in time are over. */
export function lapse(work: Work): void {
  for (const alert of [...work.open.values()])
    if ((alert.outside?.until ?? Number.POSITIVE_INFINITY) <= work.now) end(work, alert, "lapsed");
}
