import { z } from "zod";
import { windowAt, type WindowNow } from "../../../model/window.ts";

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** Hours of a backup, by the clocks of a zone. */
export const hours = {
  from: clock.describe("When its hours begin."),
  to: clock.describe("The first minute that is no longer in them."),
  zone: z.string().min(1).describe("Zone of these clocks."),
};
export type Hours = z.infer<z.ZodObject<typeof hours>>;

/** Parameter of a run by which a person means it, outside of its hours too: yes or no. */
export const OUTSIDE = "OUTSIDE_WINDOW";

/** When a run was begun, milliseconds since the epoch: its name has the moment of its creation in UTC. */
export function created(run: string): number {
  const [, y, mo, d, h, mi, s] = /^r(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(run) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/** The hours as they were when the run was begun. */
export const begunIn = ({ from, to, zone }: Hours, run: string): WindowNow =>
  windowAt({ from, to }, created(run), zone);
