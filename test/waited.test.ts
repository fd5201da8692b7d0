// How tests wait: a look that costs does not shorten it, and none of them goes on for ever.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { waited } from "./kit/waited.ts";

const IN_VAIN = /^Error: waited [1-9]\d* s in vain: the bell$/;

test("what a look takes is no waiting: what comes later than the limit is found", async () => {
  let looked = 0;
  assert.equal(await waited("never", () => pause(500).then(() => (looked += 1) === 5), 2_000), true);
});

test("at three times the limit it is over, and the time that has gone by is said", async () => {
  let looked = 0;
  await assert.rejects(
    waited("the bell", () => pause(500).then(() => ((looked += 1), false)), 300),
    IN_VAIN,
  );
  assert.ok(looked <= 2, `${looked} looks, half a second each`);
});

test("a look that never ends does not keep the others waiting", { timeout: 60_000 }, async () => {
  const { promise } = Promise.withResolvers<true>();
  await assert.rejects(
    waited(
      () => "the bell",
      () => promise,
      400,
    ),
    IN_VAIN,
  );
});

test("where a look costs nothing it is over at the limit", async () => {
  let looked = 0;
  await assert.rejects(
    waited("the bell", () => ((looked += 1), false), 1_000),
    IN_VAIN,
  );
  assert.ok(looked <= 102, `${looked} looks, 10 ms apart`);
});
