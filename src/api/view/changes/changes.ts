import { eventsOf } from "../../../engine/events-of.ts";
import type { Book } from "../../../model/book.ts";
import type { ChangeKind } from "../../../model/change.ts";
import { WatchbookError } from "../../../model/error.ts";
import type { Lang } from "../../../model/lang.ts";
import type { RunRecord } from "../../../model/run.ts";
import type { Store } from "../../../store/store.ts";
import type { Changes, ChangeShown } from "../../contract.ts";
import { bookChange, bookTurns, eventOf } from "./book.ts";
import { lastMoved } from "./run.ts";
import type { RunChanges } from "./runs.ts";

/** Which changes. Times in milliseconds since the epoch. */
export interface Wanted {
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  /** Absent: all but backups. */
  readonly kind?: ChangeKind | undefined;
  /** Was over, or last went on, since then. */
  readonly from?: number | undefined;
  /** Had begun by then. */
  readonly to?: number | undefined;
  /** Was over, or last went on, before then. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What is on record, and the book of today. */
export interface Known {
  readonly store: Store;
  readonly runs: RunChanges;
  readonly book: Book;
  readonly lang: Lang;
}

/** Changes, newest first, and the moment down to which there is none besides them. */
interface Found {
  readonly changes: readonly ChangeShown[];
  readonly until: number;
}

/** A run that went on for longer may be missing once it has ended: what it is looked for by is when it was asked for. */
const LONGEST = 2 * 86_400_000;
/** Runs that are read first, and at the most: what was asked for before those is not shown. */
const FIRST = 512;
const MOST = 65_536;
/** Runs that one answer opens; what is older comes with the next page. */
const OPENED = 1_000;

const isBook = (kind: ChangeKind | undefined): boolean => kind === "book" || kind === "refused";

/** A page of changes, newest first. */
export async function changesPage(known: Known, wanted: Wanted): Promise<Omit<Changes, "at">> {
  const { from = 0, to = Infinity, before = Infinity, limit } = wanted;
  const fits = (one: ChangeShown): boolean => one.at >= from && one.at < before && one.began <= to;
  const [runs, books] = await Promise.all([ofRuns(known, wanted, fits), ofBook(known, wanted)]);
  const all = [...runs.changes, ...books.filter((one) => fits(one) && one.at >= runs.until)];
  const sorted = all.toSorted((a, b) => b.at - a.at);
  const last = sorted[limit - 1];
  // Of one moment all or none: the next page begins before it.
  const changes = last === undefined ? sorted : sorted.filter(({ at }) => at >= last.at);
  if (changes.length < sorted.length) return { changes, next: changes.at(-1)!.at };
  return { changes, next: runs.until === -Infinity ? null : runs.until };
}

/** One change by its id. Rejects with CHANGE-UNKNOWN. */
export async function oneChange({ store, runs, book, lang }: Known, id: string): Promise<ChangeShown> {
  const seq = eventOf(id);
  if (seq !== undefined) {
    const [event] = await store.events({ after: seq - 1, limit: 1 });
    if (event?.seq === seq && /^book\.(?:loaded|refused)$/.test(event.kind)) return bookChange(event, lang);
  }
  const found = seq === undefined ? await store.run(id) : undefined;
  const change = found && (await runs.of(found.record, book));
  if (!change) throw new WatchbookError("CHANGE-UNKNOWN", { id });
  return change;
}

/** The manual belongs to no service and no environment. */
async function ofBook({ store, lang }: Known, { kind, service, environment }: Wanted): Promise<readonly ChangeShown[]> {
  if (service !== undefined || environment !== undefined || (kind !== undefined && !isBook(kind))) return [];
  const [loaded, refused] = await Promise.all([eventsOf(store, "book.loaded"), eventsOf(store, "book.refused")]);
  const turns = bookTurns([...loaded, ...refused].toSorted((a, b) => a.seq - b.seq));
  return turns.map((event) => bookChange(event, lang)).filter((one) => kind === undefined || one.kind === kind);
}

async function ofRuns(known: Known, wanted: Wanted, fits: (one: ChangeShown) => boolean): Promise<Found> {
  const { kind, from = 0, before = Infinity, limit } = wanted;
  if (isBook(kind)) return { changes: [], until: -Infinity };
  const open = await known.store.runs({ open: true, limit: MOST });
  for (let count = FIRST; ; count *= 4) {
    const read = await known.store.runs({ limit: count });
    const oldest = read.at(-1)?.created ?? 0;
    const whole = read.length < count || count >= MOST || oldest < from - LONGEST;
    // Runs that were not read may have moved until then.
    const until = whole ? -Infinity : oldest + LONGEST;
    const moved = [...new Map([...open, ...read].map((one) => [one.id, one])).values()].filter((one) => {
      const at = lastMoved(one);
      return at >= from && at >= until && at < before;
    });
    const sorted = moved.toSorted((a, b) => lastMoved(b) - lastMoved(a));
    const found = await fitting(known, wanted, sorted, fits);
    if (whole || found.changes.length > limit || found.until > -Infinity)
      return { changes: found.changes, until: Math.max(until, found.until) };
  }
}

/** Of runs, newest first, those that changed what is wanted; one more than wanted tells that there are more. */
async function fitting(
  { runs, book }: Known,
  { service, environment, kind, limit }: Wanted,
  records: readonly RunRecord[],
  fits: (one: ChangeShown) => boolean,
): Promise<Found> {
  const changes: ChangeShown[] = [];
  const most = runs.reads + OPENED;
  const wants = (of: Pick<ChangeShown, "service" | "kind">): boolean =>
    (service === undefined || of.service === service) && (kind === undefined ? of.kind !== "backup" : of.kind === kind);
  for (const record of records) {
    if (environment !== undefined && record.environment !== environment) continue;
    if (changes.length > limit && changes.at(-1)!.at > lastMoved(record)) break;
    if (runs.reads >= most) return { changes, until: lastMoved(record) + 1 };
    const change = await runs.of(record, book, wants);
    if (change && fits(change)) changes.push(change);
  }
  return { changes, until: -Infinity };
}
