import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import { setsText } from "../../report/backup/text.ts";
import { setView } from "../../report/backup/view.ts";
import { openHere } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";
import { namedBackup } from "./named.ts";
import { setsOf } from "./seen.ts";

/** Sets as they lie in their repositories now, and what each is worth. */
export async function list(call: Call, name: string | undefined): Promise<Exit> {
  const { book } = await openHere(call);
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const backups =
    name === undefined && book.config.backups.length > 0 ? book.config.backups : [namedBackup(book, name)];
  const now = call.world.clock.wall();
  const found = [];
  for (const backup of backups)
    found.push(...(await setsOf(call, book, backup)).toReversed().map((set) => setView(backup, set, now)));
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ sets: found }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${texts(lang).backups.list.empty}\n`);
  else stdout.write(setsText(found, lang, book.zone));
  return EXIT.ok;
}
