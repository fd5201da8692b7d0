import { randomUUID } from "node:crypto";
import { changed, decide, readChange, type RotaAsk, type RotaChange } from "../desk/rota/index.ts";
import type { Book } from "../model/book.ts";
import { WatchbookError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Rota } from "../model/rota.ts";
import { rotasOf } from "../model/rota/of-book.ts";
import type { Store } from "../store/store.ts";
import { eventsOf } from "./events-of.ts";
import type { House } from "./house.ts";

/** Kind of the event that a change of a rota is: never rewritten, so nobody loses another's change. */
export const ROTA_CHANGED = "rota.changed";

const changes = async (store: Pick<Store, "events">): Promise<readonly RotaChange[]> =>
  (await eventsOf(store, ROTA_CHANGED)).flatMap(({ subject, data }) => readChange(subject, data) ?? []);

/** The rotas of a book with the overrides and swaps that were recorded since. */
export const rotasNow = async (
  store: Pick<Store, "events">,
  book: Pick<Book, "config" | "contacts" | "zone">,
): Promise<readonly Rota[]> => changed(rotasOf(book), await changes(store));

/** The rota that is meant; no name, the only one. Throws WatchbookError ROTA-NONE, ROTA-UNKNOWN or ROTA-WHICH. */
export function rotaNamed(rotas: readonly Rota[], name: string | undefined): Rota {
  const known = rotas.map(({ id }) => id);
  if (known.length === 0) throw new WatchbookError("ROTA-NONE");
  if (name === undefined && rotas.length > 1) throw new WatchbookError("ROTA-WHICH", { known });
  const found = name === undefined ? rotas[0] : rotas.find(({ id, title }) => id === name || title === name);
  if (found === undefined)
    throw new WatchbookError("ROTA-UNKNOWN", { rota: name!, known: nearest(name!, known) ?? known });
  return found;
}

/** Records a change of a rota. Rejects as the desk's `decide` does, and with ROTA-UNKNOWN. */
export async function changeRota(
  { store, clock }: Pick<House, "store" | "clock">,
  book: Pick<Book, "config" | "contacts" | "zone">,
  name: string,
  ask: RotaAsk & Pick<RotaChange, "reason" | "by">,
): Promise<{ readonly rota: Rota; readonly change: RotaChange }> {
  const rota = rotaNamed(await rotasNow(store, book), name);
  const people = [...book.config.people.map(({ id }) => id), ...book.contacts.map(({ role }) => role)];
  const now = clock.wall();
  const { rota: subject, ...data } = decide(rota, people, { ...ask, id: randomUUID().slice(0, 8) }, now);
  await store.commit([{ kind: "event.add", event: { at: now, kind: ROTA_CHANGED, subject, data } }]);
  const change = { ...data, rota: subject } as RotaChange;
  return { rota: changed([rota], [change])[0]!, change };
}
