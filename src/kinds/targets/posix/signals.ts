import { constants } from "node:os";

/** Of two names for one number (SIGABRT, SIGIOT) the first stays. */
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

/** Name of a signal, `SIGTERM`; undefined: there is none of this number. */
export const signalOf = (number: number): string | undefined => NAMES.get(number);
