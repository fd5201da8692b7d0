import { WatchbookError } from "../model/error.ts";
import type { Book } from "../model/book.ts";
import { runOptions } from "./backup.ts";
import { namedBackup, requestFor } from "./backup/named.ts";
import { havingPlace, placeOf } from "./backup/place.ts";
import { dryRun } from "./run/dry.ts";
import { execute } from "./run/execute.ts";
import { textOf } from "./run/request.ts";
import { deskOf } from "./runs/at.ts";
import type { Call, Verb } from "./verb.ts";

const SET_ID = /^r\d{8}-\d{6}-[0-9a-f]{8}$/;

/** A set's own id is as good as the name of its backup: it is looked for in every repository. Throws BACKUP-NO-SET. */
async function chosen(call: Call, book: Book, name: string | undefined, from: string | undefined) {
  if (name === undefined || !SET_ID.test(name)) return { backup: namedBackup(book, name) };
  const { setsOf } = await import("./backup/seen.ts");
  for (const backup of havingPlace(book.config.backups, from))
    if ((await setsOf(call, book, backup, from)).some(({ id }) => id === name)) return { backup, set: name };
  throw new WatchbookError("BACKUP-NO-SET", { set: name });
}

/** Restores a set apart from what is in use, asks it what the book wants to know, and clears it away. */
export const restore: Verb = {
  name: "restore",
  words: 1,
  options: {
    ...runOptions,
    from: { type: "string" },
    over: { type: "boolean" },
    to: { type: "string" },
    set: { type: "string" },
    execute: { type: "boolean" },
  },
  run: async (call: Call) => {
    await using desk = await deskOf(call);
    const from = textOf(call.values, "from");
    const { backup, set = textOf(call.values, "set") } = await chosen(call, desk.book, call.positionals[0], from);
    const place = placeOf(backup, from);
    const to = textOf(call.values, "to");
    const { pointOf } = await import("../kinds/backups/repository/choose.ts");
    const { seedIn } = await import("../kinds/steps/restore/random.ts");
    // Nothing in use is replaced by what nobody chose.
    const drawn = to !== undefined && seedIn(to) !== undefined && call.values["over"] !== true;
    if (to !== undefined && !drawn && !pointOf(to)) throw new WatchbookError("RESTORE-POINT", { point: to });
    if (call.values["over"] === true) {
      const { restoreOver } = await import("./backup/over.ts");
      const wanted = { backup, set: set ?? "latest", to: to ?? "latest" };
      return await restoreOver(call, desk, { ...wanted, ...(place && from !== undefined && { from }) });
    }
    const params = {
      ...(set !== undefined && { SET: set }),
      ...(to !== undefined && { TO: to }),
      ...(place && from !== undefined && { FROM: from }),
    };
    const request = requestFor(call, desk.book, backup, "restore", params);
    if (call.values["execute"] === true) return await execute(call, desk, request);
    return await dryRun(call, desk, (await desk.plan(request)).plan);
  },
};
