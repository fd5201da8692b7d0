// The watcher's own death: what it says while it lives, what it says after it did not, and what it does not claim.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { downBefore } from "../src/engine/watcher/down.ts";
import { makeNetwork } from "../src/engine/watcher/network.ts";
import type { Reading } from "../src/model/check.ts";
import { systemClock } from "../src/model/time.ts";
import { bookFolder, NIGHT, serving, shiftedClock, until } from "./kit/daemon.ts";
import { freePort } from "./kit/port.ts";
import { contextOf, here, measure } from "./suites/check-context.ts";
import { receiver } from "./kit/receiver.ts";

const every = { checks: 100, book: 100, calendar: 50, alerts: 50, watcher: 50 };

const book = (more: string, ...hooks: readonly string[]): string => `title: Beacon
lang: en
zone: Asia/Shanghai
checks:
  beacon: { kind: file, title: Beacon file, params: { path: beacon }, items: ["The beacon file is there"] }
rules: { beacon-gone: { check: beacon, severity: P1 } }
severities: { P1: { scale: alert, channels: [hook-0] } }
channels:
${hooks.map((url, n) => `  hook-${n}: { kind: webhook, url: "${url}", allow: ["127.0.0.1"] }`).join("\n")}
${more}
`;

const shop = async (t: TestContext, more = "", beats?: string) => {
  const hook = await receiver(t);
  const files = { "watchbook.yaml": book(more, hook.url, ...(beats === undefined ? [] : [beats])) };
  return { hook, root: bookFolder(t, files) };
};

test("it was down: one notice names the hours and the duty that fell due, and a second start says nothing", async (t) => {
  const { hook, root } = await shop(t);
  const clock = shiftedClock(NIGHT);
  const first = await serving(t, root, { every, clock });
  await until("that it lives", async () => (await first.daemon.house.store.value("watcher.alive")) !== undefined);
  await first[Symbol.asyncDispose]();
  clock.set(NIGHT + 12 * 3_600_000);
  const second = await serving(t, root, { every, clock });
  await until("the notice", () => hook.got.length > 0);
  const [told] = hook.got;
  assert.match(told!.title, /^Beacon: nobody watched from 2026-11-16 00:30.* to 2026-11-16 12:30/);
  assert.match(told!.body, /was down for 12 h/);
  assert.match(told!.body, /Fell due meanwhile: Daily inspection\./);
  const [event] = await second.daemon.house.store.events({ after: 0, kind: "daemon.was-down" });
  assert.deepEqual(event!.data["missed"], ["Daily inspection"]);
  assert.equal(second.daemon.watcher.down!.missed.length, 1);
  await second[Symbol.asyncDispose]();
  const third = await serving(t, root, { every, clock });
  await until("a pass", () => third.daemon.watcher.well());
  assert.equal(third.daemon.watcher.down, undefined);
  assert.equal(hook.got.filter(({ event: kind }) => kind === "test").length, 1);
});

test("a channel that hangs: what is owed waits for it, and for a restart, and no heartbeat does", async (t) => {
  const beats = await receiver(t);
  const heartbeat = `watcher: { heartbeat: { url: "${beats.url}", every: 1s, allow: ["127.0.0.1"] } }`;
  const { hook, root } = await shop(t, heartbeat);
  const clock = shiftedClock(NIGHT);
  const first = await serving(t, root, { every, clock });
  await until("that it lives", async () => (await first.daemon.house.store.value("watcher.alive")) !== undefined);
  await first[Symbol.asyncDispose]();
  clock.set(NIGHT + 3_600_000);
  hook.state.status = 0;
  const sent = beats.got.length;
  const second = await serving(t, root, { every, clock });
  await until("that it is owed", async () => (await second.daemon.house.store.value("watcher.owed")) !== undefined);
  await until("two heartbeats", () => beats.got.length >= sent + 2);
  assert.equal(hook.got.length, 0);
  await second[Symbol.asyncDispose]();
  hook.state.status = 200;
  await serving(t, root, { every, clock });
  await until("the notice", () => hook.got.some(({ title }) => title.includes("nobody watched")));
});

test("no time is spoken of that was short and in which nothing fell due, and none before the first start", () => {
  const daily = { id: "d", title: "Daily", every: "daily", at: "09:00", items: [], source: { file: "m.md", line: 1 } };
  const duties = { duties: [daily] as never, zone: "UTC" };
  const nine = Date.parse("2026-11-20T09:00:00Z");
  assert.equal(downBefore(duties, undefined, nine), undefined);
  assert.equal(downBefore(duties, nine + 60_000, nine), undefined);
  assert.equal(downBefore(duties, nine + 1_000, nine + 200_000), undefined);
  assert.deepEqual(downBefore(duties, nine - 10_000, nine + 20_000)!.missed, ["Daily"]);
  assert.deepEqual(downBefore(duties, nine + 1_000, nine + 400_000)!.missed, []);
});

test("the heartbeat: sent while checks are read and the store can be written, withheld while it cannot; nothing is lost by it", async (t) => {
  const beats = await receiver(t);
  const heartbeat = `watcher: { heartbeat: { url: "${beats.url}", every: 1s, allow: ["127.0.0.1"] } }`;
  const { hook, root } = await shop(t, heartbeat);
  const { daemon } = await serving(t, root, { every, clock: systemClock });
  await until("two heartbeats", () => beats.got.length >= 2);
  assert.match(beats.got[0]!.title, /^Beacon: watchbook on .* is watching$/);
  // Somebody else holds the database: the beacon goes out meanwhile.
  const other = new DatabaseSync(join(root, ".watchbook", "state.db"), { timeout: 10_000 });
  t.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  const { rename } = await import("node:fs/promises");
  await rename(join(root, "beacon"), join(root, "beacon.gone"));
  await until("that nothing is sent any more", () => daemon.watcher.beat.counts().withheld > 1);
  await until("the notice all the same", () => hook.got.some(({ event }) => event === "fire"));
  assert.match(hook.got[0]!.title, /Beacon file/);
  other.exec("ROLLBACK");
  const sent = beats.got.length;
  await until("a heartbeat again", () => beats.got.length > sent);
  await until(
    "that the alert is kept",
    async () => (await daemon.house.store.desk("alert", { open: true })).length === 1,
  );
  const kept = await until("that it is kept who was told", async () => {
    const notices = await daemon.house.store.desk("notice", {});
    return notices.some(({ state }) => state === "delivered") && notices;
  });
  assert.equal(kept.filter(({ event }) => event === "fire").length, 1);
  assert.equal(hook.got.filter(({ event }) => event === "fire").length, 1);
});

const failed: Reading = {
  ...{ check: "front", target: "local", outcome: "fail", value: 503, reason: "status", args: {}, facts: {} },
  ...{ at: 0, seconds: 1 },
};
const spec = (url: string) =>
  ({ id: "front", title: "Front", kind: "http", params: { url }, source: { file: "w", line: 1 } }) as const;

test("our own network: a failure counts only while a reference answers; what is on this machine, and what passes, is believed", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await until("the server", () => server.listening);
  const { port } = server.address() as AddressInfo;
  const network = () => makeNetwork(systemClock, (kind) => kind === "http");
  // Names that nobody ever has (RFC 6761).
  const gone = ["nothing.invalid:53", "nobody.invalid:443"];
  const far = spec("https://shop.example.org/");
  const unknown = await network().doubted(failed, far, gone);
  assert.deepEqual([unknown.outcome, unknown.reason, unknown.value], ["unknown", "own-network", undefined]);
  assert.equal((await network().doubted(failed, far, [...gone, `127.0.0.1:${port}`])).outcome, "fail");
  // Refused is an answer.
  assert.equal((await network().doubted(failed, far, [`127.0.0.1:${await freePort()}`])).outcome, "fail");
  assert.equal((await network().doubted(failed, spec("http://127.0.0.1:80/"), gone)).outcome, "fail");
  assert.equal((await network().doubted({ ...failed, outcome: "pass" }, far, gone)).outcome, "pass");
  assert.equal((await network().doubted(failed, { ...far, kind: "disk" }, gone)).outcome, "fail");
  assert.equal((await network().doubted(failed, far, [])).outcome, "fail");
});

test("the reserve lies beside the store, written out, readable by its owner only; 0 keeps none", async (t) => {
  const { root } = await shop(t, "watcher: { reserve: 1 }");
  const { daemon } = await serving(t, root, { every, clock: systemClock });
  const path = join(root, ".watchbook", "reserve");
  await until("the reserve", () => existsSync(path) && statSync(path).size === 1 << 20);
  const { blocks, mode } = statSync(path);
  assert.ok(blocks * 512 >= 1 << 20, String(blocks));
  assert.equal(mode & 0o777, 0o600);
  assert.equal(daemon.pulse.refused(), undefined);
});

test("a second watchbook watches the first: its ages, a store that takes nothing, its end, and who answers in its place", async (t) => {
  const { root } = await shop(t);
  const { daemon, url, ...first } = await serving(t, root, { every, clock: systemClock });
  await until("that it watches", () => daemon.watcher.well());
  const context = contextOf(await here(t));
  const look = (more: object = {}) => measure("watchbook", { url, ...more }, context);
  const well = await look();
  assert.ok(well.kind === "value" && well.value < 60, JSON.stringify(well));
  assert.equal(well.facts!["version"], "0.0.0-test");
  const other = contextOf(await here(t), { clock: { ...systemClock, wall: () => systemClock.wall() - 7_200_000 } });
  const apart = await measure("watchbook", { url }, other);
  assert.ok(apart.kind === "state" && apart.outcome === "fail" && apart.reason === "watchbook-clock");
  const lock = new DatabaseSync(join(root, ".watchbook", "state.db"), { timeout: 10_000 });
  lock.exec("BEGIN IMMEDIATE");
  await until("that it is not well", () => !daemon.watcher.well());
  const blind = await look();
  assert.ok(blind.kind === "state" && blind.reason === "watchbook-blind", JSON.stringify(blind));
  lock.exec("ROLLBACK");
  lock.close();
  await first[Symbol.asyncDispose]();
  const gone = await look();
  assert.ok(gone.kind === "state" && gone.outcome === "fail", JSON.stringify(gone));
  const hook = await receiver(t);
  hook.state.status = 502;
  const wrong = await look({ url: hook.url });
  assert.ok(wrong.kind === "state" && wrong.reason === "watchbook-gone");
});
