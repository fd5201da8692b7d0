import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { House } from "../../src/engine/house.ts";
import { makeRunner, type Runner, type RunnerParts } from "../../src/engine/run/runner.ts";
import { registry } from "../../src/kinds/registry.ts";
import type { PlanTarget } from "../../src/model/plan.ts";
import { systemClock } from "../../src/model/time.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { folder } from "./folder.ts";

/** Processes of this machine whose command line holds the text. */
export const processesWith = (text: string): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").includes(text);
      } catch {
        return false;
      }
    });

/** A runner over a real store and this machine, with a place that counts what really happened. */
export interface Bench {
  readonly data: string;
  readonly store: Store;
  readonly house: House;
  readonly runner: Runner;
  /** Lines that steps left in `effects`, in order. */
  readonly effects: () => readonly string[];
  /** A target of this machine whose receipts and effects lie in this folder. */
  readonly target: (name: string) => PlanTarget;
  /** The same data in the hands of the next process. */
  readonly restart: () => Promise<Runner>;
}

export async function bench(t: TestContext, parts: Partial<RunnerParts> = {}): Promise<Bench> {
  const data = folder(t);
  const store = await openStore(join(data, "state.db"), { here: true });
  const house = {
    registry,
    clock: systemClock,
    store,
    data,
    host: "host-1",
    version: "0.0.0-test",
    secret: (reference: string) => Promise.resolve(`value of ${reference}`),
  } as unknown as House;
  const make = (): Runner =>
    makeRunner({
      house,
      pid: process.pid,
      root: data,
      settle: () => Promise.resolve(undefined),
      confirm: () => Promise.resolve(),
      broken: (_, error) => {
        throw error;
      },
      ...parts,
    });
  let runner = make();
  t.after(async () => {
    await runner.stop();
    await store[Symbol.asyncDispose]();
  });
  return {
    data,
    store,
    house,
    get runner() {
      return runner;
    },
    effects: () => {
      try {
        return readFileSync(join(data, "effects"), "utf8").trimEnd().split("\n");
      } catch {
        return [];
      }
    },
    target: (name) => ({
      name,
      kind: "local",
      params: { env: { WATCHBOOK_STATE: join(data, "receipts", name), EFFECTS: join(data, "effects") } },
      lock: `${name}/service`,
      env: { EFFECTS: join(data, "effects") },
    }),
    restart: async () => {
      await runner.stop();
      runner = make();
      await runner.recover();
      return runner;
    },
  };
}
