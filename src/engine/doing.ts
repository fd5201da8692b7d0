import { answer, inspect, inspectAnyway, recover } from "./inspect.ts";
import type { Answer, AnswerRequest, InspectionResult, Seen } from "./inspect.ts";
import type { House, OpenBook } from "./house.ts";
import type { WatchbookError } from "../model/error.ts";

/** What is asked when a duty is done now. */
export interface DoRequest {
  readonly by: string;
  /** Names the event, or confirms the calendar period. */
  readonly period?: string | undefined;
  /** Answers of a person by item id; items without one stay open. */
  readonly ticks?: Readonly<Record<string, Answer>> | undefined;
  /** A person waits for what is seen: where the disk takes nothing it is measured nevertheless. */
  readonly anyway?: boolean;
}

/** The runs of one process, so that unfinished ones are only settled while none is going on. */
export interface Runs {
  /** Does a duty now, after any settling that goes on. */
  begin(open: OpenBook, duty: string, request: DoRequest): Promise<Seen>;
  /** Answers open items of the present period's newest run, after any settling that goes on. */
  answer(open: OpenBook, duty: string, request: AnswerRequest): Promise<InspectionResult>;
  /** Settles runs that broke off and writes what is owed, unless a run goes on. Gives what still cannot be written. */
  settle(open: OpenBook): Promise<readonly WatchbookError[] | undefined>;
  /** Waits up to `ms` for those going on, then interrupts them; ends when all have ended. */
  stop(ms: number): Promise<void>;
}

export function makeRuns(house: House): Runs {
  const ended = new AbortController();
  const going = new Set<Promise<Seen>>();
  let settling: Promise<unknown> = Promise.resolve();
  const counted = async <T extends Seen>(work: () => Promise<T>): Promise<T> => {
    await settling;
    const run = work();
    going.add(run);
    try {
      return await run;
    } finally {
      going.delete(run);
    }
  };
  return {
    begin: (open, duty, { by, period, ticks, anyway = false }) => {
      const ask = ticks === undefined ? undefined : (item: { readonly id: string }) => Promise.resolve(ticks[item.id]);
      const options = { by, period, ask, signal: ended.signal };
      return counted<Seen>(() => (anyway ? inspectAnyway : inspect)(house, open, duty, options));
    },
    answer: (open, duty, request) => counted(() => answer(house, open, duty, request)),
    settle: async (open) => {
      if (going.size > 0) return undefined;
      const work = recover(house, open);
      settling = work.catch(() => undefined);
      return work;
    },
    stop: async (ms) => {
      const all = Promise.allSettled(going);
      const enough = new AbortController();
      await Promise.race([all, house.clock.sleep(ms, enough.signal).catch(() => undefined)]);
      enough.abort();
      ended.abort();
      await all;
    },
  };
}
