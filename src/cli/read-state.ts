import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BookState } from "../engine/book-state.ts";
import type { Lang } from "../model/lang.ts";
import { openStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { bookSource } from "./book-source.ts";
import { openLocal } from "./hold.ts";
import type { Call } from "./verb.ts";

/** The book as a daemon runs it, and what is recorded, for a verb that only reads. */
export interface ReadState extends AsyncDisposable {
  readonly book: BookState;
  readonly store: Store;
  /** `--lang`, else the book's. */
  readonly lang: Lang;
}

/** Reads beside whoever owns the data directory, and makes none where there is none. */
export async function readState(call: Call): Promise<ReadState> {
  const { world, data, book: root } = call;
  const registry = await world.registry();
  await using reach = await openLocal(registry, root);
  const now = world.clock.wall();
  const book = { ...(await bookSource(root, reach, world.clock, data).load()), loaded: now };
  const file = join(data, "state.db");
  const store = existsSync(file)
    ? await openStore(file, { clock: world.clock, readOnly: true, here: true })
    : await openStore(":memory:", { clock: world.clock });
  const lang = call.values["lang"] === undefined ? book.open.book.lang : call.lang;
  return { book, store, lang, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}
