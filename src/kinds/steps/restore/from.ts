import { z } from "zod";
import type { StepContext } from "../../../model/step.ts";
import { copyPlace, placeName, type CopyPlace } from "../copy/places.ts";
import { refused } from "../ending/ended.ts";
import { valueOf } from "../params/values.ts";

/** Second places from which a set may be brought, in the order of the book. */
export const also = {
  also: z
    .array(z.strictObject({ name: z.string().min(1).optional(), to: copyPlace }))
    .default([])
    .describe("Second places, by number from 2 on or by name."),
};
type Also = z.infer<typeof also.also>;

/** How people name them: `1 (/var/backups/shop), 2 = nas (/mnt/nas)`. */
const known = (into: string, places: Also): string =>
  [
    `1 (${into})`,
    ...places.map(
      ({ name, to }, index) => `${[index + 2, ...(name === undefined ? [] : [name])].join(" = ")} (${placeName(to)})`,
    ),
  ].join(", ");

interface Given {
  readonly into: string;
  readonly also: Also;
}

/** Number of the place that the run's parameter FROM names: 1 is the repository itself. Throws Ended `restore-from`. */
export function placeNumber({ into, also: places }: Given, context: Pick<StepContext, "env">): number {
  const from = Object.hasOwn(context.env, "FROM") ? valueOf(context, "FROM") : "1";
  if (from === "1") return 1;
  const found = places.findIndex(({ name }, index) => from === name || from === String(index + 2));
  if (found === -1) throw refused("restore-from", { from, known: known(into, places) });
  return found + 2;
}

/** The second place that the run's parameter FROM names; undefined: the repository itself. Throws Ended `restore-from`. */
export const placeFrom = (given: Given, context: Pick<StepContext, "env">): CopyPlace | undefined =>
  given.also[placeNumber(given, context) - 2]?.to;
