import { WatchbookError } from "../model/error.ts";
import type { Finding } from "../model/finding.ts";
import type { Book } from "../model/book.ts";
import type { Change } from "../store/store.ts";
import { revisionOf } from "./book-revision.ts";
import {
  refuseBook,
  takeBook,
  errorsOf,
  unreadable,
  type BookSource,
  type BookState,
  type LoadedBook,
} from "./book-state.ts";
import type { House } from "./house.ts";
import { timetable } from "./schedule.ts";

/** Keeps the book that is run: the newest good one, also over restarts. */
export interface BookKeeper {
  readonly state: () => BookState;
  /** Loads a newer revision when there may be one; true when the state changed. */
  look(): Promise<boolean>;
}

/** Names the last good book in the store. */
const GOOD = "book.good";
interface Good {
  readonly root: string;
  readonly digest: string;
  readonly commit?: string;
  readonly dirty: boolean;
  readonly findings: readonly Finding[];
  readonly loaded: number;
}

/** Opens the book; one that does not compile is replaced by the last good one of this data directory. */
export async function keepBook(house: House, source: BookSource, root: string): Promise<BookKeeper> {
  let mark = await source.mark();
  const good = await lastGood(house, root);
  let state = await next(house, source, good);
  await remember(house, source, good, state);
  // The newest is refused: what is run is the last owner's, and somebody wants to read it.
  if (state.texts === undefined && state.open.commit !== undefined) {
    const texts = await source.texts?.(state.open.commit);
    if (texts !== undefined) state = { ...state, texts };
  }

  const look = async (): Promise<boolean> => {
    const seen = await source.mark();
    if (seen === mark) return false;
    const before = state;
    const after = await next(house, source, before);
    if (after !== before) await remember(house, source, before, after);
    // Only now: a store that refused the commit is asked again next time.
    state = after;
    mark = seen;
    return after !== before;
  };
  return { state: () => state, look };
}

/** The state after loading once; the same object when the book is the same. */
async function next(house: House, source: BookSource, state: BookState | undefined): Promise<BookState> {
  const now = house.clock.wall();
  try {
    const loaded = await source.load();
    for (const duty of loaded.open.book.duties) timetable(duty, loaded.open.book.zone);
    const same = state?.refused === undefined && state?.open.book.digest === loaded.open.book.digest;
    if (same && state.open.commit === loaded.open.commit) {
      // The same book, at another time: what was proven may be overdue by now, or proven since.
      const known = withTexts(state, loaded);
      if (JSON.stringify(state.findings) === JSON.stringify(loaded.findings)) return known;
      return { ...known, findings: loaded.findings };
    }
    return takeBook(state, loaded, now);
  } catch (error) {
    if (!(error instanceof WatchbookError) || state === undefined) throw error;
    return refuseBook(state, error, now, await source.head?.());
  }
}

/** The last owner's book, with the words of its pages and where they are read: the store keeps none of that. */
const withTexts = (state: BookState, { texts, origin }: Pick<LoadedBook, "texts" | "origin">): BookState =>
  state.texts === undefined && texts !== undefined ? { ...state, texts, ...(origin && { origin }) } : state;

async function lastGood(house: House, root: string): Promise<BookState | undefined> {
  const stored = await house.store.value(GOOD);
  if (stored === undefined) return undefined;
  const good = JSON.parse(stored) as Good;
  const json = await house.store.book(good.digest);
  if (json === undefined || good.root !== root) return undefined;
  const { commit } = good;
  return {
    open: { book: JSON.parse(json) as Book, root, dirty: good.dirty, ...(commit === undefined ? {} : { commit }) },
    findings: good.findings,
    loaded: good.loaded,
  };
}

/** Commits what changed: the book by its digest, the last good one, and the event that says so. */
async function remember(
  house: House,
  source: BookSource,
  before: BookState | undefined,
  after: BookState,
): Promise<void> {
  const { open, findings, refused } = before ?? {};
  if (after.open === open && after.findings === findings && after.refused === refused) return;
  const changes: Change[] = [];
  const at = house.clock.wall();
  const revision = await revisionOf(source, before, after);
  const came = revision === undefined ? {} : { revision };
  if (after.refused !== undefined) {
    const { commit = "", error, findings } = after.refused;
    const data = { commit, code: error?.code ?? "", args: error?.args ?? {}, errors: findings.length, ...came };
    changes.push({ kind: "event.add", event: { at, kind: "book.refused", subject: after.open.book.title, data } });
  } else {
    const { book, commit = "", root, dirty } = after.open;
    const data = { digest: book.digest, commit, errors: errorsOf(after.findings).length, ...came };
    changes.push({ kind: "book.put", digest: book.digest, json: JSON.stringify(book), at: after.loaded });
    changes.push({ kind: "event.add", event: { at, kind: "book.loaded", subject: book.title, data } });
    if (unreadable(after.findings).length === 0) {
      const good = { root, digest: book.digest, dirty, findings: after.findings, loaded: after.loaded };
      const value = JSON.stringify(commit === "" ? good : { ...good, commit });
      changes.push({ kind: "value.set", key: GOOD, value });
    }
  }
  await house.store.commit(changes);
}
