import { whoNow, type WhoNow } from "../desk/rota/index.ts";
import { rotaNamed, rotasNow } from "../engine/rota.ts";
import { feedShifts } from "../engine/rota-feed.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { reachable } from "../model/rota/of-book.ts";
import { iCalendar } from "../report/rota/ical.ts";
import { momentIn } from "./moment.ts";
import { readState } from "./read-state.ts";
import { whoText } from "./rota/text.ts";
import { textOf } from "./run/request.ts";
import type { Verb } from "./verb.ts";

/** Who is on call: by the book, and by what was changed since. */
export const who: Verb = {
  name: "who",
  words: 1,
  options: { at: { type: "string" }, ical: { type: "boolean" } },
  run: async (call) => {
    await using state = await readState(call);
    const { book } = state.book.open;
    const { stdout, clock } = call.world;
    const [name] = call.positionals;
    const all = await rotasNow(state.store, book);
    if (all.length === 0) throw new WatchbookError("ROTA-NONE");
    const now = clock.wall();
    if (call.values["ical"] === true) {
      const rota = rotaNamed(all, name);
      const nameOf = (id: string) => reachable(book, id);
      stdout.write(iCalendar(rota, feedShifts(rota, now), { made: now, lang: state.lang, nameOf }));
      return EXIT.ok;
    }
    const asked = textOf(call.values, "at");
    const meant = name === undefined ? all : [rotaNamed(all, name)];
    const found = meant.map((rota) => whoNow(book, rota, asked === undefined ? now : momentIn(asked, rota.zone, now)));
    const said = (one: WhoNow): string => whoText(one, state.lang, (id) => reachable(book, id).name);
    stdout.write(call.json ? `${JSON.stringify({ rotas: found }, null, 2)}\n` : found.map(said).join("\n"));
    return exitOf(found);
  },
};

/** Nobody there is 3, not known is 4. */
function exitOf(found: readonly WhoNow[]): Exit {
  if (found.some(({ state }) => state === "gap")) return EXIT.failed;
  return found.some(({ state }) => state === "unknown") ? EXIT.unreachable : EXIT.ok;
}
