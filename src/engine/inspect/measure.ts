import type { CheckSpec, Reading } from "../../model/check.ts";
import type { Looking, OpenBook } from "../house.ts";
import { Reaches } from "../reaches.ts";
import { probe } from "./probe.ts";

/**
 * Does all checks, at most `inFlight` at a time, in the order given; `onReading` hears of each as it ends. Gives a
 * reading per check whatever happens: what `stop` cuts off is unknown.
 */
export async function measure(
  house: Looking,
  open: OpenBook,
  checks: readonly CheckSpec[],
  options: { readonly inFlight: number; readonly stop: AbortSignal; onReading(reading: Reading): void },
): Promise<readonly Reading[]> {
  await using reaches = new Reaches(house, open.book.config.targets, open.root);
  const readings: Reading[] = [];
  const waiting = checks.values();
  const worker = async (): Promise<void> => {
    for (const spec of waiting) {
      const reading = await probe(house, spec, () => reaches.get(spec.target ?? "local"), options.stop);
      readings.push(reading);
      options.onReading(reading);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.inFlight, checks.length) }, worker));
  return readings;
}
