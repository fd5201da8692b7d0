import { drillsOf } from "../../evidence/drills.ts";
import { evidenceFolder } from "../../evidence/folder.ts";
import { drilledOf } from "../../engine/plan/drilled.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import { promisesOf } from "../../report/drill/promises.ts";
import { promisesText } from "../../report/drill/text.ts";
import { openHere } from "../inspect/alone.ts";
import { demandsOf } from "../proofs.ts";
import type { Call } from "../verb.ts";

/** What was promised and what was proven. 3 when a promise is not kept, or evidence of it is gone; what was never drilled is said, and is no failure. */
export async function promises(call: Call): Promise<Exit> {
  const { book, root } = await openHere(call);
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const place = { config: book.config, root, data: call.data, now: call.world.clock.wall(), zone: book.zone };
  const found = promisesOf(drilledOf(book), await drillsOf(evidenceFolder(place), await demandsOf(place)));
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ promises: found }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${texts(lang).drills.table.none}\n`);
  else stdout.write(promisesText(found, lang, book.zone));
  return found.some(({ state }) => state === "missed" || state === "removed") ? EXIT.failed : EXIT.ok;
}
