import type { CheckSpec, Reading } from "../../model/check.ts";
import type { House, OpenBook } from "../house.ts";
import { measure } from "./measure.ts";

/** Reads one check of a book once and judges it, outside of any duty: for what the daemon shows between inspections. */
export async function probeOnce(house: House, open: OpenBook, spec: CheckSpec, signal: AbortSignal): Promise<Reading> {
  const [reading] = await measure(house, open, [spec], { inFlight: 1, stop: signal, onReading: () => undefined });
  return reading!;
}
