// The engine of alerts on a clock that the test owns and a real store: clocks that are set, disks that refuse, restarts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { makeAlerts } from "../src/engine/alerts/alerts.ts";
import type { House, OpenBook } from "../src/engine/house.ts";
import type { Reading } from "../src/model/check.ts";
import { WatchbookError } from "../src/model/error.ts";
import { delivered, type Notice } from "../src/model/notice.ts";
import type { Clock } from "../src/model/time.ts";
import { noticeOf } from "../src/report/notice/notice.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { bookFolder } from "./kit/daemon.ts";

const MINUTE = 60_000;

/** A clock that moves when it is told; the wall may be set apart. */
class OwnClock implements Clock {
  at = Date.parse("2026-11-20T12:00:00Z");
  set = 0;
  wall = (): number => this.at + this.set;
  monotonic = (): bigint => BigInt(this.at) * 1_000_000n;
  sleep = (): Promise<void> => Promise.resolve();
  timer = (): (() => void) => () => undefined;
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
  const open: OpenBook = { book, root, dirty: false };
  const clock = new OwnClock();
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const told: Notice[] = [];
  const channels: string[] = [];
  const refusing = { on: false };
  const guarded = new Proxy(store, {
    get: (to, name: keyof Store) => {
      if (name === "commit" && refusing.on)
        return () => Promise.reject(new WatchbookError("STORE-FULL", { file: "state.db" }));
      const found = to[name];
      return typeof found === "function" ? (found as () => unknown).bind(to) : found;
    },
  });
  const send = ({ id }: { readonly id: string }, notice: Notice) => {
    told.push(notice);
    channels.push(id);
    return Promise.resolve(delivered());
  };
  const house = { clock, store: guarded, registry: { send }, notice: noticeOf } as unknown as House;
  const bugs: unknown[] = [];
  const parts = { house, open: () => open, interval: () => 10_000, onBug: (error: unknown) => void bugs.push(error) };
  const start = () => makeAlerts(parts);
  const reading = (outcome: Reading["outcome"]): Reading => ({
    ...{ check: "front", target: "local", outcome, reason: "x", args: {}, facts: {}, at: clock.wall(), seconds: 0 },
  });
  return { clock, store, told, channels, refusing, start, reading, bugs };
}

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
