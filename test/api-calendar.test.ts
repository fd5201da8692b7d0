// The calendar of a running daemon: what is done, what was missed, and what restarts and clocks cannot double.
import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { periodOf } from "../src/desk/duty/index.ts";
import type { DutyRecord } from "../src/model/duty.ts";
import { openStore } from "../src/store/sqlite.ts";
import { ask, bookFolder, CONFIG, serving, shiftedClock, until, type ShiftedClock } from "./kit/daemon.ts";

/** A moment in Shanghai. */
const at = (text: string): number => Date.parse(`${text}+08:00`);

async function life(
  t: TestContext,
  root: string,
  clock: ShiftedClock,
  act: (url: string) => Promise<void>,
): Promise<void> {
  const one = await serving(t, root, { clock });
  try {
    await act(one.url);
  } finally {
    await one[Symbol.asyncDispose]();
  }
}
async function records(root: string): Promise<readonly DutyRecord[]> {
  await using store = await openStore(join(root, ".watchbook", "state.db"));
  return (await store.duties({})).toReversed();
}
const states = async (root: string): Promise<readonly string[]> =>
  (await records(root)).map(({ period, state }) => `${period} ${state}`);
const state = async (url: string): Promise<string> => (await ask(url, "/api/v1/duties")).json.duties[0].state;
const settled = (url: string) => until("the duty done", async () => ["open", "done"].includes(await state(url)));

test("a duty waits for its time, is then done once, and has its report of the book's day", async (t) => {
  const root = bookFolder(t);
  const clock = shiftedClock(at("2026-11-20T08:59:00"));
  await life(t, root, clock, async (url) => {
    await until("a round", async () => (await ask(url, "/api/v1/checks")).json.checks[0].outcome !== null);
    assert.equal(await state(url), "waiting");
    clock.set(at("2026-11-20T09:00:00"));
    await settled(url);
  });
  assert.deepEqual(await states(root), ["2026-11-20 open"]);
  const reports = readdirSync(join(root, ".watchbook", "reports"), { recursive: true }).filter((name) =>
    String(name).endsWith("20261120.md"),
  );
  assert.equal(reports.length, 1);
});

test("periods that pass while nobody runs are recorded as missed, the present one is done when its time has passed [M-026]", async (t) => {
  const root = bookFolder(t);
  await life(t, root, shiftedClock(at("2026-11-16T10:00:00")), async (url) => void (await settled(url)));
  await life(t, root, shiftedClock(at("2026-11-20T10:00:00")), async (url) => {
    await settled(url);
    const missed = (await ask(url, "/api/v1/events?kind=duty.missed")).json.events;
    assert.deepEqual(
      missed.map((event: { data: { period: string } }) => event.data.period),
      ["2026-11-17", "2026-11-18", "2026-11-19"],
    );
  });
  assert.deepEqual(await states(root), [
    "2026-11-16 open",
    "2026-11-17 missed",
    "2026-11-18 missed",
    "2026-11-19 missed",
    "2026-11-20 open",
  ]);
  await life(t, root, shiftedClock(at("2026-11-21T08:00:00")), async (url) => {
    assert.equal(await state(url), "waiting");
    assert.equal((await ask(url, "/api/v1/events?kind=duty.missed")).json.events.length, 3);
  });
  assert.equal((await records(root)).length, 5);
});

test("missed periods are named on Today and by status until the duty is done again", async (t) => {
  const root = bookFolder(t);
  await life(t, root, shiftedClock(at("2026-11-18T10:00:00")), async (url) => void (await settled(url)));
  const clock = shiftedClock(at("2026-11-20T08:00:00"));
  await life(t, root, clock, async (url) => {
    const trouble = await until("the missed day", async () =>
      (await ask(url, "/api/v1/status")).json.troubles.find((one: { kind: string }) => one.kind === "duty-missed"),
    );
    assert.match(trouble.say, /2026-11-19/);
    assert.match((await ask(url, "/")).text, /2026-11-19/);
    clock.set(at("2026-11-20T09:00:01"));
    await settled(url);
    assert.ok(
      !(await ask(url, "/api/v1/status")).json.troubles.some((one: { kind: string }) => one.kind === "duty-missed"),
    );
  });
});

test("restarts and a clock that jumps an hour back or forward never give a second record or run", async (t) => {
  const root = bookFolder(t);
  const clock = shiftedClock(at("2026-11-20T09:30:00"));
  await life(t, root, clock, async (url) => {
    await settled(url);
    for (const time of ["08:30:00", "09:30:00", "10:30:00", "08:59:00", "09:01:00"]) {
      clock.set(at(`2026-11-20T${time}`));
      const tick = async () => (await ask(url, "/health")).json.daemon.lastTick;
      const seen = clock.wall();
      await until("a look at the calendar", async () => (await tick()) >= seen);
    }
  });
  for (const time of ["09:40:00", "08:40:00", "09:50:00"])
    await life(t, root, shiftedClock(at(`2026-11-20T${time}`)), async (url) => {
      await until(
        "a look at the calendar",
        async () => (await ask(url, "/api/v1/events?kind=daemon.started")).json.events.length > 0,
      );
      assert.equal(await state(url), "open");
    });
  const all = await records(root);
  assert.deepEqual(
    all.map(({ period, runs }) => [period, runs.length]),
    [["2026-11-20", 1]],
  );
});

test("an hourly duty has one record per hour through the hour that a zone repeats", async (t) => {
  const root = bookFolder(t, {
    "watchbook.yaml": `${CONFIG.replace("Asia/Shanghai", "Europe/Berlin")}duties:\n  daily-inspection: { every: hourly }\n`,
  });
  const clock = shiftedClock(Date.parse("2026-10-24T23:30:00Z"));
  await life(t, root, clock, async (url) => {
    for (let hour = 0; hour < 4; hour += 1) {
      const now = Date.parse("2026-10-24T23:30:00Z") + hour * 3_600_000;
      clock.set(now);
      const period = periodOf("hourly", now, "Europe/Berlin");
      await until(`the record of ${period}`, async () => {
        const [duty] = (await ask(url, "/api/v1/duties")).json.duties;
        return duty.period === period && ["open", "done"].includes(duty.state);
      });
    }
  });
  assert.deepEqual(
    (await states(root)).map((one) => one.split(" ")[0]),
    ["2026-10-25T01", "2026-10-25T02", "2026-10-25T03"],
  );
});

test("a report that cannot be written is told by health and status, and is written once the disk allows it", async (t) => {
  const root = bookFolder(t, {
    "watchbook.yaml": `${CONFIG}reports: out\n`,
    out: "a file where the folder should be\n",
  });
  const clock = shiftedClock(at("2026-11-20T10:00:00"));
  const { url } = await serving(t, root, { clock });
  const health = () => ask(url, "/health");
  const sick = await until("the daemon held up", async () => {
    const answer = await health();
    return answer.status === 503 && answer;
  });
  assert.equal(sick.json.status, "degraded");
  assert.ok(sick.json.daemon.ill.say.length > 0 && sick.json.daemon.ill.fix.length > 0);
  assert.match((await ask(url, "/metrics")).text, /^watchbook_held_up 1$/m);
  assert.match((await ask(url, "/")).text, /The daemon(?:'|&#39;)s work is held up/);
  const { inspections } = (await ask(url, "/api/v1/inspections")).json;
  assert.equal(inspections.length, 1);
  rmSync(join(root, "out"));
  clock.set(at("2026-11-20T10:01:30"));
  await until("the daemon well again", async () => (await health()).status === 200);
  const written = readdirSync(join(root, "out"), { recursive: true }).filter((name) =>
    String(name).endsWith("20261120.md"),
  );
  assert.equal(written.length, 1);
  assert.equal((await ask(url, "/api/v1/inspections")).json.inspections.length, 1);
});
