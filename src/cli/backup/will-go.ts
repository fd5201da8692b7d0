import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { expired } from "../../kinds/backups/repository/keep.ts";
import type { BackupSpec } from "../../model/backup.ts";
import type { Book } from "../../model/book.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { setsText } from "../../report/backup/text.ts";
import { setView } from "../../report/backup/view.ts";
import type { Call } from "../verb.ts";
import { setsOf } from "./seen.ts";

/** The sets that the rule of this backup keeps no longer, as they lie there now. Nothing is changed. */
export async function willGo(call: Call, book: Book, backup: BackupSpec, lang: Lang): Promise<Exit> {
  const now = call.world.clock.wall();
  const sets = await setsOf(call, book, backup);
  const ids = expired(sets, backup.keep, now);
  const found = sets.filter(({ id }) => ids.includes(id)).map((set) => setView(backup, set, now));
  const { said } = texts(lang).backups;
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ expired: found, kept: sets.length - found.length }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${format(said.nothingGoes, { name: backup.id, kept: sets.length })}\n`);
  else stdout.write(`${setsText(found, lang, book.zone)}${format(said.goes, { count: found.length })}\n`);
  return EXIT.ok;
}
