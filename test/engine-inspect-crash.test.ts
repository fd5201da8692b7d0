import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { inspect, published, recover } from "../src/engine/inspect.ts";
import type { House, OpenBook } from "../src/engine/house.ts";
import { owed } from "../src/engine/inspect/keys.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";
import { check, duty, house, item, opened, TestClock } from "./kit/inspection.ts";
import { Crash, mortal } from "./kit/mortal.ts";

const DAY = 86_400_000;
const bands = { bad: "above", warn: 70, critical: 90 } as const;

interface World {
  readonly open: OpenBook;
  readonly clock: TestClock;
  readonly house: House;
  readonly data: string;
}

/** Records a run once, in a folder of its own, as the recorder promises; its own crashes are tested with it. */
const recorder =
  (data: string): House["record"] =>
  async (_, input) => {
    const directory = join(data, "evidence", input.id);
    mkdirSync(directory, { recursive: true });
    if (!existsSync(join(directory, "runs"))) writeFileSync(join(directory, "runs"), "");
    writeFileSync(join(directory, "runs"), `${input.id} ${input.verdict}\n`);
    return { directory, leaf: 0, keyId: "k" };
  };

async function world(t: TestContext): Promise<World> {
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const clock = new TestClock("2026-01-01T08:00:00Z");
  const open = opened(root, {
    checks: [check("cpu", { value: 40 }, { bands }), check("disk", { value: 60 }, { bands })],
    duties: [duty([item("CPU", ["cpu"]), item("Disk", ["disk"])])],
  });
  return { open, clock, house: { ...house(data, store, clock), record: recorder(data) }, data };
}

const inspectAs = (home: House, open: OpenBook) =>
  inspect(home, open, "daily", { by: "lin", signal: new AbortController().signal });

/** Nothing is half done: every run is on record with one evidence and one section of one report. */
async function assertSettled({ house: home, data, clock }: World): Promise<void> {
  const period = new Date(clock.wall()).toISOString().slice(0, 10);
  const record = await home.store.duty("daily", period);
  if (!record) return;
  assert.notEqual(record.state, "running");
  for (const run of record.runs) {
    assert.ok(await home.store.inspection(run), `run ${run} is on record`);
    assert.equal(await owed(home.store, run), undefined);
    const place = await published(home.store, run);
    assert.equal(place.evidence?.directory, join(data, "evidence", run));
    const verdict = readFileSync(join(place.evidence.directory, "runs"), "utf8");
    assert.equal(verdict, `${run} ${(await home.store.inspection(run))!.verdict}\n`);
    const text = readFileSync(place.report!, "utf8");
    assert.equal(text.split(`<!-- run ${run} -->`).length, 2);
  }
}

async function assertOneReport({ house: home, data, clock }: World): Promise<void> {
  const period = new Date(clock.wall()).toISOString().slice(0, 10);
  const record = await home.store.duty("daily", period);
  assert.equal(record?.state, "done");
  const stamp = period.replaceAll("-", "");
  const files = readdirSync(join(data, "reports/inspections"));
  assert.deepEqual(
    files.filter((name) => name.includes(stamp)),
    [`daily-${stamp}.json`, `daily-${stamp}.md`],
  );
  assert.deepEqual(
    files.filter((name) => name.endsWith(".tmp")),
    [],
  );
}

test("a crash after any awaited call of an inspection loses nothing and doubles nothing", async (t) => {
  const at = await world(t);
  let crashes = 0;
  for (let call = 1; ; call += 1) {
    at.clock.pass(DAY);
    const dying = mortal(at.house, call);
    const ended = await inspectAs(dying.house, at.open).then(
      () => "ended",
      (error: unknown) => error,
    );
    if (!dying.died()) {
      assert.equal(ended, "ended");
      break;
    }
    crashes += 1;
    assert.deepEqual(await recover(at.house, at.open), []);
    await assertSettled(at);
    await inspectAs(at.house, at.open);
    await assertSettled(at);
    await assertOneReport(at);
  }
  assert.ok(crashes >= 15, `${crashes} places to crash at`);
});

test("a crash at any awaited call of the recovery itself is recovered from", async (t) => {
  for (const first of [5, 14])
    for (let call = 1; ; call += 1) {
      const at = await world(t);
      await assert.rejects(inspectAs(mortal(at.house, first).house, at.open), Crash);
      const dying = mortal(at.house, call);
      await recover(dying.house, at.open).catch((error: unknown) => assert.ok(error instanceof Crash));
      assert.deepEqual(await recover(at.house, at.open), []);
      await assertSettled(at);
      if (!dying.died()) break;
    }
});

test("a crash after the period has ended leaves it missed, with the attempt on record", async (t) => {
  const at = await world(t);
  const dying = mortal(at.house, 5);
  await assert.rejects(inspectAs(dying.house, at.open), Crash);
  at.clock.pass(DAY);
  await recover(at.house, at.open);
  const record = await at.house.store.duty("daily", "2026-01-01");
  assert.equal(record?.state, "missed");
  assert.equal(record.runs.length, 1);
  const inspection = await at.house.store.inspection(record.runs[0]!);
  assert.equal(inspection?.interrupted, true);
  assert.deepEqual(
    inspection.items.map((one) => one.outcome),
    ["open", "open"],
  );
  const events = await at.house.store.events({ after: 0 });
  assert.ok(events.some((one) => one.kind === "duty.missed"));
});

test("a bug that breaks a run off gives the duty back at once", async (t) => {
  const at = await world(t);
  const broken = mortal(at.house, 0).house;
  const home: House = { ...broken, store: { ...broken.store, samples: () => Promise.reject(new Error("bug")) } };
  await assert.rejects(inspectAs(home, at.open), /bug/);
  assert.equal((await at.house.store.duty("daily", "2026-01-01"))?.state, "due");
});
