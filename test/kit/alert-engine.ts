// The engine of alerts on a clock that the test owns and a real store.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { compileFiles } from "../../src/book/compile/compile.ts";
import { namedFiles } from "../../src/book/read/named.ts";
import { makeAlerts } from "../../src/engine/alerts/alerts.ts";
import { openClockSet } from "../../src/engine/clock-set.ts";
import type { House, OpenBook } from "../../src/engine/house.ts";
import { heartbeatCheck } from "../../src/kinds/checks/heartbeat.ts";
import type { Reading } from "../../src/model/check.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { delivered, type Delivery, type Notice } from "../../src/model/notice.ts";
import type { Clock } from "../../src/model/time.ts";
import { noticeOf } from "../../src/report/notice/notice.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { bookFolder } from "./daemon.ts";

/** A clock that moves when it is told; the wall may be set apart. */
class OwnClock implements Clock {
  at = Date.parse("2026-11-20T12:00:00Z");
  set = 0;
  wall = (): number => this.at + this.set;
  monotonic = (): bigint => BigInt(this.at) * 1_000_000n;
  sleep = (): Promise<void> => Promise.resolve();
  /** Whether what is waited for for a time is given up soon: no time goes by here by itself. */
  rings = false;
  timer = (_ms: number, ring: () => void): (() => void) => {
    const soon = this.rings ? setImmediate(ring) : undefined;
    return () => soon && clearImmediate(soon);
  };
}

export async function engineWorld(t: TestContext, yaml: string) {
  const root = bookFolder(t, { "watchbook.yaml": yaml });
  const { book } = await compileFiles(await namedFiles([root]));
  let open: OpenBook = { book, root, dirty: false };
  /** The book as it is from now on. */
  const rewrite = async (text: string): Promise<void> => {
    writeFileSync(join(root, "watchbook.yaml"), text);
    open = { ...open, book: (await compileFiles(await namedFiles([root]))).book };
  };
  const clock = new OwnClock();
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const told: Notice[] = [];
  const channels: string[] = [];
  const refusing = { on: false, reads: false };
  const hanging = { on: false, held: [] as (() => void)[] };
  const kept: (readonly Change[])[] = [];
  const guarded = new Proxy(store, {
    get: (to, name: keyof Store) => {
      if (name === "commit" && refusing.on)
        return () => Promise.reject(new WatchbookError("STORE-FULL", { file: "state.db" }));
      if (name === "events" && refusing.reads)
        return () => Promise.reject(new WatchbookError("STORE-IO", { file: "state.db" }));
      if ((name === "commit" || name === "events") && hanging.on)
        return async (...given: never[]) => {
          await new Promise<void>((resolve) => hanging.held.push(resolve));
          return (to[name] as (...all: never[]) => unknown).apply(to, given);
        };
      if (name === "commit")
        return (changes: readonly Change[]) => {
          kept.push(changes);
          return to.commit(changes);
        };
      const found = to[name];
      return typeof found === "function" ? (found as () => unknown).bind(to) : found;
    },
  });
  const answers: { of: (channel: string) => Promise<Delivery> } = { of: () => Promise.resolve(delivered()) };
  const send = ({ id }: { readonly id: string }, notice: Notice) => {
    told.push(notice);
    channels.push(id);
    return answers.of(id);
  };
  const house = {
    clock,
    store: guarded,
    registry: { send, checks: new Map([["heartbeat", heartbeatCheck]]) },
    notice: noticeOf,
  } as unknown as House;
  const bugs: unknown[] = [];
  const parts = { house, open: () => open, interval: () => 10_000, onBug: (error: unknown) => void bugs.push(error) };
  const start = async (more: { readonly quiet?: true } = {}) => {
    Object.assign(house, { clockSet: await openClockSet(house) });
    return makeAlerts({ ...parts, ...more });
  };
  const reading = (outcome: Reading["outcome"]): Reading => ({
    ...{ check: "front", target: "local", outcome, reason: "x", args: {}, facts: {}, at: clock.wall(), seconds: 0 },
  });
  const faults = { refusing, hanging, bugs };
  return { house, open: () => open, clock, store, told, channels, ...faults, answers, rewrite, start, reading, kept };
}

export type Running = Awaited<ReturnType<typeof makeAlerts>>;

/** Time goes by, with a reading every ten seconds. */
export async function pass(
  alerts: Running,
  { clock, reading }: Awaited<ReturnType<typeof engineWorld>>,
  ms: number,
  outcome: Reading["outcome"],
) {
  for (const end = clock.at + ms; clock.at < end;) {
    clock.at = Math.min(end, clock.at + 10_000);
    alerts.read(reading(outcome));
    await alerts.pass();
  }
}
