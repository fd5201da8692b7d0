// A storm through channels that take so many messages a minute: held back, told as one, and nothing is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRate } from "../src/engine/alerts/rate.ts";
import { summed } from "../src/engine/alerts/summed.ts";
import type { NoticeRecord } from "../src/model/alert.ts";
import { systemClock } from "../src/model/time.ts";
import { bookFolder, serving, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";

const clock = () => {
  const own = { seconds: 0, monotonic: () => BigInt(own.seconds) * 1_000_000_000n };
  return own;
};

const notice = (n: number, more: Partial<NoticeRecord> = {}): NoticeRecord => ({
  ...{ id: `n${n}`, group: `g${n}`, event: "fire", subject: `service-${n}`, severity: "P2", rank: 1, at: n, number: 0 },
  ...{ channel: "chat", because: { chain: "P2", step: 0, round: 0 }, state: "waiting", due: 0, attempts: [] },
  ids: [`a${n}`],
  alerts: [{ id: `a${n}`, title: `Alert ${n}`, target: "web", check: "c", started: n, form: "compare" }],
  ...more,
});
const notices = (count: number, from = 0) => Array.from({ length: count }, (_, n) => notice(from + n));
const sizes = (sendings: readonly (readonly NoticeRecord[])[]) => sendings.map(({ length }) => length);

test("what fits goes alone; of a storm the last place is for all that are left, and the next minute begins anew", () => {
  const own = clock();
  const rate = makeRate(own);
  const allowed = { perMinute: 5 };
  assert.deepEqual(sizes(rate.take("chat", notices(3), 16, allowed)), [1, 1, 1]);
  assert.deepEqual(sizes(rate.take("chat", notices(40, 3), 16, allowed)), [1, 39]);
  assert.deepEqual(rate.take("chat", notices(1, 50), 16, allowed), []);
  assert.deepEqual(sizes(rate.take("other", notices(1), 16, allowed)), [1]);
  own.seconds = 61;
  assert.deepEqual(sizes(rate.take("chat", notices(1, 50), 16, allowed)), [1]);
  assert.deepEqual(
    sizes(rate.take("chat", notices(9), 16, undefined)),
    Array.from({ length: 9 }, () => 1),
  );
});

test("receivers that keep a state, and incidents, are told one by one; few at once are few, and not counted as more", () => {
  const rate = makeRate(clock());
  assert.deepEqual(sizes(rate.take("pager", notices(9), 16, { perMinute: 4, stateful: true })), [1, 1, 1, 1]);
  const incident = { id: "INC-1" } as never;
  const mixed = [notice(0, { incident }), ...notices(5, 1)];
  const [first, ...rest] = rate.take("chat", mixed, 16, { perMinute: 3 });
  assert.equal(first![0].incident, incident);
  assert.deepEqual(sizes(rest), [1, 4]);
  assert.equal(rate.take("slow", notices(9), 2, { perMinute: 20 }).length, 2);
  assert.equal(rate.take("slow", notices(20), 16, { perMinute: 20 }).length, 16);
});

test("one for several: the worst severity, every alert, what still fires; the same whenever it is sent again", () => {
  const [a, b, c] = [notice(1), notice(2, { rank: 0, severity: "P1", event: "resolve" }), notice(3)];
  const one = summed([a, b, c], 20);
  assert.deepEqual([one.severity, one.event, one.ids], ["P1", "fire", ["a1", "a2", "a3"]]);
  assert.deepEqual(
    one.alerts.map(({ id }) => id),
    ["a2", "a1", "a3"],
  );
  assert.equal(one.subject, "service-1, service-2, service-3");
  assert.equal(one.because.summed, 20);
  assert.equal(summed([a, b, c], 20).id, one.id);
  assert.equal(summed([a], 20), a);
});

test("forty services fail at once: a channel that takes ten a minute hears of every one of them, in ten messages; where the book says four, in four", async (t) => {
  const [sms, gate] = [await receiver(t), await receiver(t)];
  const down = Array.from({ length: 40 }, (_, n) => n);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Fleet
lang: en
zone: UTC
severities: { P1: { scale: alert, channels: [phone, gate] } }
inbound: { kuma: { kind: uptime-kuma, open: true, severity: { otherwise: P1 } } }
channels:
  phone: { kind: voice, url: "${sms.url}", to: "+8613800000000", allow: ["127.0.0.1"] }
  gate: { kind: voice, url: "${gate.url}", to: "+8613800000001", allow: ["127.0.0.1"], perMinute: 4 }
`,
  });
  const { daemon } = await serving(t, root, { every: { alerts: 50, watcher: 50 }, clock: systemClock });
  const signals = down.map((n) => ({
    ...{ key: `outside@kuma@${n}`, rule: `S${n}`, title: `Site ${n}`, metric: `m${n}`, check: "", target: `site-${n}` },
    ...({ severity: "P1", form: "outside", down: false, firing: true, flapping: false, blind: false } as const),
  }));
  await daemon.alerts.say({ kind: "signals", signals });
  const kept = await until("that all of it is kept", async () => {
    const found = await daemon.house.store.desk("notice", {});
    return found.every(({ state }) => state !== "waiting") && found;
  });
  assert.deepEqual([kept.length, kept.every(({ state }) => state === "delivered")], [80, true]);
  assert.equal(daemon.alerts.counts().sent.get("phone"), 10);
  assert.deepEqual([sms.got.length, gate.got.length], [10, 4]);
});
