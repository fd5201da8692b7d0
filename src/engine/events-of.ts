import type { Store, StoredEvent } from "../store/store.ts";

const PAGE = 1_000;

/** Every event of one kind, oldest first. */
export async function eventsOf(store: Pick<Store, "events">, kind: string): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (let after = 0; ; after = found.at(-1)!.seq) {
    const page = await store.events({ after, kind, limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}
