import { WatchbookError, type Exit } from "../../model/error.ts";
import { dryRun } from "../run/dry.ts";
import { execute } from "../run/execute.ts";
import { textOf } from "../run/request.ts";
import { deskOf } from "../runs/at.ts";
import type { Call } from "../verb.ts";
import { namedBackup, requestFor } from "./named.ts";

/** Takes a set now: it only adds, so nothing more is asked. */
export async function take(call: Call, name: string | undefined): Promise<Exit> {
  await using desk = await deskOf(call);
  const request = requestFor(call, desk.book, namedBackup(desk.book, name), "backup");
  if (call.values["dry-run"] === true) return await dryRun(call, desk, (await desk.plan(request)).plan);
  return await execute(call, desk, request);
}

/** Looks at every byte of a set. */
export async function verify(call: Call, name: string | undefined): Promise<Exit> {
  await using desk = await deskOf(call);
  const set = textOf(call.values, "set");
  const backup = namedBackup(desk.book, name);
  return await execute(
    call,
    desk,
    requestFor(call, desk.book, backup, "examine", set === undefined ? {} : { SET: set }),
  );
}

/** Shows which sets would go; with `--execute` they go. Throws BACKUP-KEEP-ALL where none ever goes. */
export async function prune(call: Call, name: string | undefined): Promise<Exit> {
  await using desk = await deskOf(call);
  const backup = namedBackup(desk.book, name);
  if (Object.keys(backup.keep).length === 0)
    throw new WatchbookError("BACKUP-KEEP-ALL", { name: backup.id }, { source: backup.source });
  const request = requestFor(call, desk.book, backup, "prune");
  if (call.values["execute"] === true) return await execute(call, desk, request);
  const { willGo } = await import("./will-go.ts");
  return await willGo(call, desk.book, backup, desk.lang);
}
