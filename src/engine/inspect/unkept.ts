import { dirname } from "node:path";
import type { Duty } from "../../model/duty.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";
import type { Store } from "../../store/store.ts";
import { isUnwritten } from "../../store/refusal.ts";
import type { House, OpenBook } from "../house.ts";
import { placeOf, periodFor, runId } from "./claim.ts";
import { look } from "./look.ts";
import type { InspectOptions } from "./look.ts";
import { Trace } from "./trace.ts";

/**
 * Why nothing of an inspection was written, and where: INSPECTION-NOT-KEPT with the folder and the store's own code when
 * the disk takes nothing; any other error stays as it is.
 */
export function notKept(house: Pick<House, "data">, refused: WatchbookError): WatchbookError {
  if (!isUnwritten(refused)) return refused;
  const { file, detail } = refused.args;
  const folder = typeof file === "string" ? dirname(file) : house.data;
  // The system's own word says more than ours: no permission, or a disk that was mounted read-only.
  const why = typeof detail === "string" && /^E[A-Z]+$/.test(detail) ? detail : `disk:${refused.code}`;
  return new WatchbookError("INSPECTION-NOT-KEPT", { folder, why }, { cause: refused });
}

/** Earlier values where they can be read; a disk that gives nothing is as a first run. */
const earlier =
  (store: Pick<Store, "samples">): Store["samples"] =>
  async (query) => {
    try {
      return await store.samples(query);
    } catch (error) {
      if (!isUnwritten(error)) throw error;
      return [];
    }
  };

/**
 * Does a duty where nothing can be written: measures, asks and judges, but claims no period and changes no state. Throws
 * what a wrong period throws.
 */
export function unkept(house: House, open: OpenBook, duty: Duty, options: InspectOptions): Promise<Inspection> {
  const { book } = open;
  const now = house.clock.wall();
  const period = periodFor(duty, book, now, options.period);
  const begun = { duty: duty.id, title: duty.title, period, started: now, by: options.by, place: placeOf(house, open) };
  const looking = { ...house, store: { samples: earlier(house.store) } };
  return look(looking, open, duty, { run: runId(duty.id, now), period, begun }, options, new Trace(house.clock));
}
