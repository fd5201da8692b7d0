import { heard, type Beat, type BeatSaid } from "../model/beat.ts";
import type { Book } from "../model/book.ts";
import type { CheckSpec } from "../model/check.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { clockSetNow } from "./clock-set.ts";
import type { House } from "./house.ts";

const KIND = "heartbeat";

/** Name of what is kept of one. */
export const beatKey = (check: string): string => `heartbeat.${check}`;

/** What a job has said so far, by the id of its check. */
export const beatOf = (text: string | undefined): Beat | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Beat);

/** The check of that name. Throws HEARTBEAT-UNKNOWN with those there are. */
export function heartbeatCheck({ checks }: Pick<Book, "checks">, name: string): CheckSpec {
  const all = checks.filter(({ kind }) => kind === KIND);
  const found = all.find(({ id }) => id === name);
  if (found) return found;
  const known = all.map(({ id }) => id).join(", ") || "-";
  throw new WatchbookError("HEARTBEAT-UNKNOWN", { name, known }, { exit: EXIT.input });
}

/** One writer at a time: what a job says builds on what it said. */
const writing = new WeakMap<object, Promise<unknown>>();

/** Keeps what a job says of itself; resolves when it is kept. Rejects with HEARTBEAT-UNKNOWN, and as the store does. */
export function takeBeat(
  house: Pick<House, "store" | "clock" | "clockSet">,
  book: Pick<Book, "checks">,
  name: string,
  said: BeatSaid,
): Promise<Beat> {
  const { store, clock, clockSet } = house;
  const { id } = heartbeatCheck(book, name);
  const before = writing.get(store);
  const next = async (): Promise<Beat> => {
    // What became of another one's word is told to that one.
    await before?.catch(() => undefined);
    const known = beatOf(await store.value(beatKey(id))) ?? {};
    const set = await clockSetNow(house);
    const beat = heard(known, said, clock.wall(), set);
    const value = JSON.stringify(beat);
    await store.commit([{ kind: "value.set", key: beatKey(id), value }, ...(clockSet?.changes() ?? [])]);
    return beat;
  };
  const mine = next();
  writing.set(store, mine);
  return mine;
}
