import { z } from "zod";
import { alarmsOf, type Alarm } from "../../model/backup-alarm.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { listSets } from "../backups/repository/list.ts";
import { repository } from "./backup/fields.ts";
import { repositoryOf } from "./backup/where.ts";
import { ended } from "./ending/ended.ts";

const params = z.strictObject({
  ...repository,
  shrink: z.number().min(0).max(1).optional().describe("Part of the usual size that may be missing without a word."),
  unchanged: z.int().min(1).optional().describe("Seconds for which a part may stay byte for byte the same."),
});
type Params = z.infer<typeof params>;

async function watch(given: Params, context: StepContext) {
  const { shrink, unchanged, sudo } = given;
  const sets = await listSets(context.reach, { folder: repositoryOf(given), sudo }, context.signal);
  const wanted: Alarm = {
    ...(shrink !== undefined && { shrink }),
    ...(unchanged !== undefined && { unchangedMs: unchanged * 1000 }),
  };
  const found = alarmsOf(sets, wanted, context.clock.wall());
  const outputs = {
    ALARMS: found
      .filter(({ level }) => level === "alarm")
      .map(({ code }) => code)
      .join(" "),
  };
  const [first] = found;
  return { ending: "ok" as const, outputs, ...(first && { reason: first.code, args: first.args }) };
}

/** Compares the set that was just taken with those before it: a copy that shrank, or never changes, is told. Output: ALARMS. */
export const backupWatchStep = defineStep<Params>({
  kind: "backup-watch",
  params,
  made: true,
  view: ({ set, into, shrink, unchanged, sudo }) => ({
    command: [
      `${into}/${set}:`,
      ...(shrink === undefined ? [] : [`shrink ${Math.round(shrink * 100)} %`]),
      ...(unchanged === undefined ? [] : [`unchanged ${unchanged} s`]),
    ].join(" "),
    risk: "read",
    sudo,
  }),
  perform: (given, context) => ended(context, () => watch(given, context)),
});
