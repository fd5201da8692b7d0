// The engine of alerts on a clock that the test owns and a real store: clocks that are set, disks that refuse, restarts.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { makeAlerts } from "../src/engine/alerts/alerts.ts";
import { compacted } from "../src/engine/alerts/keep.ts";
import type { House, OpenBook } from "../src/engine/house.ts";
import type { Signal } from "../src/model/alert.ts";
import type { Reading } from "../src/model/check.ts";
import { WatchbookError } from "../src/model/error.ts";
import { delivered, type Delivery, type Notice } from "../src/model/notice.ts";
import type { Clock } from "../src/model/time.ts";
import { noticeOf } from "../src/report/notice/notice.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Change, Store } from "../src/store/store.ts";
import { bookFolder, until } from "./kit/daemon.ts";

const MINUTE = 60_000;

/** A clock that moves when it is told; the wall may be set apart. */
class OwnClock implements Clock {
  at = Date.parse("2026-11-20T12:00:00Z");
  set = 0;
  wall = (): number => this.at + this.set;
  monotonic = (): bigint => BigInt(this.at) * 1_000_000n;
  sleep = (): Promise<void> => Promise.resolve();
  /** Whether what is waited for for a time is given up soon: no time goes by here by itself. */
  rings = false;
  timer = (_ms: number, ring: () => void): (() => void) => {
    const soon = this.rings ? setImmediate(ring) : undefined;
    return () => soon && clearImmediate(soon);
  };
}

const YAML = `title: Shop
lang: en
zone: UTC
checks: { front: { kind: http, title: Front, params: { url: "http://127.0.0.1:1/" } } }
rules:
  down: { check: front, severity: P1, for: 5m }
severities: { P1: { scale: alert } }
channels: { hook: { kind: webhook, url: "https://hook.example.org/" } }
`;

async function world(t: Parameters<typeof bookFolder>[0], yaml = YAML) {
  const root = bookFolder(t, { "watchbook.yaml": yaml });
  const { book } = await compileFiles(await namedFiles([root]));
  let open: OpenBook = { book, root, dirty: false };
  /** The book as it is from now on. */
  const rewrite = async (text: string): Promise<void> => {
    writeFileSync(join(root, "watchbook.yaml"), text);
    open = { ...open, book: (await compileFiles(await namedFiles([root]))).book };
  };
  const clock = new OwnClock();
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const told: Notice[] = [];
  const channels: string[] = [];
  const refusing = { on: false, reads: false };
  const hanging = { on: false, held: [] as (() => void)[] };
  const guarded = new Proxy(store, {
    get: (to, name: keyof Store) => {
      if (name === "commit" && refusing.on)
        return () => Promise.reject(new WatchbookError("STORE-FULL", { file: "state.db" }));
      if (name === "events" && refusing.reads)
        return () => Promise.reject(new WatchbookError("STORE-IO", { file: "state.db" }));
      if ((name === "commit" || name === "events") && hanging.on)
        return async (...given: never[]) => {
          await new Promise<void>((resolve) => hanging.held.push(resolve));
          return (to[name] as (...all: never[]) => unknown).apply(to, given);
        };
      const found = to[name];
      return typeof found === "function" ? (found as () => unknown).bind(to) : found;
    },
  });
  const answers: { of: (channel: string) => Promise<Delivery> } = { of: () => Promise.resolve(delivered()) };
  const send = ({ id }: { readonly id: string }, notice: Notice) => {
    told.push(notice);
    channels.push(id);
    return answers.of(id);
  };
  const house = { clock, store: guarded, registry: { send }, notice: noticeOf } as unknown as House;
  const bugs: unknown[] = [];
  const parts = { house, open: () => open, interval: () => 10_000, onBug: (error: unknown) => void bugs.push(error) };
  const start = () => makeAlerts(parts);
  const reading = (outcome: Reading["outcome"]): Reading => ({
    ...{ check: "front", target: "local", outcome, reason: "x", args: {}, facts: {}, at: clock.wall(), seconds: 0 },
  });
  return { clock, store, told, channels, refusing, hanging, answers, rewrite, start, reading, bugs };
}

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

const TWO = `title: Sites
lang: en
zone: UTC
severities: { P1: { scale: alert, channels: [fast] }, P2: { scale: alert, channels: [slow] } }
inbound: { x: { kind: uptime-kuma, open: true } }
channels:
  fast: { kind: webhook, url: "https://hook.example.org/fast" }
  slow: { kind: webhook, url: "https://hook.example.org/slow" }
`;

type Running = Awaited<ReturnType<typeof makeAlerts>>;

/** Time goes by, with a reading every ten seconds. */
async function pass(
  alerts: Running,
  { clock, reading }: Awaited<ReturnType<typeof world>>,
  ms: number,
  outcome: Reading["outcome"],
) {
  for (const end = clock.at + ms; clock.at < end;) {
    clock.at = Math.min(end, clock.at + 10_000);
    alerts.read(reading(outcome));
    await alerts.pass();
  }
}

test("a clock that is set an hour either way neither fires a rule nor loses its timer", async (t) => {
  for (const by of [60 * MINUTE, -60 * MINUTE]) {
    const here = await world(t);
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

test("what was pending when the daemon ended has not been seen to last; what was told stays told", async (t) => {
  const here = await world(t);
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

test("a daemon that restarts every twenty seconds fires, escalates and misses readings all the same", async (t) => {
  const here = await world(t, CHAIN);
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

test("nothing that could be judged comes any more: after five minutes that is an alert, and no recovery of the first", async (t) => {
  const here = await world(t);
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
  const here = await world(t, ON_CALL);
  const alerts = await here.start();
  await pass(alerts, here, 10_000, "fail");
  const [first] = here.told;
  const called = first!.facts.find(({ name }) => name === "called")?.value;
  assert.deepEqual(here.channels, [called === "Wang" ? "wang-sms" : "li-sms"]);
  await pass(alerts, here, 61 * MINUTE, "fail");
  assert.deepEqual(here.channels.toSorted(), ["li-sms", "wang-sms"]);
  assert.deepEqual(
    here.told.map(({ event }) => event),
    ["fire", "escalate"],
  );
  await alerts.stop();
});

test("a disk that takes nothing holds nobody's notice back for long, and gets all of it when it takes something", async (t) => {
  const here = await world(t);
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
  const here = await world(t, ON_CALL);
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
  assert.deepEqual(here.bugs, []);
});

test("a disk that cannot be read stops no timer, and what waits for one that takes nothing does not grow", async (t) => {
  const here = await world(t, ON_CALL);
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
  const here = await world(t, TWO);
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
  const here = await world(t, TWO);
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
