// A backup of the calendar: one run per period, whatever crashes or restarts; its failure is said until one succeeds.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { worldOf, write, shiftedClock } from "./kit/daemon.ts";
import { startDaemon, type Serving } from "../src/cli/serve.ts";
import { troubles } from "../src/engine/troubles.ts";
import { folder } from "./kit/folder.ts";
import { until } from "./kit/until.ts";

const BEFORE = Date.parse("2026-11-20T02:00:00Z");
const DUE = Date.parse("2026-11-20T02:31:00Z");

function shop(t: TestContext) {
  const root = folder(t);
  const data = folder(t);
  writeFileSync(join(data, "order.txt"), "paid\n");
  const sets = join(root, "sets");
  write(root, {
    "README.md":
      "# Shop\n\n| Data | Backup frequency | Retention | Location |\n| --- | --- | --- | --- |\n| Orders | daily | 7 days | local |\n",
    "watchbook.yaml": [
      "lang: en",
      "zone: UTC",
      "environments: { prod: {} }",
      `targets: { here: { kind: local, environment: prod, env: { WATCHBOOK_STATE: ${join(root, "receipts")} } } }`,
      "backups:",
      "  shop:",
      "    target: here",
      "    data: [Orders]",
      `    into: ${sets}`,
      `    parts: { files: { kind: files, path: ${data} } }`,
      "",
    ].join("\n"),
  });
  const taken = () =>
    existsSync(join(sets, "shop")) ? readdirSync(join(sets, "shop")).filter((name) => /^r\d/.test(name)) : [];
  return { root, data, taken, sets };
}

async function serve(t: TestContext, root: string, wall: number) {
  const clock = shiftedClock(wall);
  const serving: Serving = await startDaemon(worldOf(clock), {
    ...{ book: root, data: join(root, ".watchbook"), listen: "127.0.0.1:0" },
    every: { checks: 60_000, book: 60_000, calendar: 20 },
  });
  let open = true;
  const stop = async () => {
    if (open) await serving[Symbol.asyncDispose]();
    open = false;
  };
  t.after(stop);
  const record = async () => (await serving.daemon.house.store.duties({ duty: "backup-shop", limit: 5 }))[0];
  const said = async () => troubles(await serving.daemon.snapshot()).map(({ kind }) => kind);
  return { clock, serving, stop, record, said };
}

test("what the manual's table promises is taken when it is due, once a period, also after a restart [H-073]", async (t) => {
  const { root, taken } = shop(t);
  const first = await serve(t, root, BEFORE);
  const duty = first.serving.daemon.book().open.book.duties.find(({ id }) => id === "backup-shop");
  assert.deepEqual([duty?.kind, duty?.every, duty?.at], ["backup", "daily", "02:30"]);
  assert.deepEqual(first.serving.daemon.book().open.book.config.backups[0]?.keep, { days: 7 });
  assert.deepEqual(taken(), [], "not due yet");
  first.clock.set(DUE);
  await until(async () => (await first.record())?.state === "done", "the backup is not done");
  assert.equal((await first.record())?.verdict, "pass");
  assert.equal(taken().length, 1);
  await first.stop();
  const second = await serve(t, root, DUE + 60_000);
  const before = second.serving.daemon.lastTick();
  await until(() => second.serving.daemon.lastTick() > before + 100, "the calendar is not looked at");
  assert.equal(taken().length, 1);
  assert.equal((await second.record())?.runs.length, 1);
  assert.ok(!(await second.said()).includes("backup-failed"));
});

test("a backup that fails is said to have failed until one succeeds; one that nobody took is said to be missed [H-073]", async (t) => {
  const { root, data, sets } = shop(t);
  rmSync(data, { recursive: true });
  const first = await serve(t, root, DUE);
  await until(async () => (await first.record())?.state === "done", "the backup is not done");
  assert.equal((await first.record())?.verdict, "fail");
  assert.deepEqual(readdirSync(join(sets, "shop")), [], "nothing half taken, and no lock");
  assert.ok((await first.said()).includes("backup-failed"));
  await first.stop();
  mkdirSync(data);
  writeFileSync(join(data, "order.txt"), "paid\n");
  // Three days later: two were missed, and today's is taken.
  const later = await serve(t, root, DUE + 3 * 86_400_000);
  await until(async () => {
    const record = await later.record();
    return record?.period === "2026-11-23" && record.state === "done";
  }, "today's backup is not done");
  const records = await later.serving.daemon.house.store.duties({ duty: "backup-shop", limit: 5 });
  assert.deepEqual(
    records.map(({ period, state, verdict }) => [period, state, verdict]),
    [
      ["2026-11-23", "done", "pass"],
      ["2026-11-22", "missed", undefined],
      ["2026-11-21", "missed", undefined],
      ["2026-11-20", "done", "fail"],
    ],
  );
  assert.ok(!(await later.said()).includes("backup-failed"));
});

test("a run that was begun and not noted is found again instead of being begun twice", async (t) => {
  const { root, taken } = shop(t);
  const first = await serve(t, root, BEFORE);
  const { runs } = first.serving.daemon;
  const request = { runbook: "backup-shop", environment: "prod", params: {} };
  // What a daemon leaves that dies between beginning the run and noting it.
  const { record } = await runs.begin(request, { by: "watchbook", reason: "backup-shop 2026-11-20" });
  await runs.settled(record.id);
  first.clock.set(DUE);
  await until(async () => (await first.record())?.state === "done", "the backup is not noted");
  assert.deepEqual((await first.record())?.runs, [record.id]);
  assert.equal(taken().length, 1);
});
