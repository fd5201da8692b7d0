// A clock that is set back, really: the processes see another time from one moment to the next (libfaketime).
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { folder } from "../kit/folder.ts";
import { MAIN, until } from "../kit/wb.ts";
import { needs } from "./needs.ts";

const HOUR = 3_600_000;
const NOON = Date.parse("2026-11-18T12:00:00Z");

interface Site {
  readonly root: string;
  /** Sets the clock of every process of the site, milliseconds since the epoch. */
  readonly set: (at: number) => void;
  readonly start: (...args: readonly string[]) => {
    readonly child: ChildProcess;
    readonly said: { out: string; err: string };
  };
  readonly call: (
    ...args: readonly string[]
  ) => Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

function site(t: TestContext, argv: readonly string[] = ["true"]): Site {
  const [library] = globSync("/usr/lib/*/faketime/libfaketimeMT.so.1");
  assert.ok(library !== undefined);
  const root = folder(t);
  const clock = join(folder(t), "clock");
  const checks = { lamp: { kind: "command", params: { argv, env: { CLOCK: clock } }, items: ["The lamp is lit"] } };
  writeFileSync(join(root, "ops.md"), "# Beacon\n\n## Daily inspection\n\n- [ ] The lamp is lit\n");
  writeFileSync(join(root, "watchbook.yaml"), JSON.stringify({ zone: "UTC", checks }));
  const env = {
    ...process.env,
    LC_ALL: "C",
    NODE_TEST_CONTEXT: undefined,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  const start: Site["start"] = (...args) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    t.after(() => void (child.exitCode === null && child.kill("SIGKILL")));
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (said.err += text));
    return { child, said };
  };
  return {
    root,
    set: (at) => {
      writeFileSync(`${clock}.new`, `${offset(at)}\n`);
      renameSync(`${clock}.new`, clock);
    },
    start,
    call: async (...args) => {
      const { child, said } = start(...args);
      const [code] = await once(child, "close");
      return { code: code as number | null, ...said };
    },
  };
}

/** As libfaketime reads it: seconds from the real time. */
function offset(at: number): string {
  const seconds = Math.round((at - systemClock.wall()) / 1000);
  return seconds < 0 ? String(seconds) : `+${seconds}`;
}

test("the clock goes back while an inspection runs: no duration is negative, and its evidence verifies", async (t) => {
  if (!needs(t, "faketime")) return;
  const { root, set, call } = site(t, ["sh", "-c", 'echo "$BACK" >"$CLOCK.new"; mv "$CLOCK.new" "$CLOCK"']);
  const config = JSON.parse(readFileSync(join(root, "watchbook.yaml"), "utf8"));
  config.checks.lamp.params.env.BACK = offset(NOON - 3 * HOUR);
  writeFileSync(join(root, "watchbook.yaml"), JSON.stringify(config));
  for (const run of [1, 2]) {
    set(NOON);
    const { code, out, err } = await call("inspect", "--json");
    assert.equal(code, 0, err);
    const { report, evidence } = JSON.parse(out);
    const { runs } = JSON.parse(readFileSync(report.replace(/md$/, "json"), "utf8"));
    assert.equal(runs.length, run);
    for (const { seconds, items } of runs) {
      assert.ok(seconds >= 0, `${seconds}`);
      for (const item of items) for (const reading of item.readings) assert.ok(reading.seconds >= 0);
    }
    assert.ok(runs.at(-1).ended < runs.at(-1).started, "the clock did go back");
    assert.match(readFileSync(join(evidence, "result.env"), "utf8"), /^DURATION_SECONDS=\d/m);
    const verified = await call("evidence", "verify", evidence);
    assert.equal(verified.code, 0, verified.out + verified.err);
  }
});

test("a daemon whose clock goes back does no period twice and loses none; the log is written on and verifies [M-026]", async (t) => {
  if (!needs(t, "faketime")) return;
  const { root, set, start, call } = site(t);
  set(NOON);
  const daemon = start("serve", "--listen", "127.0.0.1:0");
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  const status = async () => JSON.parse((await call("status", "--json", "--lang", "en")).out);
  const duty = async (): Promise<{ state: string; period: string }> => (await status()).duties[0];
  /** Until the daemon has looked at its calendar by the new time. */
  const turned = (at: number) =>
    until("a look at the calendar", 30, async () => Math.abs((await status()).daemon.lastTick - at) < HOUR / 2);
  await until("the day's inspection", 30, async () => (await duty()).state === "done");

  set(NOON - 2 * HOUR);
  await turned(NOON - 2 * HOUR);
  assert.deepEqual([(await duty()).state, (await duty()).period], ["done", "2026-11-18"]);
  assert.equal((await call("inspect", "--json")).code, 0, "a person may do it again within the day");

  set(NOON - 24 * HOUR);
  await turned(NOON - 24 * HOUR);
  const early = await call("inspect", "--lang", "en");
  assert.equal(early.code, 2, early.err);
  assert.match(early.err, /2026-11-18/);

  set(NOON + 24 * HOUR);
  await until("the next day's inspection", 90, async () => {
    const { state, period } = await duty();
    return state === "done" && period === "2026-11-19";
  });
  daemon.child.kill("SIGTERM");
  await once(daemon.child, "close");
  assert.equal(daemon.child.exitCode, 0, daemon.said.err);

  await using store = await openStore(join(root, ".watchbook", "state.db"));
  const records = await store.duties({});
  assert.deepEqual(
    records.map(({ period, state, runs }) => [period, state, runs.length]),
    [
      ["2026-11-19", "done", 1],
      ["2026-11-18", "done", 2],
    ],
  );
  const runs = await store.inspections({});
  assert.equal(runs.length, 3);
  assert.ok(runs.every(({ seconds }) => seconds >= 0));
  const evidence = globSync(join(root, ".watchbook/evidence/2026/**/result.env"));
  assert.equal(evidence.length, 3);
  for (const file of evidence) {
    assert.ok(existsSync(file));
    const { code, out, err } = await call("evidence", "verify", join(file, ".."));
    assert.equal(code, 0, out + err);
  }
});
