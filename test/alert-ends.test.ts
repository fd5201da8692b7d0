// Whoever was told of an alert hears of its end, also when the group that it belongs to goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, EMPTY_DESK, type AlertEvent } from "../src/desk/alert/index.ts";
import type { NoticeRecord } from "../src/model/alert.ts";
import { ALERT_DEFAULTS } from "../src/model/alert-policy.ts";
import { delivered, later, refused } from "../src/model/notice.ts";
import { chain, DeskWorld, MINUTE, policy, signal, silence, T0 } from "./kit/alert-desk.ts";

const over = (name: string, more: Parameters<typeof signal>[1] = {}) => signal(name, { ...more, firing: false });
const P2 = { severity: "P2" } as const;

/** `fire [b, a over]`, as it was heard. */
const said = ({ event, alerts }: NoticeRecord): string =>
  `${event} [${alerts.map(({ title, ended }) => (ended === undefined ? title : `${title} over`)).join(", ")}]`;
const heardOn = (world: DeskWorld, channel: string): readonly string[] =>
  world.heard.filter((notice) => notice.channel === channel).map(said);

test("somebody takes what lasts before the end of the other was told: it is told with that", () => {
  const world = new DeskWorld();
  world.signals(signal("a", P2), signal("b", P2));
  world.wait(20_000);
  world.signals(over("a", P2));
  world.wait(MINUTE);
  world.do({ kind: "acknowledge", alerts: [world.alert("b@web-1")!.id], by: "wang" });
  assert.deepEqual(heardOn(world, "chat"), ["fire [a, b]", "acknowledge [b, a over]"]);
  world.wait(20 * MINUTE);
  world.signals(over("b", P2));
  assert.deepEqual(heardOn(world, "chat").slice(2), ["resolve [b over]"]);
});

test("what somebody had ends in the moment in which something else begins: one notice tells both", () => {
  const world = new DeskWorld();
  world.signals(signal("a", P2));
  world.wait(20_000);
  world.do({ kind: "acknowledge", alerts: [world.alert("a@web-1")!.id], by: "wang" });
  world.wait(MINUTE);
  world.signals(signal("b", P2), over("a", P2));
  world.wait(MINUTE);
  assert.deepEqual(heardOn(world, "chat").slice(2), ["fire [b, a over]"]);
});

test("what was silenced after it was told ends: whoever was told hears it, silenced or not", () => {
  const world = new DeskWorld({ repeatMs: 10 * MINUTE });
  world.signals(signal("a"), signal("b"));
  world.wait(MINUTE);
  const ends = { starts: world.now, ends: world.now + 120 * MINUTE };
  world.do({ kind: "silence", silence: silence("S", [{ label: "rule", is: "=", value: "a" }], ends) });
  world.wait(20 * MINUTE);
  assert.ok(heardOn(world, "pager").includes("again [b]"), "the chain repeats what lasts and is not silenced");
  world.signals(over("a"));
  world.wait(MINUTE);
  assert.match(heardOn(world, "pager").at(-1)!, /^again \[b, a over\]$/);
});

test("a notice that overtakes one which waits carries the ends that it had", () => {
  const world = new DeskWorld({ repeatMs: 10 * MINUTE });
  world.signals(signal("a"));
  world.wait(MINUTE);
  world.answers = () => later(5_000, "no-answer");
  world.signals(over("a"), signal("b"));
  world.wait(31_000);
  world.signals(signal("c"));
  world.wait(40_000);
  world.answers = () => delivered();
  world.wait(MINUTE);
  assert.match(heardOn(world, "pager").at(-1)!, /^fire \[b, c, a over\]$/);
});

test("all of it is over before a channel is back: the end is of what it heard of", () => {
  const world = new DeskWorld({ channels: ["chat"] });
  world.signals(signal("a", P2));
  world.wait(20_000);
  world.answers = () => later(5_000, "no-answer");
  world.signals(over("a", P2), signal("b", P2));
  world.wait(20_000);
  world.signals(over("b", P2));
  world.wait(20_000);
  world.answers = () => delivered();
  world.wait(MINUTE);
  assert.match(heardOn(world, "chat").at(-1)!, /^resolve \[.*a over.*\]$/);
});

/** A desk whose notices are on their way as long as the test says. */
function inFlight() {
  const only = policy({ channels: ["pager"], severities: [{ id: "P1", chain: chain("P1", "pager") }] });
  const state = { desk: EMPTY_DESK, now: T0, flying: new Set<string>() };
  return Object.assign(state, {
    do: (...events: readonly AlertEvent[]): void => {
      const { now, flying } = state;
      state.desk = advance(state.desk, events, { now, policy: only, onCall: () => [], flying, settled: true }).desk;
    },
    waiting: (): readonly NoticeRecord[] =>
      [...state.desk.outbox.values()]
        .filter(({ subject }) => subject === "shop")
        .toSorted((a, b) => a.number - b.number),
  });
}

test("an older notice that is refused does not make whoever is told by the newer one forgotten", () => {
  const desk = inFlight();
  desk.do({ kind: "signals", signals: [signal("a")] });
  const [first] = desk.waiting();
  desk.flying.add(first!.id);
  desk.now += 3_000;
  desk.do({ kind: "signals", signals: [over("a"), signal("b")] });
  desk.flying.clear();
  desk.do({ kind: "delivery", notice: first!.id, delivery: refused("status", {}) });
  const [second] = desk.waiting();
  assert.ok(second!.ids.some((id) => id === desk.desk.open.get("b@web-1")!.id));
  desk.do({ kind: "delivery", notice: second!.id, delivery: delivered() });
  desk.now += MINUTE;
  desk.do({ kind: "signals", signals: [over("b")] });
  assert.deepEqual(
    desk.waiting().map(({ event }) => event),
    ["resolve"],
  );
});

const people = (answer: () => ReturnType<typeof refused>): DeskWorld => {
  const step = (person: string) => ({ channels: [], rotas: [], people: [person], waitMs: 5 * MINUTE });
  const world = new DeskWorld({
    channels: ["sms", "mail"],
    reach: new Map([
      ["anna", ["sms"]],
      ["boris", ["sms"]],
    ]),
    severities: [{ id: "P1", chain: { id: "P1", rounds: 1, steps: [step("anna"), step("boris")] } }],
  });
  world.answers = ({ channel }) => (channel === "sms" ? answer() : delivered());
  return world;
};

for (const [name, answer] of [
  ["refuses", () => refused("status")],
  ["does not answer", () => later(5_000, "no-answer")],
] as const)
  test(`while a channel ${name}, every step and every repeat falls through to the next channel`, () => {
    const world = people(answer);
    world.signals(signal("a"));
    world.wait(6 * MINUTE);
    const ours = (): readonly string[] =>
      world.heard.filter(({ subject }) => subject === "shop").map(({ event, person }) => `${event} ${person}`);
    assert.deepEqual(ours(), ["fire anna", "escalate boris"]);
    world.wait(ALERT_DEFAULTS.repeatMs + 10 * MINUTE);
    assert.deepEqual(ours().slice(2), ["again anna", "again boris"]);
    const group = [...world.desk.groups.values()].find(({ subject }) => subject === "shop");
    const keys = group!.told.map(({ channel, person }) => `${channel} ${person}`);
    assert.equal(new Set(keys).size, keys.length, "each receiver stands there once");
    world.signals(over("a"));
    world.wait(MINUTE);
    assert.deepEqual(ours().slice(4).toSorted(), ["resolve anna", "resolve boris"]);
  });
