import { whoNow, type RotaAsk } from "../../desk/rota/index.ts";
import { changeRota, rotaNamed, rotasNow } from "../../engine/rota.ts";
import { feedShifts } from "../../engine/rota-feed.ts";
import { reachable } from "../../model/rota/of-book.ts";
import { iCalendar } from "../../report/rota/ical.ts";
import { rotaChangeRoute, rotaRoute, rotasRoute, type OnCallNow } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

const FEED = ".ics";

/** As the contract has it: the desk's form without its readonly marks. */
const plain = (now: unknown): OnCallNow => now as OnCallNow;

export function rotaRoutes(app: Api, { daemon }: Parts): void {
  const { house } = daemon;
  const book = () => daemon.book().open.book;
  app.openapi(rotasRoute, async (c) => {
    const { at = house.clock.wall() } = c.req.valid("query");
    const rotas = await rotasNow(house.store, book());
    return c.json({ rotas: rotas.map((rota) => plain(whoNow(book(), rota, at))) }, 200);
  });
  app.openapi(rotaChangeRoute, async (c) => {
    const { by, ...ask } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    const { rota, change } = await changeRota(house, book(), c.req.valid("param").id, {
      ...(ask as RotaAsk & { readonly reason: string }),
      by: who,
    });
    return c.json({ change, now: plain(whoNow(book(), rota, house.clock.wall())) }, 201);
  });
  app.openapi(rotaRoute, async (c) => {
    const { id } = c.req.valid("param");
    const all = await rotasNow(house.store, book());
    const now = house.clock.wall();
    // An id may end in .ics too: whatever is a rota's own name is that rota.
    if (!id.endsWith(FEED) || all.some((rota) => rota.id === id))
      return c.json(plain(whoNow(book(), rotaNamed(all, id), now)), 200);
    const rota = rotaNamed(all, id.slice(0, -FEED.length));
    const nameOf = (person: string) => reachable(book(), person);
    const text = iCalendar(rota, feedShifts(rota, now), { made: now, lang: c.get("lang"), nameOf });
    return c.text(text, 200, { "content-type": "text/calendar; charset=utf-8" });
  });
}
