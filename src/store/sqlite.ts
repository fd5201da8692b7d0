import type { AuditEntry } from "../model/account.ts";
import type { DutyRecord } from "../model/duty.ts";
import type { Facts, Sample } from "../model/check.ts";
import type { Inspection } from "../model/inspection.ts";
import type { SeriesPoint, SeriesQuery } from "../model/series.ts";
import type { Outcome } from "../model/states.ts";
import type { Journalled } from "../model/journal.ts";
import type { Lock, RunRecord } from "../model/run.ts";
import { systemClock, type Clock } from "../model/time.ts";
import { connect, type Connection } from "./connection.ts";
import type { DeskQuery, DeskRecords, DeskSort } from "./desk.ts";
import { EVERY, readJournal, readLock } from "./journal.ts";
import { OUTCOME_RANKS } from "./encode.ts";
import type { Cell, Row } from "./protocol.ts";
import type { AuditQuery, Change, Store, StoredEvent } from "./store.ts";

/** Records when nobody says how many. */
const LIMIT = 1_000;

/** Samples gathered in the main file before they move to the files of their days. */
const MOVE_AT = 500;

export interface StoreOptions {
  readonly clock?: Clock;
  /** For tests: move samples after so many. */
  readonly moveAt?: number;
  /** For a disk that takes nothing: reads what is there, refuses every commit. The file must be there. */
  readonly readOnly?: boolean;
  /**
   * In the caller's thread, which waits for the disk itself: for whoever looks something up and ends, since a thread takes
   * longer to start than all that is asked. Default: what is in memory alone, for which no disk is waited.
   */
  readonly here?: boolean;
}

const text = (row: Row | undefined): string | undefined => (row === undefined ? undefined : String(row[0]));
const outcomeOf = <K extends string>(name: K, rank: Cell | undefined): { readonly [name in K]?: Outcome } => {
  const outcome = rank === null || rank === undefined ? undefined : OUTCOME_RANKS[Number(rank)];
  return (outcome === undefined ? {} : { [name]: outcome }) as { readonly [name in K]?: Outcome };
};
const parsed = (row: Row | undefined): unknown => (row === undefined ? undefined : JSON.parse(String(row[0])));

/**
 * The store in one SQLite file, or in memory for `:memory:`; samples lie beside it in `samples/YYYY-MM-DD.db` (UTC).
 * A thread of its own does the work, so that fsync never holds up a probe, unless the caller does it itself (`here`). Rejects with WatchbookError STORE-NEWER,
 * STORE-CORRUPT, STORE-READ-ONLY, STORE-FULL, STORE-BUSY, STORE-IO or STORE-CANNOT-OPEN.
 */
export async function openStore(file: string, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, moveAt = MOVE_AT, readOnly = false, here = file === ":memory:" } = options;
  return new SqliteStore(await connect({ file, now: clock.wall(), moveAt, readOnly }, here), clock);
}

class SqliteStore implements Store {
  readonly #to: Connection;
  readonly #clock: Clock;

  constructor(to: Connection, clock: Clock) {
    this.#to = to;
    this.#clock = clock;
  }

  commit(changes: readonly Change[]): Promise<void> {
    return changes.length > 0 ? this.#to.commit(changes) : Promise.resolve();
  }

  async duty(duty: string, period: string): Promise<DutyRecord | undefined> {
    return parsed((await this.#to.ask({ ask: "duty", duty, period }))[0]) as DutyRecord | undefined;
  }

  async duties(query: { readonly duty?: string; readonly limit?: number }): Promise<readonly DutyRecord[]> {
    const rows = await this.#to.ask({ ask: "duties", duty: query.duty ?? null, limit: query.limit ?? LIMIT });
    return rows.map(parsed) as DutyRecord[];
  }

  async inspection(id: string): Promise<Inspection | undefined> {
    return parsed((await this.#to.ask({ ask: "inspection", id }))[0]) as Inspection | undefined;
  }

  async inspections(query: { readonly duty?: string; readonly limit?: number }): Promise<readonly Inspection[]> {
    const rows = await this.#to.ask({ ask: "inspections", duty: query.duty ?? null, limit: query.limit ?? LIMIT });
    return rows.map(parsed) as Inspection[];
  }

  async samples(query: Parameters<Store["samples"]>[0]): Promise<readonly Sample[]> {
    const { check, target, since, limit = LIMIT, thin = false } = query;
    const rows = await this.#to.ask({ ask: "samples", check, target, since, limit, thin, now: this.#clock.wall() });
    return rows.map(([at, value, facts, , outcome]) => ({
      check,
      target,
      at: Number(at),
      value: Number(value),
      ...outcomeOf("outcome", outcome),
      ...(facts === null || facts === undefined ? {} : { facts: JSON.parse(String(facts)) as Facts }),
    }));
  }

  async series({ check, target, from, to, points }: SeriesQuery): Promise<readonly SeriesPoint[]> {
    if (!(to > from)) return [];
    const rows = await this.#to.ask({ ask: "series", check, target, from, to, points: Math.max(1, points) });
    return rows.map(([at, min, mean, max, last, count, worst]) => ({
      ...{ at: Number(at), min: Number(min), mean: Number(mean), max: Number(max), last: Number(last) },
      ...{ count: Number(count), ...outcomeOf("worst", worst) },
    }));
  }

  async events(query: Parameters<Store["events"]>[0]): Promise<readonly StoredEvent[]> {
    const { after, kind = null, limit = LIMIT } = query;
    const rows = await this.#to.ask({ ask: "events", after, kind, limit });
    return rows.map(([seq, at, kind, subject, data]) => ({
      seq: Number(seq),
      at: Number(at),
      kind: String(kind),
      subject: String(subject),
      data: JSON.parse(String(data)) as Record<string, unknown>,
    }));
  }

  async book(digest: string): Promise<string | undefined> {
    return text((await this.#to.ask({ ask: "book", digest }))[0]);
  }

  async run(id: string): Promise<{ readonly record: RunRecord; readonly epoch: number } | undefined> {
    const [row] = await this.#to.ask({ ask: "run", id });
    return row && { record: parsed(row) as RunRecord, epoch: Number(row[1]) };
  }

  async runs(query: Parameters<Store["runs"]>[0]): Promise<readonly RunRecord[]> {
    const { runbook = null, open = false, limit = LIMIT } = query;
    return (await this.#to.ask({ ask: "runs", runbook, open, limit })).map(parsed) as RunRecord[];
  }

  async plan(digest: string): Promise<string | undefined> {
    return text((await this.#to.ask({ ask: "plan", digest }))[0]);
  }

  async journal(query: Parameters<Store["journal"]>[0]): Promise<readonly Journalled[]> {
    const { run, after = 0, limit = EVERY } = query;
    return readJournal(run, after, limit, await this.#to.ask({ ask: "journal", run, after, limit }));
  }

  async locks(): Promise<readonly Lock[]> {
    return (await this.#to.ask({ ask: "locks" })).map(readLock);
  }

  async desk<K extends DeskSort>(of: K, query: DeskQuery): Promise<readonly DeskRecords[K][]> {
    const { open = false, under = null, limit = LIMIT } = query;
    return (await this.#to.ask({ ask: "desk", of, open, under, limit })).map(parsed) as DeskRecords[K][];
  }

  async deskOne<K extends DeskSort>(of: K, id: string): Promise<DeskRecords[K] | undefined> {
    return parsed((await this.#to.ask({ ask: "deskOne", of, id }))[0]) as DeskRecords[K] | undefined;
  }

  async audit(query: AuditQuery): Promise<readonly AuditEntry[]> {
    const { before = Number.MAX_SAFE_INTEGER, limit = LIMIT } = query;
    const of = { person: query.person ?? null, action: query.action ?? null };
    return (await this.#to.ask({ ask: "audit", before, limit, ...of })).map(parsed) as AuditEntry[];
  }

  async value(key: string): Promise<string | undefined> {
    return text((await this.#to.ask({ ask: "value", key }))[0]);
  }

  async version(): Promise<number> {
    return Number((await this.#to.ask({ ask: "version" }))[0]?.[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#to.close();
  }
}
