import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { utc } from "../../model/time.ts";
import { repository } from "./backup/fields.ts";
import { begunIn, created, hours } from "./backup/hours.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({ ...repository, ...hours });
type Params = z.infer<typeof params>;

/** What is to be said of a run that is at its end at `now`. */
function said(given: Params, run: string, now: number) {
  const { from, to, zone } = given;
  const window = begunIn(given, run);
  const args = { window: `${from}-${to}`, zone };
  if (!window.open) return { reason: "backup-window-outside", args: { ...args, at: utc(created(run)) } };
  if (now < window.closes) return {};
  return { reason: "backup-window-closed", args: { ...args, minutes: Math.ceil((now - window.closes) / 60_000) } };
}

/** Says when a backup was still at work after its hours, or was begun outside of them. */
export const backupWindowStep = defineStep<Params>({
  kind: "backup-window",
  params,
  made: true,
  view: ({ from, to, zone, sudo }) => ({ command: `${from}-${to} ${zone}`, risk: "read", sudo }),
  perform: (given, context: StepContext) =>
    ended(context, () =>
      Promise.resolve({ ending: "ok" as const, ...said(given, context.attempt.run, context.clock.wall()) }),
    ),
});
