import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Desired, Driver, Observed } from "../../src/model/driver.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { ReachError, type Reach } from "../../src/model/target.ts";
import { contextOf, measure, said } from "./check-context.ts";

/** A target with one thing that runs, for one test. */
export interface DriverWorld {
  readonly reach: Reach;
  /** Name of the thing. */
  readonly thing: string;
  /** Brings the thing to another version, and back. */
  readonly versions: readonly [Desired, Desired];
  /** A wish that the target refuses when it is applied, or already when it is planned. */
  readonly impossible: Desired;
  /** Everything about the thing that must stay as it is when nothing is done: container ids, start times, revisions. */
  trace(): Promise<string>;
  /** Changes the thing behind the driver's back. */
  meddle(): Promise<void>;
  /** Makes it run without anything that could tell whether it is well. */
  blind?(): Promise<void>;
  /** A hand on a target of the same kind that cannot be reached. */
  unreachable(): Promise<Reach>;
}

/** Makes a world, or skips the test and gives undefined. */
export type OpenWorld = (t: TestContext) => Promise<DriverWorld | undefined>;

const signal = (): AbortSignal => AbortSignal.timeout(120_000);
const quiet = (): void => undefined;

/** The check says what the driver says. */
async function checked({ reach, thing }: DriverWorld): Promise<void> {
  const { outcome } = await driverOf(reach).health([thing], signal());
  const measured = await measure("workload", { names: thing }, contextOf(reach));
  assert.equal(said(measured).split(" ")[0], outcome, JSON.stringify(measured));
}

export function driverOf(reach: Reach): Driver {
  assert.ok(reach.driver, "the target has a driver");
  return reach.driver;
}

async function seen(world: DriverWorld): Promise<Observed> {
  const [one, ...more] = await driverOf(world.reach).observe([world.thing], signal());
  assert.ok(one !== undefined && more.length === 0);
  assert.equal(one.name, world.thing);
  return one;
}

const code = (wanted: string) => (error: unknown) => error instanceof WatchbookError && error.code === wanted;

/** What every Driver must do (model/driver.ts). */
export function driverSuite(kind: string, open: OpenWorld): void {
  lookingSuite(kind, open);
  doingSuite(kind, open);
  failingSuite(kind, open);
}

function lookingSuite(kind: string, open: OpenWorld): void {
  test(`${kind}: looking, planning and asking for health change nothing`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const before = await world.trace();
    const all = await driver.observe(undefined, signal());
    assert.ok(all.some(({ name }) => name === world.thing));
    for (const [wish, what] of [
      [world.versions[1], "update"],
      [{ name: world.thing, restart: true }, "restart"],
    ] as const) {
      const intention = await driver.plan([wish], signal());
      assert.deepEqual(
        intention.actions.map((action) => [action.what, action.risk, action.command !== ""]),
        [[what, "write", true]],
      );
      assert.deepEqual(JSON.parse(JSON.stringify(intention)), intention, "an intention is plain data");
    }
    await driver.health([world.thing], signal());
    assert.equal(await world.trace(), before);
  });

  test(`${kind}: a plan for what is already so has nothing to do, and applying it does nothing`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const now = await seen(world);
    const [before, trace] = [now.state, await world.trace()];
    assert.equal(before, "running");
    const wishes: readonly Desired[] = [
      { name: world.thing, state: "running" },
      { name: world.thing, ...(now.replicas && { replicas: now.replicas.wanted }) },
      world.versions[0],
    ];
    for (const wish of wishes) {
      const intention = await driver.plan([wish], signal());
      assert.deepEqual(
        intention.actions.map(({ what }) => what),
        ["none"],
        JSON.stringify(wish),
      );
      await driver.apply(intention, signal(), quiet);
    }
    assert.equal(await world.trace(), trace);
  });

  test(`${kind}: a name that is not there is refused with the names that are`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const asked = driverOf(world.reach).plan([{ name: `${world.thing}x`, restart: true }], signal());
    await assert.rejects(asked, (error: unknown) => {
      assert.ok(error instanceof WatchbookError && error.code === "TARGET-THING-UNKNOWN", String(error));
      assert.match(String(error.args["known"]), new RegExp(world.thing));
      return true;
    });
  });
}

function doingSuite(kind: string, open: OpenWorld): void {
  test(`${kind}: an update brings another version, undo the one before, with its configuration`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const before = await seen(world);
    const intention = await driver.plan([world.versions[1]], signal());
    const said: string[] = [];
    await driver.apply(intention, signal(), (line) => said.push(line));
    const after = await seen(world);
    assert.notDeepEqual([after.version, after.config], [before.version, before.config]);
    assert.equal(after.state, "running");
    assert.ok(said.length > 0, "what is done is logged");
    assert.deepEqual(
      (await driver.plan([world.versions[1]], signal())).actions.map(({ what }) => what),
      ["none"],
    );
    // What undo needs survives the process that made it.
    await driver.undo(JSON.parse(JSON.stringify(intention)) as typeof intention, signal(), quiet);
    assert.deepEqual(await seen(world), before);
    await driver.undo(intention, signal(), quiet);
    assert.deepEqual(await seen(world), before, "undoing twice is undoing once");
  });

  test(`${kind}: stop stops, and undo starts again`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const before = await seen(world);
    await checked(world);
    const intention = await driver.plan([{ name: world.thing, state: "stopped" }], signal());
    assert.deepEqual(
      intention.actions.map(({ what }) => what),
      ["stop"],
    );
    await driver.apply(intention, signal(), quiet);
    assert.equal((await seen(world)).state, "stopped");
    assert.notEqual((await driver.health([world.thing], signal())).outcome, "pass", "what is stopped is not healthy");
    await checked(world);
    await driver.undo(intention, signal(), quiet);
    assert.deepEqual(await seen(world), before);
  });

  test(`${kind}: apply refuses what is no longer as it was planned`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const intention = await driver.plan([world.versions[1]], signal());
    await world.meddle();
    const trace = await world.trace();
    await assert.rejects(driver.apply(intention, signal(), quiet), code("TARGET-CHANGED"));
    assert.equal(await world.trace(), trace, "nothing was done");
  });
}

function failingSuite(kind: string, open: OpenWorld): void {
  test(`${kind}: what the target refuses is an error, and undo leaves it as it was`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const before = await seen(world);
    const limit = signal();
    await assert.rejects(
      async () => {
        const intention = await driver.plan([world.impossible], limit);
        await driver.apply(intention, limit, quiet).catch(async (error: unknown) => {
          await driver.undo(intention, limit, quiet);
          throw error;
        });
      },
      (error: unknown) => error instanceof WatchbookError && /^TARGET-(REFUSED|WISH)$/.test(error.code),
    );
    assert.deepEqual(await seen(world), before);
  });

  test(`${kind}: health that nobody can know is not health`, async (t) => {
    const world = await open(t);
    if (!world) return;
    if (world.blind) {
      await world.blind();
      const health = await driverOf(world.reach).health([world.thing], signal());
      assert.equal(health.outcome, "unknown", health.reasons.join("; "));
      assert.ok(health.reasons.length > 0);
      return;
    }
    assert.equal((await driverOf(world.reach).health([], signal())).outcome, "unknown", "of nothing, nothing is known");
  });

  test(`${kind}: everything ends soon after an abort`, async (t) => {
    const world = await open(t);
    if (!world) return;
    const driver = driverOf(world.reach);
    const intention = await driver.plan([world.versions[1]], signal());
    const asked = (given: AbortSignal): readonly Promise<unknown>[] => [
      driver.observe(undefined, given),
      driver.plan([world.versions[1]], given),
      driver.health(undefined, given),
      driver.apply(intention, given, quiet),
    ];
    const reason = new Error("let go");
    const ended = async (work: readonly Promise<unknown>[]): Promise<void> => {
      for (const one of await Promise.allSettled(work)) assert.ok(one.status === "rejected" && one.reason === reason);
    };
    const trace = await world.trace();
    const control = new AbortController();
    const going = asked(control.signal);
    control.abort(reason);
    await ended(going);
    await ended(asked(AbortSignal.abort(reason)));
    assert.equal(await world.trace(), trace, "nothing was begun");
  });

  test(`${kind}: a target that cannot be reached is said to be so`, async (t) => {
    const world = await open(t);
    if (!world) return;
    await using reach = await world.unreachable();
    const driver = driverOf(reach);
    const unreachable = (error: unknown): boolean => error instanceof ReachError && error.reason === "unreachable";
    await assert.rejects(driver.observe(undefined, signal()), unreachable);
    await assert.rejects(driver.plan([world.versions[1]], signal()), unreachable);
    await assert.rejects(driver.health(undefined, signal()), unreachable);
  });
}
