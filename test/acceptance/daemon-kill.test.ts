// kill -9 at random moments: no record, run, report or evidence is lost or doubled.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { periodAfter } from "../../src/desk/duty/index.ts";
import { recordMissed } from "../../src/engine/duties.ts";
import { published } from "../../src/engine/inspect.ts";
import { timetable } from "../../src/engine/schedule.ts";
import { systemClock } from "../../src/model/time.ts";
import { socketPath } from "../../src/api/socket.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tmpdir, userInfo } from "node:os";
import { ask, bookFolder, CONFIG, MANUAL, until } from "../kit/daemon.ts";
import { recorder, verify } from "../kit/evidence.ts";
import { NEAR } from "../kit/near.ts";

const KILLS = 24;
const ZONE = "Asia/Shanghai";
/** An hour of the manual takes a second. */
const FACTOR = 3600;

/** Reproducible moments (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Child {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<unknown>;
}

function start(root: string, real: number, wall: number): Child {
  const script = join(import.meta.dirname, "..", "kit", "fast-daemon.ts");
  const child = spawn(process.execPath, [...NEAR, script, root, String(real), String(wall), String(FACTOR)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  return { process: child, output: () => output, exit: once(child, "exit") };
}

const serves = (child: Child): Promise<unknown> =>
  until(`an address: ${child.output()}`, () => {
    if (child.process.exitCode !== null) throw new Error(`the daemon ended by itself: ${child.output()}`);
    return child.output().startsWith("http");
  });

test(
  "a daemon killed at random moments loses and doubles no record, run, report or evidence",
  { timeout: 240_000 },
  async (t) => {
    const seed = systemClock.wall() % 1_000_000;
    t.diagnostic(`seed ${seed}`);
    const next = random(seed);
    const root = bookFolder(t, {
      "ops.md": `${MANUAL}\n## Pre-upgrade checklist\n\n- [ ] The beacon file is there\n`,
      "watchbook.yaml": `${CONFIG}duties:\n  daily-inspection: { every: hourly }\n`,
    });
    const data = join(root, ".watchbook");
    const socket = socketPath(data, tmpdir(), userInfo().uid);
    const real = systemClock.wall();
    const wall = Date.parse("2026-11-20T00:30:00Z");
    const acknowledged: string[] = [];
    const demand = async (): Promise<void> => {
      const options = { method: "POST", headers: { "content-type": "application/json" }, body: '{"by":"wang"}' };
      const answer = await ask({ socket }, "/api/v1/duties/pre-upgrade-checklist/inspect", options);
      if (answer.status === 200) acknowledged.push(answer.json.inspection.id);
    };

    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = start(root, real, wall);
      t.after(() => child.process.kill("SIGKILL"));
      // Some die while they start, most while they work.
      if (next() < 0.75) await serves(child);
      const asked = next() < 0.6 && existsSync(socket) ? demand().catch(() => undefined) : undefined;
      await systemClock.sleep(Math.floor(next() * 700));
      child.process.kill("SIGKILL");
      await child.exit;
      await asked;
    }

    const last = start(root, real, wall);
    t.after(() => last.process.kill("SIGKILL"));
    await serves(last);
    await demand();
    const url = last.output().trim();
    await until("the present hour done", async () => {
      const { duties } = (await ask(url, "/api/v1/duties")).json;
      return duties.every((duty: { state: string }) => ["open", "done"].includes(duty.state));
    });
    last.process.kill("SIGTERM");
    await last.exit;
    assert.equal(last.process.exitCode, 0, last.output());
    assert.ok(acknowledged.length > 0);

    await using store = await openStore(join(data, "state.db"));
    // An hour that ended between the last look at the calendar and the run begun by it is found by the next look.
    const before = await store.duties({ duty: "daily-inspection", limit: 10_000 });
    const hourly = { id: "daily-inspection", title: "", kind: "inspection", every: "hourly", items: [] } as const;
    const table = timetable({ ...hourly, source: { file: "ops.md", line: 1 } }, ZONE)!;
    await recordMissed(store, table, ZONE, Math.max(...before.map(({ updated }) => updated)));
    const records = await store.duties({ limit: 10_000 });
    const inspections = await store.inspections({ limit: 10_000 });

    // One record per hour, without a hole from the first to the last.
    const hours = records
      .filter((record) => record.duty === "daily-inspection")
      .map((record) => record.period)
      .sort();
    for (let index = 1; index < hours.length; index += 1)
      assert.equal(hours[index], periodAfter(hours[index - 1]!, ZONE));
    assert.ok(hours.length >= KILLS / 2, `${hours.length} hours`);

    // Every run is in exactly one record, every run of a record is there, and no hour was done twice by the calendar.
    const runs = records.flatMap((record) => record.runs);
    assert.deepEqual(runs.toSorted(), inspections.map((one) => one.id).toSorted());
    assert.equal(new Set(runs).size, runs.length);
    for (const record of records) {
      const mine = inspections.filter((one) => record.runs.includes(one.id));
      assert.ok(
        mine.every((one) => one.duty === record.duty && one.period === record.period),
        record.period,
      );
      const whole = mine.filter((one) => one.interrupted !== true);
      const hourly = record.duty === "daily-inspection";
      if (hourly) assert.ok(whole.length <= 1, `${record.period} was done ${whole.length} times`);
      // What nobody brought to its end is missed; work that an event asked for stays due.
      const undone = hourly ? "missed" : "due";
      assert.equal(record.state === undone, whole.length === 0, `${record.duty} ${record.period} ${record.state}`);
    }

    // What was acknowledged is there, and every run has its report and its own evidence, which verifies.
    for (const id of acknowledged) assert.ok(runs.includes(id), `${id} was acknowledged and is lost`);
    const places = await Promise.all(inspections.map((one) => published(store, one.id)));
    assert.ok(
      places.every((place) => place.evidence !== undefined && existsSync(place.evidence.directory)),
      "evidence is missing",
    );
    assert.ok(
      places.every((place) => place.report !== undefined && existsSync(place.report)),
      "a report is missing",
    );
    assert.equal(new Set(places.map((place) => place.evidence!.directory)).size, inspections.length);
    const leaves = places.map((place) => place.evidence!.leaf).toSorted((a, b) => a - b);
    assert.deepEqual(leaves, [...inspections.keys()]);
    const pins = { now: Math.max(...inspections.map((one) => one.ended)) };
    for (const [index, place] of places.entries()) {
      const { verdict, logged, reasons } = verify(recorder(data), place.evidence!, { pins });
      assert.deepEqual([verdict, logged], [inspections[index]!.verdict, true], JSON.stringify(reasons));
    }
  },
);
