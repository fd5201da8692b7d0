import assert from "node:assert/strict";
import { test } from "node:test";
import { takeBeat } from "../src/engine/heartbeats.ts";
import { probe } from "../src/engine/inspect/probe.ts";
import { heard, type Beat } from "../src/model/beat.ts";
import type { Sample } from "../src/model/check.ts";
import type { Reach } from "../src/model/target.ts";
import { judgeBeat, type Expected } from "../src/kinds/checks/heartbeat/judge.ts";
import { engineWorld } from "./kit/alert-engine.ts";
import { ask, bookFolder, NIGHT, serving, shiftedClock, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";
import { clockAt, contextOf, here, measure, sampleOf, said } from "./suites/check-context.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 20, 0, 0);
const hourly = { next: (after: number) => after + HOUR, graceMs: 5 * MINUTE, longestMs: 10 * MINUTE };
const done = (exit: number, at: number, before: Beat = {}): Beat => heard(before, { state: "end", exit }, at);
const begun = (at: number, before: Beat = {}): Beat => heard(before, { state: "start" }, at);

test("a job's word: in time, late, failed, running, stuck, never", () => {
  const says = (beat: Beat, at: number): string => judgeBeat(beat, hourly, START, START + at).says;
  assert.equal(says({}, 65 * MINUTE), "waiting");
  assert.equal(says({}, 65 * MINUTE + 1), "never");
  const well = done(0, START + 10 * MINUTE);
  assert.equal(says(well, 75 * MINUTE), "in-time");
  assert.equal(says(well, 75 * MINUTE + 1), "late");
  assert.equal(says(done(3, START + 20 * MINUTE, well), 21 * MINUTE), "failed");
  // A failure stays one until an attempt has ended well.
  const again = begun(START + 22 * MINUTE, done(3, START + 20 * MINUTE, well));
  assert.equal(says(again, 23 * MINUTE), "failed");
  assert.equal(says(done(0, START + 24 * MINUTE, again), 25 * MINUTE), "in-time");
  // It began in time and goes on past the hour: it runs, until it takes longer than it may.
  const running = begun(START + 74 * MINUTE, well);
  assert.equal(says(running, 80 * MINUTE), "running");
  assert.equal(says(running, 85 * MINUTE), "stuck");
  assert.equal(says(begun(START + 100 * MINUTE, well), 101 * MINUTE), "late");
  assert.equal(heard(running, { state: "end", exit: 0 }, START + 79 * MINUTE).seconds, 300);
  // A clock that was set back by a day does not make it young for a day.
  assert.equal(says(done(0, START + 24 * HOUR), 30 * MINUTE), "in-time");
});

test("a clock that is set makes no job late or young; a crontab goes by the clock on the wall", () => {
  for (const by of [HOUR, -HOUR, 30 * 24 * HOUR]) {
    const says = (beat: Beat, at: number, expected: Expected = hourly): string =>
      judgeBeat(beat, expected, START, START + by + at, by).says;
    const well = done(0, START + 10 * MINUTE);
    assert.equal(says(well, 75 * MINUTE), "in-time");
    assert.equal(says(well, 75 * MINUTE + 1), "late");
    const running = begun(START + 74 * MINUTE, well);
    assert.equal(says(running, 80 * MINUTE), "running");
    assert.equal(says(running, 84 * MINUTE + 1), "stuck");
    // What it says after the clock was set is not moved with what it said before.
    const ended = heard(running, { state: "end", exit: 0 }, START + by + 79 * MINUTE, by);
    assert.equal(ended.seconds, 300);
    assert.equal(says(ended, 79 * MINUTE + 65 * MINUTE), "in-time");
    assert.equal(says(ended, 79 * MINUTE + 65 * MINUTE + 1), "late");
    assert.equal(says(heard(ended, { state: "start" }, START + by + 80 * MINUTE, by), 81 * MINUTE), "running");
    // Set right again: as if nothing had been.
    assert.equal(judgeBeat(well, hourly, START, START + 75 * MINUTE, 0).says, "in-time");
  }
  const nightly: Expected = { ...hourly, wall: true };
  const well = done(0, START + 10 * MINUTE);
  assert.equal(judgeBeat(well, nightly, START, START + 2 * HOUR, HOUR).says, "late");
  assert.equal(judgeBeat(well, nightly, START, START + 70 * MINUTE, HOUR).says, "in-time");
  // It began at its time, before the clock was set, and goes on.
  const running = begun(START + 74 * MINUTE, well);
  assert.equal(judgeBeat(running, nightly, START, START + 79 * MINUTE + HOUR, HOUR).says, "running");
  assert.equal(judgeBeat(running, nightly, START, START + 85 * MINUTE + HOUR, HOUR).says, "stuck");
});

test("heartbeat: since when it is looked for is not moved by a clock that is set", async (t) => {
  const reach = await here(t);
  const read = (at: number, history: readonly Sample[], set: number) =>
    measure(
      "heartbeat",
      { every: "15m", grace: "5m" },
      contextOf(reach, {
        ...{ clock: clockAt(at), history },
        ...{ beat: () => Promise.resolve(undefined), clockSet: () => Promise.resolve(set) },
      }),
    );
  const first = await read(START, [], 0);
  const set = await read(START + HOUR + MINUTE, [sampleOf(first, START)], HOUR);
  assert.equal(said(set), "unknown no-report");
  assert.equal(sampleOf(set, START).value, 60);
  const history = [sampleOf(set, START + HOUR + MINUTE)];
  assert.equal(said(await read(START + HOUR + 20 * MINUTE, history, HOUR)), "unknown no-report");
  assert.equal(said(await read(START + HOUR + 20 * MINUTE + 1, history, HOUR)), "fail heartbeat-never");
  // Set back by two hours then.
  assert.equal(said(await read(START - HOUR + 20 * MINUTE, history, -HOUR)), "unknown no-report");
  assert.equal(said(await read(START - HOUR + 20 * MINUTE + 1, history, -HOUR)), "fail heartbeat-never");
});

test("heartbeat: what never reported is unknown until it was due since it was first seen, then a failure", async (t) => {
  const reach = await here(t);
  const read = (at: number, history: readonly Sample[], beat?: Beat) =>
    measure(
      "heartbeat",
      { cron: "0 2 * * *", zone: "Asia/Shanghai", grace: "30m" },
      contextOf(reach, { clock: clockAt(at), history, beat: () => Promise.resolve(beat) }),
    );
  // 00:00 UTC is 08:00 there: the next time is 18:00 UTC.
  const first = await read(START, []);
  assert.equal(said(first), "unknown no-report");
  const history = [sampleOf(first, START)];
  const later = await read(START + 18 * HOUR + 29 * MINUTE, history);
  assert.equal(said(later), "unknown no-report");
  const over = START + 18 * HOUR + 31 * MINUTE;
  // Only the newest reading is left of its history: it remembers since when it was looked for.
  assert.equal(said(await read(over, [sampleOf(later, over - MINUTE)])), "fail heartbeat-never");
  const well = done(0, START + 18 * HOUR + 10 * MINUTE, begun(START + 18 * HOUR));
  const good = await read(over, history, well);
  assert.equal(said(good), "pass heartbeat-in-time");
  assert.deepEqual(
    [good.facts?.["seconds"], good.facts?.["exit"], good.facts?.["due"]],
    [600, 0, "2026-11-21T18:30:00.000Z"],
  );
  assert.equal(said(await read(over + 24 * HOUR, history, well)), "fail heartbeat-late");
  assert.equal(said(await read(over, history, done(2, over - 1))), "fail heartbeat-failed");
  assert.equal(said(await measure("heartbeat", { every: "1h" }, contextOf(reach))), "unknown no-probe");
});

const book = (hook: string): string => `title: Jobs
lang: en
checks:
  nightly: { kind: heartbeat, title: Nightly backup, params: { every: 1d, grace: 30m, token: { secret: job } } }
secrets: { job: "file:/{TOKEN}" }
rules:
  nightly-late: { check: nightly, severity: P1 }
severities: { P1: { scale: alert, channels: [hook] } }
channels:
  hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] }
`;

const SYNC = `title: Jobs
lang: en
checks:
  sync: { kind: heartbeat, title: Sync, params: { every: 15m, grace: 5m } }
rules: { sync-late: { check: sync, severity: P1 } }
severities: { P1: { scale: alert, channels: [hook] } }
channels: { hook: { kind: webhook, url: "https://hook.example.org/", allow: ["127.0.0.1"] } }
`;

test("guesses at a job's token wait longer and longer and stand in the audit log; the right one is heard meanwhile", async (t) => {
  const root = bookFolder(t, { token: "job-s3cret\n" });
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${root}/watchbook.yaml`, book("http://127.0.0.1:1/").replace("/{TOKEN}", `${root}/token`));
  const { url, socket } = await serving(t, root, { clock: shiftedClock(NIGHT) });
  const post = (token: string, name = "nightly") =>
    ask(url, `/api/heartbeats/${name}`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  const statuses: number[] = [];
  for (let guess = 0; guess < 40; guess += 1)
    statuses.push((await post(`guess-${guess}`, guess % 2 === 0 ? "nightly" : `none-${guess}`)).status);
  assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429], statuses.join(" "));
  assert.equal((await post("job-s3cret")).status, 200);
  const { entries } = (await ask({ socket }, "/api/audit?action=heartbeat")).json;
  assert.ok(entries.length >= 12 && entries.length <= 20, String(entries.length));
  const first = entries.at(-1);
  assert.deepEqual(
    [first.action, first.object, first.code, first.outcome, first.address, first.person],
    ["heartbeat", "nightly", "TOKEN-UNKNOWN", "refused", "127.0.0.1", "-"],
  );
  assert.ok(entries.some(({ code }: { code: string }) => code === "SIGN-IN-WAIT"));
  assert.ok(!JSON.stringify(entries).includes("guess-"));
});

test("a job reports by its token; late and failed it fires, and a restart forgets nothing", async (t) => {
  const hook = await receiver(t);
  const root = bookFolder(t, { token: "job-s3cret\n" });
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${root}/watchbook.yaml`, book(hook.url).replace("/{TOKEN}", `${root}/token`));
  const clock = shiftedClock(NIGHT);
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const first = await serving(t, root, { every, clock });
  const outcome = (serving = first) => serving.daemon.checks().find(({ spec }) => spec.id === "nightly")?.reading;
  const post = (query: string, token?: string, to = first.url) =>
    ask(to, `/api/heartbeats/nightly${query}`, {
      method: "POST",
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
    });
  await until("a reading", () => outcome()?.reason === "no-report");
  assert.equal((await post("")).status, 401);
  assert.equal((await post("", "wrong")).status, 401);
  for (const odd of ["?exit=999", "?exit=", "?exit=1e1", "?exit=-1", "?state=fail&exit=0", "?state=stop"])
    assert.equal((await post(odd, "job-s3cret")).json.code, "HEARTBEAT-SAID", odd);
  assert.equal(
    (await ask(first.url, "/api/heartbeats/none", { method: "POST", headers: { authorization: "Bearer job-s3cret" } }))
      .status,
    401,
  );
  assert.equal(
    (await ask({ socket: first.socket }, "/api/heartbeats/none", { method: "POST" })).json.code,
    "HEARTBEAT-UNKNOWN",
  );
  assert.equal(outcome()?.outcome, "unknown");
  assert.equal((await post("?state=start", "job-s3cret")).status, 200);
  await until("that it runs", () => outcome()?.reason === "heartbeat-running");
  assert.equal((await post("?exit=4", "job-s3cret")).json.exit, 4);
  await until("the notice of the failure", () => hook.events().includes("fire"));
  assert.equal((await ask({ socket: first.socket }, "/api/heartbeats/nightly", { method: "POST" })).json.exit, 0);
  await until("its end", () => hook.events().includes("resolve"));
  await first[Symbol.asyncDispose]();

  clock.set(NIGHT + 25 * HOUR);
  const second = await serving(t, root, { every, clock });
  await until("that it is late", () => outcome(second)?.reason === "heartbeat-late");
  assert.equal((await post("", "job-s3cret", second.url)).status, 200);
  await until("that it is in time", () => outcome(second)?.reason === "heartbeat-in-time");
});

test("a clock that is set by an hour, or set back while nobody serves, makes nothing late that reported a second ago", async (t) => {
  const here = await engineWorld(t, SYNC);
  const [spec] = here.open().book.checks;
  const look = async (): Promise<string> =>
    (await probe(here.house, spec!, () => Promise.resolve({} as Reach), new AbortController().signal)).reason;
  const report = () => takeBeat(here.house, here.open().book, "sync", { state: "end", exit: 0 });
  for (const by of [HOUR, -HOUR]) {
    const alerts = await here.start();
    await report();
    here.clock.at += 1_000;
    here.clock.set += by;
    // Before anybody else has looked at the clock.
    assert.equal(await look(), "heartbeat-in-time");
    await alerts.pass();
    await alerts.stop();
    const second = await here.start();
    here.clock.at += 20 * MINUTE - 1_000;
    assert.equal(await look(), "heartbeat-in-time");
    here.clock.at += 1;
    assert.equal(await look(), "heartbeat-late");
    await report();
    assert.equal(await look(), "heartbeat-in-time");
    await second.stop();
  }
  const first = await here.start();
  await report();
  await first.pass();
  await first.stop();
  here.clock.set -= HOUR;
  const last = await here.start();
  assert.equal(await look(), "heartbeat-in-time");
  here.clock.at += 20 * MINUTE;
  assert.equal(await look(), "heartbeat-in-time");
  here.clock.at += 1;
  assert.equal(await look(), "heartbeat-late");
  await last.stop();
  assert.deepEqual(here.bugs, []);
});

test("a daemon whose clock is set by an hour tells nobody that a job is late, nor after its next start", async (t) => {
  const hook = await receiver(t);
  const root = bookFolder(t, { "watchbook.yaml": SYNC.replace("https://hook.example.org/", hook.url) });
  const clock = shiftedClock(NIGHT);
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const first = await serving(t, root, { every, clock });
  const reading = (serving = first) => serving.daemon.checks().find(({ spec }) => spec.id === "sync")?.reading;
  await until("a reading", () => reading() !== undefined);
  assert.equal((await ask({ socket: first.socket }, "/api/heartbeats/sync", { method: "POST" })).status, 200);
  await until("that it is in time", () => reading()?.reason === "heartbeat-in-time");
  const before = clock.wall();
  clock.set(before + HOUR);
  const young = await until("a reading", () => (reading()!.at >= before + HOUR ? reading() : undefined));
  assert.equal(young.reason, "heartbeat-in-time");
  assert.ok(young.value! < 60, String(young.value));
  await first[Symbol.asyncDispose]();
  const second = await serving(t, root, { every, clock });
  assert.equal((await until("a reading", () => reading(second))).reason, "heartbeat-in-time");
  assert.equal(hook.events().includes("fire"), false);
});
