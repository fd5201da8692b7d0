import type { DeskRecords } from "../../store/desk.ts";
import type { Change, Store } from "../../store/store.ts";

type Sort = "account" | "sign-in" | "emergency";

/** Records of one sort, in memory as they are on the disk: whoever owns the data directory is the only one who writes. */
export interface Kept<T> {
  all(): readonly T[];
  get(id: string): T | undefined;
  /** One change of a record after the other: `next` sees what the one before left. Undefined: nothing is to be done. */
  change(id: string, next: (now: T | undefined) => T | undefined): Promise<T | undefined>;
  /** Out of memory: it is over, and stays on the disk as it is. */
  forget(id: string): void;
  /** Only in memory: what may be lost. */
  touch(id: string, record: T): void;
}

const MOST = 100_000;

/** Reads what there is. `open`: only what is not over. */
export async function kept<K extends Sort>(
  store: Pick<Store, "commit" | "desk">,
  of: K,
  idOf: (record: DeskRecords[K]) => string,
  open: boolean,
): Promise<Kept<DeskRecords[K]>> {
  const found = await store.desk(of, { open, limit: MOST });
  const records = new Map(found.map((record) => [idOf(record), record]));
  let last: Promise<unknown> = Promise.resolve();
  const apply = async (
    id: string,
    next: (now: DeskRecords[K] | undefined) => DeskRecords[K] | undefined,
  ): Promise<DeskRecords[K] | undefined> => {
    const record = next(records.get(id));
    if (record === undefined) return undefined;
    await store.commit([{ kind: "desk.put", of, record } as Change]);
    records.set(id, record);
    return record;
  };
  return {
    all: () => [...records.values()],
    get: (id) => records.get(id),
    forget: (id) => void records.delete(id),
    touch: (id, record) => void records.set(id, record),
    change: (id, next) => {
      const mine = last.then(() => apply(id, next));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
