// What a start must not forget of alerts, however often there is one.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../src/model/alert.ts";
import type { Reading } from "../src/model/check.ts";
import { engineWorld, pass, type Running } from "./kit/alert-engine.ts";

const MINUTE = 60_000;

const CHAIN = `title: Shop
lang: en
zone: UTC
checks: { front: { kind: http, title: Front, params: { url: "http://127.0.0.1:1/" } } }
rules: { down: { check: front, severity: P1, for: 5m } }
severities: { P1: { scale: alert, escalation: night }, P2: { scale: alert, channels: [mail] } }
alerts: { unknownSeverity: P2 }
escalations: { night: { rounds: 1, steps: [{ channels: [pager], wait: 5m }, { channels: [phone] }] } }
channels:
  pager: { kind: webhook, url: "https://hook.example.org/pager" }
  phone: { kind: webhook, url: "https://hook.example.org/phone" }
  mail: { kind: webhook, url: "https://hook.example.org/mail" }
`;

const INBOUND = CHAIN.replace("alerts:", "inbound: { prom: { kind: prometheus, open: true } }\nalerts:");

const NEEDS = `title: Shop
lang: en
zone: UTC
services:
  db: { title: Database }
  front: { title: Front, needs: [db] }
checks:
  db-time: { kind: tcp, title: db, service: db, params: { address: "127.0.0.1:1" }, bands: { normal: 0.1, critical: 1 } }
  front: { kind: http, title: front, service: front, params: { url: "http://127.0.0.1:1/" } }
rules: { front: { check: front, severity: critical } }
alerts: { every: true }
`;

/** What a source said that is trusted until then. */
const fromOutside = (until: number): Signal => ({
  key: "outside@prom@0123456789abcdef",
  ...{ rule: "Down", title: "Down", metric: "Down", check: "", target: "web-1", severity: "P2", form: "outside" },
  ...{ down: false, firing: true, flapping: false, blind: false },
  outside: { origin: "prom", labels: {}, annotations: {}, began: until - 240_000, until },
});

test("a daemon that restarts every twenty seconds fires, escalates and misses readings all the same", async (t) => {
  const here = await engineWorld(t, CHAIN);
  /** What one life of twenty seconds after the other sees. */
  const lives = async (minutes: number, outcome: Reading["outcome"]): Promise<void> => {
    for (let life = 0; life < minutes * 3; life += 1) {
      const alerts = await here.start();
      await pass(alerts, here, 20_000, outcome);
      await alerts.stop();
    }
  };
  await lives(1, "pass");
  await lives(7, "fail");
  assert.deepEqual(here.channels, ["pager"]);
  await lives(5, "fail");
  assert.deepEqual(here.channels, ["pager", "phone"]);
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "escalate"],
  );
  await lives(7, "unknown");
  const last = await here.start();
  assert.deepEqual([...last.desk().open.keys()].toSorted(), ["down@local", "front.unknown@local"]);
  await pass(last, here, 10_000, "pass");
  assert.equal(last.desk().open.size, 0);
  await last.stop();
  assert.deepEqual(here.bugs, []);
});

test("whoever only says one thing while nobody watches ends nothing, and is no watch", async (t) => {
  const here = await engineWorld(t, INBOUND);
  const outside = fromOutside(here.clock.wall() + 240_000);
  const first = await here.start();
  await pass(first, here, 2 * MINUTE, "fail");
  await first.say({ kind: "signals", signals: [outside] });
  await first.stop();
  here.clock.at += 180 * MINUTE;
  const typed = await here.start({ quiet: true });
  await typed.say({ kind: "tick" });
  assert.equal(typed.desk().open.size, 1);
  await typed.stop();
  here.clock.at += MINUTE;
  const second = await here.start();
  // Three hours in which nobody looked count for nothing, though somebody typed a word in them.
  await pass(second, here, 2 * MINUTE, "fail");
  assert.equal(second.desk().open.has("down@local"), false);
  await pass(second, here, MINUTE, "fail");
  assert.equal(second.desk().open.has("down@local"), true);
  await second.stop();
  assert.deepEqual(here.bugs, []);
});

test("a start gives every source its time again, also after the clock was set back while nobody looked", async (t) => {
  for (const set of [0, -60 * MINUTE]) {
    const here = await engineWorld(t, INBOUND);
    const first = await here.start();
    await pass(first, here, 2 * MINUTE, "fail");
    await first.say({ kind: "signals", signals: [fromOutside(here.clock.wall() + 240_000)] });
    await pass(first, here, 3 * MINUTE + 30_000, "pass");
    await first.stop();
    here.clock.at += 10 * MINUTE;
    here.clock.set += set;
    const second = await here.start();
    await pass(second, here, 4 * MINUTE + 50_000, "pass");
    assert.deepEqual([...second.desk().open.keys()], ["outside@prom@0123456789abcdef"], String(set));
    await pass(second, here, 20_000, "pass");
    assert.equal(second.desk().open.size, 0);
    await second.stop();
    assert.deepEqual(here.bugs, []);
  }
});

test("a service that is slow or near its limit hides nothing of what needs it; one that is gone does, unseen and after a restart too", async (t) => {
  const here = await engineWorld(t, NEEDS);
  const alerts = await here.start();
  const db = (more: Partial<Reading>): Reading => ({ ...here.reading("fail"), check: "db-time", ...more });
  const slow = db({ reason: "value", value: 3 });
  const refused = db({ reason: "refused", args: { address: "127.0.0.1:1" } });
  const held = (running: Running) => running.desk().open.get("front@local")?.hold?.by;
  alerts.read(slow);
  alerts.read({ ...here.reading("fail"), reason: "http-status" });
  await alerts.pass();
  assert.deepEqual([...alerts.desk().open.keys()].toSorted(), ["db-time.critical@local", "front@local"]);
  assert.equal(held(alerts), undefined);
  here.clock.at += 10_000;
  alerts.read(refused);
  assert.equal(held(alerts), "parent");
  // What cannot be judged now is gone as before.
  here.clock.at += 10_000;
  alerts.read(db({ outcome: "unknown", reason: "timeout" }));
  assert.equal(held(alerts), "parent");
  await alerts.pass();
  await alerts.stop();
  const again = await here.start();
  await again.pass();
  assert.equal(held(again), "parent");
  here.clock.at += 10_000;
  again.read(slow);
  assert.equal(held(again), undefined);
  assert.equal(again.desk().open.size, 2);
  await again.stop();
  assert.deepEqual(here.bugs, []);
});
