import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace, PACE, shareOf, slotAfter, type Paced, type PaceLimits } from "../src/desk/pace/index.ts";

/** A small generator, so that a failure can be done again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface World {
  readonly pace: Pace;
  /** Begins of each check, milliseconds. */
  readonly begins: Map<string, number[]>;
  most: number;
  now: number;
}

/** Lets a pace run for a time in which each check takes as long as `takes` says; never two of one at once. */
function run(all: readonly Paced[], ms: number, takes: (id: string) => number, limits: PaceLimits = PACE): World {
  const world: World = { pace: new Pace(limits), begins: new Map(all.map(({ id }) => [id, []])), most: 0, now: 5_000 };
  world.pace.renew(all, world.now);
  go(world, ms, takes);
  return world;
}

function go(world: World, ms: number, takes: (id: string) => number): void {
  const { pace } = world;
  const flying = new Map<string, number>();
  const end = world.now + ms;
  while (world.now < end) {
    for (const [id, until] of flying)
      if (until <= world.now) {
        flying.delete(id);
        pace.ended(id, world.now);
      }
    for (const id of pace.take(world.now)) {
      assert.ok(!flying.has(id), `${id} is in flight already`);
      flying.set(id, world.now + takes(id));
      world.begins.get(id)!.push(world.now);
    }
    world.most = Math.max(world.most, flying.size);
    assert.equal(pace.inFlight(), flying.size);
    const next = Math.min(...flying.values());
    world.now += Math.max(10, Math.min(next - world.now, pace.wait(world.now)));
  }
  for (const id of flying.keys()) pace.ended(id, world.now);
}

const many = (count: number, everyMs = 10_000, target?: (n: number) => string): readonly Paced[] =>
  Array.from({ length: count }, (_, n) => ({ id: `check-${n}`, everyMs, ...(target && { target: target(n) }) }));

const gapsOf = (begins: readonly number[]): readonly number[] => begins.slice(1).map((at, n) => at - begins[n]!);

/** The most begins within any window of time. */
function densest({ begins }: World, ms: number, from = 0): number {
  const all = [...begins.values()]
    .flat()
    .filter((at) => at >= from)
    .toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < all.length; last++) {
    while (all[last]! - all[first]! >= ms) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

test("2,000 checks begin within their first interval, and are spread over each one after it", () => {
  const world = run(many(2_000), 60_000, () => 5);
  for (const begins of world.begins.values()) {
    assert.ok(begins[0]! <= 15_000, `first at ${begins[0]}`);
    assert.ok(Math.max(...gapsOf(begins)) <= 10_600, `gap of ${Math.max(...gapsOf(begins))}`);
    assert.ok(begins.length >= 5 && begins.length <= 8, `${begins.length} times`);
  }
  assert.ok(densest(world, 1_000) <= 450, `start: ${densest(world, 1_000)} in a second`);
  assert.ok(densest(world, 1_000, 26_000) <= 270, `later: ${densest(world, 1_000, 26_000)} in a second`);
});

test("a slot is the same on every machine, jitter is small and bounded", () => {
  assert.equal(shareOf("front").toFixed(4), shareOf("front").toFixed(4));
  const draw = random(7);
  for (let n = 0; n < 2_000; n++) {
    const [every, now] = [1_000 + Math.floor(draw() * 240_000), draw() * 1e9];
    const first = slotAfter(`c${n}`, every, now);
    const second = slotAfter(`c${n}`, every, first);
    assert.ok(first > now - 1 && first - now <= every * 1.05 + 1, `${first - now} of ${every}`);
    assert.ok(
      Math.abs(second - first - every) <= Math.min(every * 0.05, 1_000) + 0.01,
      `${second - first} of ${every}`,
    );
  }
});

test("checks that hang never delay the others, however many begin to hang at once", () => {
  const hangs = (id: string): boolean => Number(id.slice(6)) % 4 === 0;
  const world = run(many(2_000), 70_000, (id) => (hangs(id) ? 10_000 : 20));
  for (const [id, begins] of world.begins) {
    const worst = Math.max(...gapsOf(begins));
    // A hanging one misses the slots in which it hangs, and waits for its turn among its like; none starves.
    assert.ok(worst <= (hangs(id) ? 45_000 : 11_600), `${id}: ${worst} ms`);
  }
  assert.ok(world.most <= PACE.most);
});

test("few are on one target at once, and a target that hangs is its own affair", () => {
  const target = (n: number): string => (n % 2 === 0 ? "db" : `web-${n % 10}`);
  const world = run(many(200, 10_000, target), 240_000, (id) => (Number(id.slice(6)) % 2 === 0 ? 9_000 : 20));
  for (const [id, begins] of world.begins)
    if (Number(id.slice(6)) % 2 === 1) assert.ok(Math.max(...gapsOf(begins)) <= 10_600, id);
    else assert.ok(begins.length > 0, `${id} never began`);
  // Eight on the target that hangs at the most, and some of the others for a moment.
  assert.ok(world.most <= PACE.perTarget + 30, `${world.most} in flight`);
});

test("no order of lengths, intervals and bounds starves a check or has two of one in flight", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const draw = random(seed);
    const limits = {
      slowMs: 1_000,
      quick: 1 + Math.floor(draw() * 8),
      slow: 1 + Math.floor(draw() * 4),
      most: 12,
      perTarget: 1 + Math.floor(draw() * 4),
    };
    const count = 1 + Math.floor(draw() * 40);
    const all = Array.from({ length: count }, (_, n): Paced => {
      const target = draw() < 0.5 ? { target: `t${Math.floor(draw() * 4)}` } : {};
      return { id: `c${n}`, everyMs: 1_000 + Math.floor(draw() * 9_000), ...target };
    });
    const world = run(all, 400_000, () => (draw() < 0.2 ? 1_000 + draw() * 6_000 : draw() * 300), limits);
    for (const [id, begins] of world.begins)
      assert.ok(begins.length >= 3, `seed ${seed}, ${id}: ${begins.length} times`);
    assert.ok(world.most <= limits.most);
  }
});

test("a clock that jumps by an hour neither stalls nor bursts", () => {
  for (const by of [3_600_000, -3_600_000]) {
    const world = run(many(2_000), 30_000, () => 5);
    world.now += by;
    for (const begins of world.begins.values()) begins.length = 0;
    const jumped = world.now;
    go(world, 30_000, () => 5);
    for (const [id, begins] of world.begins)
      assert.ok(begins[0]! - jumped <= 10_600, `${by}: ${id} waits ${begins[0]! - jumped} ms`);
    assert.ok(densest(world, 1_000) <= 450, `${by}: ${densest(world, 1_000)} in a second`);
  }
});

test("a book that is read anew keeps the clocks of what stays; what left and came back while in flight is not begun twice", () => {
  const pace = new Pace();
  const every = many(3);
  pace.renew(every, 0);
  assert.deepEqual(pace.take(100), ["check-0", "check-1", "check-2"]);
  pace.renew(every.slice(1), 200);
  pace.renew(every, 300);
  assert.deepEqual(pace.take(20_000), []);
  pace.ended("check-0", 300_000);
  pace.renew(every.slice(1), 300_000);
  pace.take(305_000);
  pace.ended("check-1", 305_000);
  pace.ended("check-2", 305_000);
  assert.deepEqual([...pace.take(310_000), ...pace.take(316_000)].sort(), ["check-1", "check-2"]);
  pace.renew([], 316_000);
  pace.ended("check-1", 317_000);
  assert.equal(pace.wait(317_000), Number.POSITIVE_INFINITY);
});
