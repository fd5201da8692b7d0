// How often the watcher may die before it is told: three times within ten minutes, on a clock that the test sets.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openDeaths, type Deaths } from "../src/engine/watcher/deaths.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 8);

interface Watcher {
  /** It begins so long after START: for the first time, or after it has died. */
  readonly begins: (after: number) => Promise<Deaths>;
  readonly at: (after: number) => void;
}

async function watcher(t: TestContext): Promise<Watcher> {
  const store = await openStore(join(folder(t), "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  let now = START;
  const at = (after: number): void => void (now = START + after);
  const begins = (after: number): Promise<Deaths> => {
    at(after);
    return openDeaths(store, { wall: () => now });
  };
  await begins(-MINUTE);
  return { begins, at };
}

/** Whether there were many when it had begun anew after the last of these deaths. */
async function many(t: TestContext, ...deaths: readonly number[]): Promise<boolean | undefined> {
  const { begins } = await watcher(t);
  let last: Deaths | undefined;
  for (const after of deaths) last = await begins(after);
  return last?.many();
}

test("the third death within ten minutes is told, at ten minutes it is not", async (t) => {
  assert.equal(await many(t, 0, 5 * MINUTE, 10 * MINUTE - 1), true);
  assert.equal(await many(t, 0, 5 * MINUTE, 10 * MINUTE), false);
  assert.equal(await many(t, 0, MINUTE), false);
});

test("what is told is over when the first of the three was ten minutes ago", async (t) => {
  const { begins, at } = await watcher(t);
  for (const after of [0, MINUTE]) await begins(after);
  const third = await begins(2 * MINUTE);
  at(10 * MINUTE - 1);
  assert.equal(third.many(), true);
  at(10 * MINUTE);
  assert.equal(third.many(), false);
});

test("of more than three deaths the last three count", async (t) => {
  assert.equal(await many(t, 0, 8 * MINUTE, 9 * MINUTE, 18 * MINUTE - 1), true);
  assert.equal(await many(t, 0, 8 * MINUTE, 9 * MINUTE, 18 * MINUTE), false);
  const { begins, at } = await watcher(t);
  for (const after of [0, MINUTE, 8 * MINUTE]) await begins(after);
  const fourth = await begins(9 * MINUTE);
  at(11 * MINUTE - 1);
  assert.equal(fourth.many(), true);
});

test("an end that was asked for is no death, and takes none back", async (t) => {
  const { begins } = await watcher(t);
  await begins(0);
  await (await begins(MINUTE)).left();
  assert.equal((await begins(2 * MINUTE)).many(), false);
  assert.equal((await begins(3 * MINUTE)).many(), true);
});

test("deaths of a day that a clock set back has yet to come to are none", async (t) => {
  const day = 24 * 60 * MINUTE;
  assert.equal(await many(t, day, day + 1, day + 2, 0), false);
});
