import type { Store, StoredEvent } from "../store/store.ts";

/**
 * Sequence number of the newest event, 0 when there is none. Events carry growing numbers without upper bound, so it is
 * searched in about 2 × log2(n) one-row reads.
 */
export async function lastSeq(store: Pick<Store, "events">): Promise<number> {
  const beyond = async (seq: number): Promise<boolean> => (await store.events({ after: seq, limit: 1 })).length > 0;
  let low = 0;
  let high = 1;
  while (await beyond(high)) [low, high] = [high, high * 2];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await beyond(middle)) low = middle + 1;
    else high = middle;
  }
  return (await beyond(0)) ? low : 0;
}

/** The newest events, newest first. */
export async function tail(store: Pick<Store, "events">, count: number): Promise<readonly StoredEvent[]> {
  const last = await lastSeq(store);
  const events = await store.events({ after: Math.max(0, last - count), limit: count });
  return events.toReversed();
}
