import type { Store } from "../store/store.ts";

/** Makes something that is done one at a time per store, in the order it was asked for. */
export function makeTurn(): <T>(store: Store, work: () => Promise<T>) => Promise<T> {
  const turns = new WeakMap<Store, Promise<unknown>>();
  return (store, work) => {
    const before = turns.get(store) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(
      store,
      mine.catch(() => undefined),
    );
    return mine;
  };
}
