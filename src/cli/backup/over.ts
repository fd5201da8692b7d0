import type { BackupSpec, SetSeen } from "../../model/backup.ts";
import { WatchbookError, type Exit } from "../../model/error.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { momentSay } from "../../report/inspection/say.ts";
import { mayAsk } from "../inspect/alone.ts";
import { askTyped } from "../run/ask.ts";
import { dryRun } from "../run/dry.ts";
import { execute } from "../run/execute.ts";
import type { RunsDesk } from "../runs/desk.ts";
import type { Call } from "../verb.ts";
import { requestFor } from "./named.ts";
import { setsOf } from "./seen.ts";

interface Wanted {
  readonly backup: BackupSpec;
  /** Its name, `latest` or `random`. */
  readonly set: string;
  readonly to: string;
  /** Second place; absent: the repository itself. */
  readonly from?: string;
}

/** The set by its own name: whoever replaces what is in use says which one, before anything is planned. */
async function setOf(call: Call, desk: RunsDesk, { backup, set, to, from }: Wanted): Promise<SetSeen> {
  const { chosenSet, pointOf } = await import("../../kinds/backups/repository/choose.ts");
  const sets = await setsOf(call, desk.book, backup, from);
  const roll = (below: number): number => Math.floor(Math.random() * below);
  const found = chosenSet(sets, set, pointOf(to)!, roll, call.world.clock.wall());
  if ("why" in found) {
    const words: Readonly<Record<string, string>> = texts(desk.lang).steps.reasons;
    const detail = format(words[found.why] ?? found.why, {
      ...found.args,
      path: from ?? `${backup.into}/${backup.id}`,
    });
    throw new WatchbookError("RESTORE-OVER-SET", { name: backup.id, detail });
  }
  return found;
}

/** Twice: what is replaced, and by which set. Without a terminal somebody else must agree. Throws RESTORE-OVER-…. */
async function confirmed(
  call: Call,
  desk: RunsDesk,
  { backup, to }: Wanted,
  set: SetSeen,
  gated: boolean,
): Promise<void> {
  if (!mayAsk(call)) {
    if (gated) return;
    throw new WatchbookError("RESTORE-OVER-UNATTENDED", { name: backup.id }, { source: backup.source });
  }
  const { said } = texts(desk.lang).backups;
  const { id, target } = backup;
  const taken = momentSay(Date.parse(set.manifest!.until), desk.book.zone);
  for (const [question, wanted] of [
    [format(said.overWhat, { name: id, target, parts: backup.parts.map((part) => part.id) }), id],
    [format(said.overWhich, { set: set.id, taken, to }), set.id],
  ] as const) {
    const given = await askTyped(call.world, question, desk.lang);
    call.world.signal.throwIfAborted();
    if (given !== wanted) throw new WatchbookError("RESTORE-OVER-NOT-TYPED", { given: given ?? "", wanted });
  }
}

/** Restores a set over what is in use: the plan, and with `--execute`, after it was confirmed, the run. */
export async function restoreOver(call: Call, desk: RunsDesk, wanted: Wanted): Promise<Exit> {
  const { backup, to, from } = wanted;
  if (!backup.restore.over)
    throw new WatchbookError("RESTORE-OVER-UNDECLARED", { name: backup.id }, { source: backup.source });
  const set = await setOf(call, desk, wanted);
  const params = { SET: set.id, CONFIRM: `${backup.id}/${set.id}`, TO: to, ...(from !== undefined && { FROM: from }) };
  const request = requestFor(call, desk.book, backup, "restore-over", params);
  const { plan } = await desk.plan(request);
  if (call.values["execute"] !== true) return await dryRun(call, desk, plan);
  if (plan.missing.length === 0) await confirmed(call, desk, wanted, set, plan.gate !== undefined);
  return await execute(call, desk, request);
}
