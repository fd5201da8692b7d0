// The engine of alerts on a clock that the test owns and a real store: clocks that are set, disks that refuse, restarts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { useLink } from "../src/engine/alerts/ask.ts";
import { compacted } from "../src/engine/alerts/keep.ts";
import { makeIncidents } from "../src/engine/incidents.ts";
import { linkOf } from "../src/engine/alerts/link.ts";
import type { Signal } from "../src/model/alert.ts";
import { delivered } from "../src/model/notice.ts";
import type { Change } from "../src/store/store.ts";
import { engineWorld, pass } from "./kit/alert-engine.ts";
import { until } from "./kit/daemon.ts";

const MINUTE = 60_000;

const YAML = `title: Shop
lang: en
zone: UTC
checks: { front: { kind: http, title: Front, params: { url: "http://127.0.0.1:1/" } } }
rules:
  down: { check: front, severity: P1, for: 5m }
severities: { P1: { scale: alert } }
channels: { hook: { kind: webhook, url: "https://hook.example.org/" } }
`;

const TWO = `title: Sites
lang: en
zone: UTC
severities: { P1: { scale: alert, channels: [fast] }, P2: { scale: alert, channels: [slow] } }
inbound: { x: { kind: uptime-kuma, open: true } }
channels:
  fast: { kind: webhook, url: "https://hook.example.org/fast" }
  slow: { kind: webhook, url: "https://hook.example.org/slow" }
`;

test("a clock that is set an hour either way neither fires a rule nor loses its timer", async (t) => {
  for (const by of [60 * MINUTE, -60 * MINUTE]) {
    const here = await engineWorld(t, YAML);
    const alerts = await here.start();
    await pass(alerts, here, 3 * MINUTE, "fail");
    here.clock.set += by;
    await pass(alerts, here, MINUTE + 50_000, "fail");
    assert.deepEqual(here.told, []);
    await pass(alerts, here, 20_000, "fail");
    assert.deepEqual(
      here.told.map(({ event }) => event),
      ["fire"],
    );
    assert.deepEqual(here.bugs, []);
  }
});

test("the link of a notice works after a clock was set as before, and an incident that is declared then is as old as its alert", async (t) => {
  for (const by of [60 * MINUTE, -60 * MINUTE]) {
    const here = await engineWorld(t, YAML.replace(", for: 5m", ""));
    const alerts = await here.start();
    await pass(alerts, here, MINUTE, "fail");
    const [notice] = await here.store.desk("notice", { limit: 10 });
    const token = linkOf("https://watch", alerts.key, notice!).split("/").at(-1)!;
    here.clock.set += by;
    await pass(alerts, here, MINUTE, "fail");
    const now = here.clock.wall();
    const taken = await useLink(alerts, token, "wang", { store: here.store, now, seen: now });
    assert.equal(taken.length, 1);
    const [kept] = await here.store.desk("alert", { open: true });
    assert.equal(kept!.started, now - 2 * MINUTE + 10_000);
    assert.deepEqual(here.bugs, []);
  }
});

test("an incident that is declared right after the clock was set is moved once, and those before it too", async (t) => {
  for (const by of [60 * MINUTE, -60 * MINUTE]) {
    const here = await engineWorld(t, YAML.replace(", for: 5m", ""));
    const alerts = await here.start();
    const incidents = await makeIncidents({ house: here.house, open: here.open, alerts });
    await pass(alerts, here, MINUTE, "fail");
    const [alert] = [...alerts.desk().open.values()];
    const first = await incidents.act("wei", { do: "open", title: "early" });
    here.clock.set += by;
    // Nobody has looked at the clock since.
    const second = await incidents.act("wei", { do: "open", alert: alert!.id });
    await alerts.pass();
    await incidents.pass();
    const since = (id: string) => incidents.list().find((one) => one.id === id)!.clocks.since;
    assert.equal(since(first.id), here.clock.wall());
    assert.equal(since(second.id), alert!.started + by);
  }
});

test("what was pending when the daemon ended has not been seen to last; what was told stays told", async (t) => {
  const here = await engineWorld(t, YAML);
  const first = await here.start();
  await pass(first, here, 4 * MINUTE, "fail");
  await first.stop();
  here.clock.at += 60 * MINUTE;
  const second = await here.start();
  await pass(second, here, 30_000, "fail");
  assert.deepEqual(here.told, []);
  await pass(second, here, 60_000, "fail");
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire"],
  );
  await second.stop();
  here.clock.at += MINUTE;
  const third = await here.start();
  await pass(third, here, 3 * MINUTE, "fail");
  assert.equal(here.told.length, 1);
  await pass(third, here, 10_000, "pass");
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "resolve"],
  );
  await third.stop();
});

test("nothing that could be judged comes any more: after five minutes that is an alert, and no recovery of the first", async (t) => {
  const here = await engineWorld(t, YAML);
  const alerts = await here.start();
  await pass(alerts, here, 6 * MINUTE, "fail");
  await pass(alerts, here, 4 * MINUTE, "unknown");
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire"],
  );
  assert.equal([...alerts.desk().open.values()][0]!.trail.at(-1)!.did, "unjudged");
  await pass(alerts, here, 90_000, "unknown");
  assert.deepEqual([...alerts.desk().open.keys()].toSorted(), ["down@local", "front.unknown@local"]);
  await pass(alerts, here, 10_000, "pass");
  assert.equal(alerts.desk().open.size, 0);
});

const ON_CALL = `title: Shop
lang: en
zone: UTC
people:
  wang: { name: Wang, channels: [wang-sms] }
  li: { name: Li, channels: [li-sms] }
rota: { ops: { people: [wang, li], every: daily, at: "12:30", from: 2026-11-18 } }
checks: { front: { kind: http, title: Front, params: { url: "http://127.0.0.1:1/" } } }
rules: { down: { check: front, severity: P1 } }
severities: { P1: { scale: alert } }
escalations: { default: { steps: [{ rotas: [ops], wait: 1h }], rounds: 50 } }
channels:
  wang-sms: { kind: webhook, url: "https://sms.example.org/wang" }
  li-sms: { kind: webhook, url: "https://sms.example.org/li" }
`;

test("whoever is on call by the book's rota is told by name through a channel of their own, and the next one after the turn", async (t) => {
  const here = await engineWorld(t, ON_CALL);
  const alerts = await here.start();
  await pass(alerts, here, 10_000, "fail");
  const [first] = here.told;
  const called = first!.facts.find(({ name }) => name === "called")?.value;
  assert.deepEqual(here.channels, [called === "Wang" ? "wang-sms" : "li-sms"]);
  await pass(alerts, here, 61 * MINUTE, "fail");
  const next = called === "Wang" ? "li-sms" : "wang-sms";
  // At the turn at half past twelve, and by the repeat an hour after the first.
  assert.deepEqual(here.channels.slice(1), [next, next]);
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "again", "again"],
  );
  await alerts.stop();
});

test("a disk that takes nothing holds nobody's notice back for long, and gets all of it when it takes something", async (t) => {
  const here = await engineWorld(t, YAML);
  const alerts = await here.start();
  here.refusing.on = true;
  await pass(alerts, here, 5 * MINUTE + 10_000, "fail");
  assert.equal(alerts.ill()?.code, "STORE-FULL");
  await pass(alerts, here, 10_000, "fail");
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire"],
  );
  assert.deepEqual(await here.store.desk("alert", {}), []);
  here.refusing.on = false;
  await pass(alerts, here, 10_000, "fail");
  assert.equal(alerts.ill(), undefined);
  assert.deepEqual(
    (await here.store.desk("notice", {})).map(({ state }) => state),
    ["delivered"],
  );
  assert.equal((await here.store.desk("alert", { open: true })).length, 1);
  await alerts.stop();
});

test("a disk that answers nothing stops neither notices nor the chain; what was decided is kept once when it answers", async (t) => {
  const here = await engineWorld(t, ON_CALL);
  const alerts = await here.start();
  await pass(alerts, here, 10_000, "pass");
  here.hanging.on = here.clock.rings = true;
  await pass(alerts, here, 10_000, "fail");
  assert.deepEqual([here.told.length, alerts.ill()?.code], [1, "STORE-HANGS"]);
  here.clock.at += 60 * MINUTE;
  await pass(alerts, here, 2 * MINUTE, "fail");
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "escalate"],
  );
  await pass(alerts, here, 10 * MINUTE, "fail");
  here.kept.length = 0;
  here.hanging.on = false;
  for (const go of here.hanging.held.splice(0)) go();
  await pass(alerts, here, 20_000, "fail");
  here.clock.rings = false;
  await pass(alerts, here, 20_000, "fail");
  assert.equal(alerts.ill(), undefined);
  assert.deepEqual(
    (await here.store.desk("notice", {})).map(({ state }) => state),
    ["delivered", "delivered"],
  );
  assert.equal((await here.store.events({ after: 0, kind: "alert.fired" })).length, 1);
  // What waited for it did not grow with every look.
  for (const changes of here.kept) assert.deepEqual(changes, compacted(changes));
  assert.deepEqual(here.bugs, []);
});

test("a disk that cannot be read stops no timer, and what waits for one that takes nothing does not grow", async (t) => {
  const here = await engineWorld(t, ON_CALL);
  const alerts = await here.start();
  await pass(alerts, here, 10_000, "fail");
  here.refusing.reads = true;
  here.clock.at += 61 * MINUTE;
  await assert.rejects(alerts.pass(), { code: "STORE-IO" });
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "escalate"],
  );
  const put = (n: number): Change => ({ kind: "desk.put", of: "watch", record: { ...watch, since: n } });
  const watch = { key: "a@b", phase: "ok", since: 0, flips: [] } as const;
  const fired: Change = { kind: "event.add", event: { at: 1, kind: "alert.fired", subject: "a", data: {} } };
  assert.deepEqual(compacted([put(1), fired, put(2), fired, put(3)]), [fired, fired, put(3)]);
  await alerts.stop();
});

test("a channel that hangs holds up no other, and a notice that we cannot make goes through another one, and is tried again", async (t) => {
  const here = await engineWorld(t, TWO);
  const alerts = await here.start();
  here.answers.of = (channel) => (channel === "slow" ? new Promise(() => undefined) : Promise.resolve(delivered()));
  const signal = (n: number, severity: string, firing = true): Signal => ({
    ...{ key: `outside@x@${n}`, rule: "r", title: "t", metric: `m${n}`, check: "", target: `site-${n}`, severity },
    ...{ form: "outside", down: false, firing, flapping: false, blind: false },
  });
  const mild = Array.from({ length: 40 }, (_, n) => signal(n, "P2"));
  await alerts.say({ kind: "signals", signals: mild });
  here.clock.at += MINUTE;
  await alerts.pass();
  assert.equal(here.channels.filter((id) => id === "slow").length, 16);
  await alerts.say({ kind: "signals", signals: [signal(99, "P1")] });
  assert.equal(here.channels.at(-1), "fast");
  here.answers.of = (channel) =>
    channel === "fast" ? Promise.reject(new TypeError("ours")) : new Promise(() => undefined);
  await alerts.say({ kind: "signals", signals: [signal(98, "P1")] });
  await until("that it is passed on", () =>
    [...alerts.desk().outbox.values()].some(({ because }) => because.instead?.includes("fast")),
  );
  assert.equal(here.bugs.length, 1);
});

test("what a source said that left the book ends with it: nobody else would ever take it back", async (t) => {
  const here = await engineWorld(t, TWO);
  const alerts = await here.start();
  const signal: Signal = {
    ...{ key: "outside@x@1", rule: "r", title: "t", metric: "m", check: "", target: "site", severity: "P1" },
    ...{ form: "outside", down: false, firing: true, flapping: false, blind: false },
  };
  await alerts.say({ kind: "signals", signals: [signal, { ...signal, key: "outside@prometheus@1", metric: "n" }] });
  await alerts.pass();
  await here.rewrite(TWO.replace("x: { kind", "y: { kind"));
  await alerts.pass();
  assert.deepEqual([...alerts.desk().open.keys()], ["outside@prometheus@1"]);
});
