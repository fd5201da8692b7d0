import { z } from "zod";
import type { Desired } from "../../model/driver.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { duration } from "../checks/params/duration.ts";
import { bring, bringBack, remembered } from "./driver/carry.ts";
import { ended, refused } from "./ending/ended.ts";
import { shown, textOf, textOrValue } from "./params/values.ts";

const thing = z.looseObject({
  name: z.string().min(1).describe("Service, unit, deployment … as the target names it."),
  version: textOrValue.optional().describe("Image, package version … it is to have; `{value: NAME}` a value."),
  state: z.enum(["running", "stopped", "absent"]).optional().describe("State it is to be in."),
  replicas: z.int().nonnegative().optional().describe("How many of it."),
  restart: z.boolean().optional().describe("Restart it although nothing differs."),
});
const params = z
  .strictObject({
    things: z.array(thing).min(1).optional().describe("What is to be how; further fields are the target's own."),
    within: duration.default(120).describe("Time in which all of it must be well afterwards; unknown is not well."),
    restore: z.boolean().default(false).describe("Instead: bring back what was before the step that is undone."),
  })
  .refine(({ things, restore }) => (things === undefined) === restore, "things-or-restore");
type Params = z.infer<typeof params>;

function desiredOf({ things = [] }: Params, context: StepContext): readonly Desired[] {
  return things.map(({ version, ...rest }) => ({
    ...(rest as Omit<Desired, "version">),
    name: rest.name,
    ...(version !== undefined && { version: textOf(context, version) }),
  }));
}

function command({ things = [], restore }: Params): string {
  if (restore) return "restore";
  return things
    .map(({ name, version, ...rest }) =>
      [
        name,
        ...(version === undefined ? [] : [`version=${shown(version)}`]),
        ...Object.entries(rest)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`),
      ].join(" "),
    )
    .join("\n");
}

/** Brings what runs on a target (containers, units, deployments) to a wanted state through the target's own driver. */
export const driverStep = defineStep<Params>({
  kind: "driver",
  params,
  view: (given) => ({
    command: command(given),
    risk: (given.things ?? []).some(({ state }) => state === "absent") ? "destructive" : "write",
    sudo: false,
  }),
  byHand: () => "viewed",
  perform: (given, context) =>
    ended(context, () => {
      if (!given.restore) return bring(context, desiredOf(given, context), given.within);
      if (context.attempt.purpose !== "undo") throw refused("restore-is-undo");
      return bringBack(context, given.within);
    }),
  recall: (given, context) => remembered(context, desiredOf(given, context)),
});
