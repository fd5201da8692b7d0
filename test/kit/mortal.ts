import type { House } from "../../src/engine/house.ts";
import type { Store } from "../../src/store/store.ts";

/** The process is gone: nothing it does from here on reaches the world. */
export class Crash extends Error {
  constructor() {
    super("crash");
    this.name = "Crash";
  }
}

/**
 * A house that dies at its `at`-th call (from 1) of anything that is awaited, when that call has had its effect but nobody has
 * heard of it; every later call fails as well. Dying before call n is dying after call n - 1.
 */
export function mortal(house: House, at: number): { readonly house: House; died(): boolean } {
  let count = 0;
  let dead = false;
  const guard =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dead) throw new Crash();
      count += 1;
      const mine = count === at;
      const result = await work(...args);
      if (mine) dead = true;
      if (dead) throw new Crash();
      return result;
    };
  const { store } = house;
  const dying: Store = {
    commit: guard((changes) => store.commit(changes)),
    duty: guard((duty, period) => store.duty(duty, period)),
    duties: guard((query) => store.duties(query)),
    inspection: guard((id) => store.inspection(id)),
    inspections: guard((query) => store.inspections(query)),
    series: (query) => store.series(query),
    samples: guard((query) => store.samples(query)),
    events: guard((query) => store.events(query)),
    book: guard((digest) => store.book(digest)),
    run: guard((id) => store.run(id)),
    runs: guard((query) => store.runs(query)),
    plan: guard((digest) => store.plan(digest)),
    journal: guard((query) => store.journal(query)),
    locks: guard(() => store.locks()),
    desk: (of, query) => store.desk(of, query),
    deskOne: (of, id) => store.deskOne(of, id),
    audit: guard((query) => store.audit(query)),
    value: guard((key) => store.value(key)),
    version: guard(() => store.version()),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return {
    house: {
      ...house,
      store: dying,
      record: guard((open, input) => house.record(open, input)),
      report: guard((open, runs, previous, published) => house.report(open, runs, previous, published)),
    },
    died: () => dead,
  };
}
