import { WatchbookError } from "../model/error.ts";
import type { Book } from "../model/book.ts";
import type { PlanRequest } from "../model/plan.ts";
import { findRunbook, specOf } from "../engine/plan/find.ts";
import { runOptions } from "./backup.ts";
import { environmentOf } from "./backup/named.ts";
import { dryRun } from "./run/dry.ts";
import { execute } from "./run/execute.ts";
import { requestOf, textOf } from "./run/request.ts";
import { deskOf } from "./runs/at.ts";
import type { Call, Verb } from "./verb.ts";

/** A backup's own name means the restore of its sets; anything else is a runbook. */
const runbookOf = ({ config }: Book, name: string): string =>
  config.backups.some(({ id }) => id === name) ? `restore-${name}` : name;

/** What is asked for, its environment that of the runbook's only targets where `--env` does not say it. */
function drillOf(call: Call, book: Book, name: string): PlanRequest {
  const runbook = runbookOf(book, name);
  const target = specOf(book, findRunbook(book, runbook))?.targets?.[0] ?? "";
  const env = environmentOf(call, book, target);
  const asked = requestOf({ ...call, positionals: [runbook], values: { ...call.values, env } }, book);
  const outside = textOf(call.values, "outside-window")?.trim();
  if (outside === "") throw new WatchbookError("DRILL-OUTSIDE-REASON");
  return { ...asked, drill: true, ...(outside !== undefined && { outsideWindow: outside }) };
}

/** Drills a runbook, or the restore of a backup: held to the manual's objectives. Without a name: what was promised and what was proven. */
export const drill: Verb = {
  name: "drill",
  words: 1,
  options: {
    ...runOptions,
    param: { type: "string", multiple: true },
    targets: { type: "string" },
    "inject-fault": { type: "string" },
    rehearse: { type: "boolean" },
    plan: { type: "string" },
    "outside-window": { type: "string" },
  },
  run: async (call: Call) => {
    const [name] = call.positionals;
    if (name === undefined) return await (await import("./drill/promises.ts")).promises(call);
    await using desk = await deskOf(call);
    const rehearse = call.values["rehearse"] === true;
    if (rehearse && call.values["detach"] !== undefined)
      throw new WatchbookError("RUN-ONLY-EXECUTE", { option: "detach" });
    const request = drillOf(call, desk.book, name);
    if (!rehearse) return await execute(call, desk, request);
    return await dryRun(call, desk, (await desk.plan({ ...request, rehearsal: true })).plan);
  },
};
