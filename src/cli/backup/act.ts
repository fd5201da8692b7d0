import { WatchbookError, type Exit } from "../../model/error.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { BackupSpec } from "../../model/backup.ts";
import { windowAt } from "../../model/window.ts";
import { momentSay } from "../../report/inspection/say.ts";
import { mayAsk } from "../inspect/alone.ts";
import { askTyped } from "../run/ask.ts";
import type { RunsDesk } from "../runs/desk.ts";
import { dryRun } from "../run/dry.ts";
import { execute } from "../run/execute.ts";
import { textOf } from "../run/request.ts";
import { deskOf } from "../runs/at.ts";
import type { Call } from "../verb.ts";
import { namedBackup, requestFor } from "./named.ts";
import { placeOf } from "./place.ts";

/** Whether it is meant outside of its hours too: whoever asks then means it. Throws BACKUP-OUTSIDE-WINDOW. */
async function meantOutside(
  call: Call,
  { id, window, source }: BackupSpec,
  { book, lang }: RunsDesk,
): Promise<boolean> {
  if (!window) return false;
  if (call.values["outside-window"] === true) return true;
  const hours = windowAt(window, call.world.clock.wall(), book.zone);
  if (hours.open || call.values["dry-run"] === true) return false;
  const args = {
    name: id,
    window: `${window.from}-${window.to}`,
    zone: book.zone,
    opens: momentSay(hours.opens, book.zone),
  };
  const given = mayAsk(call)
    ? await askTyped(call.world, format(texts(lang).backups.said.outsideAsk, args), lang)
    : undefined;
  call.world.signal.throwIfAborted();
  if (given !== id) throw new WatchbookError("BACKUP-OUTSIDE-WINDOW", args, { source });
  return true;
}

/** Takes a set now: it only adds, so nothing more is asked. */
export async function take(call: Call, name: string | undefined): Promise<Exit> {
  await using desk = await deskOf(call);
  const backup = namedBackup(desk.book, name);
  const outside = (await meantOutside(call, backup, desk)) && backup.every !== "hourly";
  const request = requestFor(call, desk.book, backup, "backup", outside ? { OUTSIDE_WINDOW: "yes" } : {});
  if (call.values["dry-run"] === true) return await dryRun(call, desk, (await desk.plan(request)).plan);
  return await execute(call, desk, request);
}

/** Looks at every byte of a set, where it was taken or in a second place. */
export async function verify(call: Call, name: string | undefined): Promise<Exit> {
  await using desk = await deskOf(call);
  const [set, from] = [textOf(call.values, "set"), textOf(call.values, "from")];
  const backup = namedBackup(desk.book, name);
  const place = placeOf(backup, from);
  const params = { ...(set !== undefined && { SET: set }), ...(place && from !== undefined && { FROM: from }) };
  return await execute(call, desk, requestFor(call, desk.book, backup, place ? "examine-copies" : "examine", params));
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
