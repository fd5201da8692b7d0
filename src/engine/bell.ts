import type { Change, Store, StoredEvent } from "../store/store.ts";

/** What listeners hear: kinds of committed events, or that the checks have been read again. */
export type Ring =
  | { readonly kind: "events"; readonly kinds: readonly StoredEvent["kind"][] }
  | { readonly kind: "checks" };

/** Rings in this process after something is durable. Listeners read the store for what happened. */
export interface Bell {
  ring(ring: Ring): void;
  /** Gives the function that ends listening. */
  hear(listener: (ring: Ring) => void): () => void;
}

export function makeBell(): Bell {
  const listeners = new Set<(ring: Ring) => void>();
  return {
    ring: (ring) => {
      for (const listener of listeners) listener(ring);
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const kindsOf = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap((change) => (change.kind === "event.add" ? [change.event.kind] : []));

/** The same store, ringing the bell after each commit that carries events. */
export const withBell = (store: Store, bell: Bell): Store => ({
  commit: async (changes) => {
    await store.commit(changes);
    const kinds = kindsOf(changes);
    if (kinds.length > 0) bell.ring({ kind: "events", kinds });
  },
  duty: (duty, period) => store.duty(duty, period),
  duties: (query) => store.duties(query),
  inspection: (id) => store.inspection(id),
  inspections: (query) => store.inspections(query),
  samples: (query) => store.samples(query),
  series: (query) => store.series(query),
  events: (query) => store.events(query),
  book: (digest) => store.book(digest),
  run: (id) => store.run(id),
  runs: (query) => store.runs(query),
  plan: (digest) => store.plan(digest),
  journal: (query) => store.journal(query),
  locks: () => store.locks(),
  desk: (of, query) => store.desk(of, query),
  deskOne: (of, id) => store.deskOne(of, id),
  audit: (query) => store.audit(query),
  value: (key) => store.value(key),
  version: () => store.version(),
  [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
});
