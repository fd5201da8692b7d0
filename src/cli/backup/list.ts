import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import { alarmFor, alarmsOf } from "../../model/backup-alarm.ts";
import { alarmsText, alarmView, type AlarmView } from "../../report/backup/alarm.ts";
import { setsText } from "../../report/backup/text.ts";
import { setView, type SetView } from "../../report/backup/view.ts";
import { openHere } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";
import { textOf } from "../run/request.ts";
import { namedBackup } from "./named.ts";
import { havingPlace } from "./place.ts";
import { setsOf } from "./seen.ts";

/** Sets as they lie in their repositories now, and what each is worth. */
export async function list(call: Call, name: string | undefined): Promise<Exit> {
  const { book } = await openHere(call);
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const backups =
    name === undefined && book.config.backups.length > 0 ? book.config.backups : [namedBackup(book, name)];
  const from = textOf(call.values, "from");
  const now = call.world.clock.wall();
  const found: SetView[] = [];
  const alarms: AlarmView[] = [];
  for (const backup of havingPlace(backups, from)) {
    const sets = await setsOf(call, book, backup, from);
    found.push(...sets.toReversed().map((set) => setView(backup, set, now)));
    alarms.push(...alarmsOf(sets, alarmFor(backup), now).map((alarm) => alarmView(backup, alarm, lang)));
  }
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ sets: found, alarms }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${texts(lang).backups.list.empty}\n`);
  else stdout.write(setsText(found, lang, book.zone) + alarmsText(alarms, lang));
  return EXIT.ok;
}
