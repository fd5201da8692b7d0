import { z } from "zod";
import { defineStep } from "../../model/step.ts";

const params = z.strictObject({
  what: z.enum(["place", "set"]).describe("place: it goes with the place of the restore; set: it stays, as a set."),
});
type Params = z.infer<typeof params>;

const WHERE: Readonly<Record<Params["what"], string>> = { place: "rm -r PLACE/RUN: find.undo", set: "REPOSITORY/RUN" };

/** Undo of what touches nothing that is in use: nothing has to be put back. */
export const restoreLeaveStep = defineStep<Params>({
  kind: "restore-leave",
  params,
  made: true,
  view: ({ what }) => ({ command: WHERE[what], risk: "read", sudo: false }),
  perform: () => Promise.resolve({ ending: "ok", seconds: 0 }),
  recall: () => Promise.resolve({ state: "ended", end: { ending: "ok", seconds: 0 } }),
});
