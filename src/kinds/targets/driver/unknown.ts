import { WatchbookError } from "../../../model/error.ts";
import { nearest } from "../../../model/nearest.ts";

/** Refuses a name that the target does not know, with the one that was meant or all there are. */
export function mustKnow(target: string, names: readonly string[], known: readonly string[]): void {
  const name = names.find((each) => !known.includes(each));
  if (name === undefined) return;
  throw new WatchbookError("TARGET-THING-UNKNOWN", {
    target,
    name,
    known: nearest(name, known) ?? known.join(", "),
  });
}
