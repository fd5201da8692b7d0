import { WatchbookError } from "../model/error.ts";
import { dryRun } from "./run/dry.ts";
import { execute } from "./run/execute.ts";
import { requestOf } from "./run/request.ts";
import { deskOf } from "./runs/at.ts";
import type { Call, Verb } from "./verb.ts";

/** Options that mean nothing where nothing is begun. */
const ONLY_EXECUTE = ["detach", "wait", "yes", "take-over"] as const;

/** Shows the plan of a runbook; with `--execute`, does it. */
export const run: Verb = {
  name: "run",
  words: 1,
  options: {
    env: { type: "string" },
    execute: { type: "boolean" },
    param: { type: "string", multiple: true },
    targets: { type: "string" },
    step: { type: "string", multiple: true },
    "inject-fault": { type: "string" },
    reason: { type: "string" },
    by: { type: "string" },
    plan: { type: "string" },
    "output-file": { type: "string" },
    detach: { type: "boolean" },
    wait: { type: "boolean" },
    yes: { type: "boolean" },
    "take-over": { type: "boolean" },
    "no-ask": { type: "boolean" },
  },
  run: async (call: Call) => {
    const { values } = call;
    const executes = values["execute"] === true;
    const needless = ONLY_EXECUTE.find((name) => !executes && values[name] !== undefined);
    if (needless) throw new WatchbookError("RUN-ONLY-EXECUTE", { option: needless });
    await using desk = await deskOf(call);
    const request = requestOf(call, desk.book);
    if (executes) return await execute(call, desk, request);
    return await dryRun(call, desk, (await desk.plan(request)).plan);
  },
};
