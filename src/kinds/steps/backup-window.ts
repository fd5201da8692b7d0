import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { utc } from "../../model/time.ts";
import { windowAt } from "../../model/window.ts";
import { repository } from "./backup/fields.ts";
import { ended } from "./ending/ended.ts";

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const params = z.strictObject({
  ...repository,
  from: clock.describe("When its hours begin."),
  to: clock.describe("The first minute that is no longer in them."),
  zone: z.string().min(1).describe("Zone of these clocks."),
});
type Params = z.infer<typeof params>;

/** A run's name has the moment of its creation in UTC. */
function created(run: string): number {
  const [, y, mo, d, h, mi, s] = /^r(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(run) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/** What is to be said of a run that began at `began` and is at its end at `now`. */
function said({ from, to, zone }: Params, began: number, now: number) {
  const hours = windowAt({ from, to }, began, zone);
  const args = { window: `${from}-${to}`, zone };
  if (!hours.open) return { reason: "backup-window-outside", args: { ...args, at: utc(began) } };
  if (now < hours.closes) return {};
  return { reason: "backup-window-closed", args: { ...args, minutes: Math.ceil((now - hours.closes) / 60_000) } };
}

/** Says when a backup was still at work after its hours, or was begun outside of them. */
export const backupWindowStep = defineStep<Params>({
  kind: "backup-window",
  params,
  made: true,
  view: ({ from, to, zone, sudo }) => ({ command: `${from}-${to} ${zone}`, risk: "read", sudo }),
  perform: (given, context: StepContext) =>
    ended(context, () => {
      const began = created(context.attempt.run);
      return Promise.resolve({ ending: "ok" as const, ...said(given, began, context.clock.wall()) });
    }),
});
