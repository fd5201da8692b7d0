import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { expired, inUse } from "../../kinds/backups/repository/keep.ts";
import { isShared } from "../../kinds/steps/backup/forget.ts";
import type { BackupSpec, SetSeen } from "../../model/backup.ts";
import type { Book } from "../../model/book.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { setsText } from "../../report/backup/text.ts";
import { setView } from "../../report/backup/view.ts";
import type { Call } from "../verb.ts";
import { setsOf } from "./seen.ts";

/** What second places need of the copies that all places share, as the pruner looks for it. */
async function neededElsewhere(call: Call, book: Book, backup: BackupSpec): Promise<readonly string[]> {
  const found: string[] = [];
  for (const index of (backup.also ?? []).keys())
    found.push(...inUse(await setsOf(call, book, backup, String(index + 2))));
  return found;
}

/** The sets that the rule of this backup keeps no longer, as they lie there now. Nothing is changed. */
export async function willGo(call: Call, book: Book, backup: BackupSpec, lang: Lang): Promise<Exit> {
  const now = call.world.clock.wall();
  const sets = await setsOf(call, book, backup);
  const left = (others?: readonly string[]): readonly SetSeen[] => {
    const ids = expired(sets, backup.keep, now, undefined, others);
    return sets.filter(({ id }) => ids.includes(id));
  };
  const first = left();
  const gone = first.some(isShared) ? left(await neededElsewhere(call, book, backup)) : first;
  const found = gone.map((set) => setView(backup, set, now));
  const { said } = texts(lang).backups;
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ expired: found, kept: sets.length - found.length }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${format(said.nothingGoes, { name: backup.id, kept: sets.length })}\n`);
  else stdout.write(`${setsText(found, lang, book.zone)}${format(said.goes, { count: found.length })}\n`);
  return EXIT.ok;
}
