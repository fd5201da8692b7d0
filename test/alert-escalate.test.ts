// Somebody escalates an alert by hand: the next step is told now, whoever had it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { actOnAlerts } from "../src/engine/alerts/ask.ts";
import { chain, DeskWorld, MINUTE, policy, signal, silence } from "./kit/alert-desk.ts";

const channels = (world: DeskWorld): readonly string[] =>
  world.heard.map(({ channel, event }) => `${channel} ${event}`);
const fired = (...steps: readonly string[]): DeskWorld => {
  const world = new DeskWorld({ severities: [{ id: "P1", chain: chain("P1", ...steps) }] });
  world.do({ kind: "signals", signals: [signal("dark")] });
  return world;
};
const idOf = (world: DeskWorld): string => [...world.desk.open.values()][0]!.id;

test("the next step is told at once, with why on record; the chain goes on from there", () => {
  const world = fired("pager", "phone", "chief");
  assert.deepEqual(channels(world), ["pager fire"]);
  world.now += MINUTE;
  world.do({ kind: "escalate", alerts: [idOf(world)], by: "wang", reason: "no key to the room" });
  assert.deepEqual(channels(world), ["pager fire", "phone escalate"]);
  const trail = [...world.desk.open.values()][0]!.trail;
  assert.deepEqual(trail.at(-1), {
    ...{ at: world.now, did: "escalated" },
    args: { by: "wang", reason: "no key to the room" },
  });
  world.now += 4 * MINUTE;
  world.do({ kind: "tick" });
  assert.equal(world.heard.length, 2, "the first wait is not waited for once more");
  world.now += MINUTE;
  world.do({ kind: "tick" });
  assert.deepEqual(channels(world).slice(2), ["chief escalate"]);
});

test("whoever has it stood in any step: the one after it is called, and the others after that", () => {
  for (const told of [1, 2, 3]) {
    const world = fired("pager", "phone", "chief", "owner");
    const all = ["pager", "phone", "chief", "owner"];
    while (channels(world).length < told) {
      world.now += 5 * MINUTE;
      world.do({ kind: "tick" });
    }
    world.do({ kind: "acknowledge", alerts: [idOf(world)], by: "wang" });
    world.do({ kind: "acknowledge", alerts: [idOf(world)], by: "wang", note: "on it" });
    world.now += MINUTE;
    const before = channels(world).length;
    world.do({ kind: "escalate", alerts: [idOf(world)], by: "wang", reason: "it is the database" });
    assert.deepEqual(channels(world).slice(before), [`${all[told]!} escalate`], `${told} told`);
    world.now += 5 * MINUTE;
    world.do({ kind: "tick" });
    const last = told + 1 < all.length ? [`${all[told + 1]!} escalate`] : [];
    assert.deepEqual(channels(world).slice(before + 1), last, `${told} told`);
  }
});

test("behind the last step the chain begins with its first", () => {
  const world = fired("pager", "phone");
  world.now += 5 * MINUTE;
  world.do({ kind: "tick" });
  world.do({ kind: "acknowledge", alerts: [idOf(world)], by: "wang" });
  const before = channels(world).length;
  world.do({ kind: "escalate", alerts: [idOf(world)], by: "wang", reason: "I cannot do it alone" });
  assert.deepEqual(channels(world).slice(before), ["pager again"]);
});

test("who has it may call the next one; nobody has it then, until somebody says so", () => {
  const world = fired("pager", "phone");
  world.do({ kind: "acknowledge", alerts: [idOf(world)], by: "wang" });
  world.now += MINUTE;
  world.do({ kind: "escalate", alerts: [idOf(world)], by: "wang", reason: "it is the database" });
  assert.equal(channels(world).at(-1), "phone escalate");
  assert.equal([...world.desk.groups.values()][0]!.ack, undefined);
  world.do({ kind: "acknowledge", alerts: [idOf(world)], by: "li" });
  assert.equal([...world.desk.groups.values()][0]!.ack?.by, "li");
  const heard = world.heard.length;
  world.now += 10 * MINUTE;
  world.do({ kind: "tick" });
  assert.equal(world.heard.length, heard, "nobody else is called");
});

test("what is kept quiet stays so, and what is over is passed over", () => {
  const world = new DeskWorld();
  world.do(
    { kind: "silence", silence: silence("s1", [{ label: "rule", is: "=", value: "dark" }]) },
    { kind: "signals", signals: [signal("dark")] },
  );
  world.do({ kind: "escalate", alerts: [idOf(world), "gone"], by: "wang", reason: "x" });
  assert.deepEqual(channels(world), []);
});

test("without a reason nobody is called, and of what is kept quiet nobody would be: both are refused", async () => {
  // Stand-ins for the engine and its store: one alert, and what is said to it.
  const said: unknown[] = [];
  const engine = { say: async (event: unknown) => void said.push(event) };
  const houseOf = (alert: object) =>
    ({ store: { deskOne: async () => alert, desk: async () => [] }, policy: policy(), now: 0 }) as never;
  const ask = (alert: object, reason: string) =>
    actOnAlerts(engine as never, houseOf(alert), "wang", { do: "escalate", alerts: ["a1"], reason });
  await assert.rejects(ask({ id: "a1" }, "  "), { code: "ESCALATE-REASON" });
  await assert.rejects(ask({ id: "a1", hold: { by: "silence" } }, "help"), { code: "ALERT-QUIET" });
  await assert.rejects(ask({ id: "a1", ended: 1 }, "help"), { code: "ALERT-OVER" });
  assert.deepEqual(said, []);
  await ask({ id: "a1" }, " help ");
  assert.deepEqual(said, [{ kind: "escalate", alerts: ["a1"], by: "wang", reason: "help" }]);
});
