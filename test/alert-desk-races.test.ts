// The desk of alerts where two things meet: an end and a beginning, an acknowledgement and an escalation, a window and a night
// in which clocks are set.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf } from "../src/desk/alert/index.ts";
import { later, refused } from "../src/model/notice.ts";
import { DeskWorld, MINUTE, signal, silence, T0 } from "./kit/alert-desk.ts";

const over = (name: string, more = {}) => signal(name, { firing: false, ...more });

test("one of two is over while the other fires: whoever heard of the first only hears of the second at once, and of no end", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.wait(5_000);
  world.signals(signal("timeouts"));
  world.signals(over("errors"));
  assert.deepEqual(world.told, ["fire pager", "fire pager"]);
  assert.deepEqual(
    world.heard[1]!.alerts.map(({ title, ended }) => [title, ended !== undefined]),
    [
      ["timeouts", false],
      ["errors", true],
    ],
  );
  world.signals(over("timeouts"));
  assert.deepEqual(world.told.slice(2), ["resolve pager"]);
});

test("an end that still waits makes no end of what begins after it, and is not lost by it", () => {
  const world = new DeskWorld();
  const broken = later(5 * MINUTE, "no-answer");
  world.signals(signal("errors"));
  world.signals(signal("timeouts"));
  world.do({ kind: "acknowledge", alerts: [world.alert("timeouts@web-1")!.id], by: "wang", forMs: 2 * MINUTE });
  // What nobody has yet is waited for as before: acknowledging another alert calls nobody.
  assert.deepEqual(world.told, ["fire pager", "acknowledge pager"]);
  world.answers = ({ channel }) => (channel === "pager" ? broken : { kind: "delivered" });
  world.signals(over("errors"));
  world.wait(3 * MINUTE);
  world.answers = () => ({ kind: "delivered" });
  world.wait(10 * MINUTE);
  const pager = world.heard.filter(({ channel, subject }) => channel === "pager" && subject === "shop").slice(2);
  assert.deepEqual(
    pager.slice(0, 2).map(({ event, alerts }) => `${event} ${alerts[0]!.title}`),
    ["resolve errors", "fire timeouts"],
  );
});

test("an acknowledgement stops the escalation that was not sent yet; who may have heard hears of it, in order", () => {
  for (const tried of [false, true]) {
    const world = new DeskWorld({ channels: ["pager", "phone"] });
    world.signals(signal("errors"));
    world.answers = ({ channel }) =>
      channel !== "phone" ? { kind: "delivered" } : tried ? later(1_000, "no-answer") : "silent";
    world.wait(5 * MINUTE);
    world.do({ kind: "acknowledge", alerts: [world.alert("errors@web-1")!.id], by: "wang" });
    world.answers = () => ({ kind: "delivered" });
    world.wait(MINUTE);
    const phone = world.heard.filter(({ channel }) => channel === "phone").map(({ event }) => event);
    assert.deepEqual(phone, tried ? ["escalate", "acknowledge"] : []);
  }
});

test("what somebody has is not passed on by a channel that fails a second time", () => {
  const world = new DeskWorld();
  world.answers = ({ channel }) => (channel === "chat" ? later(5_000, "no-answer") : { kind: "delivered" });
  world.signals(signal("slow", { severity: "P2" }));
  world.wait(12_000);
  world.do({ kind: "acknowledge", alerts: [world.alert("slow@web-1")!.id], by: "wang" });
  world.wait(MINUTE);
  assert.deepEqual(
    world.heard.map(({ event, subject }) => `${event} ${subject}`),
    ["fire channel@chat"],
  );
});

test("what two people have taken is quiet for no longer than each took it for", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"), signal("timeouts"));
  const take = (name: string, forMs: number) =>
    world.do({ kind: "acknowledge", alerts: [world.alert(`${name}@web-1`)!.id], by: name, forMs });
  take("errors", 10 * MINUTE);
  take("timeouts", 480 * MINUTE);
  world.wait(10 * MINUTE);
  assert.equal(world.told.at(-1), "again pager");
  take("errors", 10 * MINUTE);
  take("errors", 20 * MINUTE);
  assert.equal([...world.desk.groups.values()][0]!.ack!.until, world.now + 20 * MINUTE);
});

test("a channel that left the book while a notice waited for it is nobody's alert", () => {
  const world = new DeskWorld();
  world.answers = ({ channel }) => (channel === "pager" ? later(1_000, "no-answer") : { kind: "delivered" });
  world.signals(signal("errors"));
  world.wait(10_000);
  assert.ok(world.alert("channel@pager"));
  world.policy = { ...world.policy, channels: ["phone", "chat"] };
  world.answers = ({ channel }) => (channel === "pager" ? refused("not-to-be-had") : { kind: "delivered" });
  world.do({ kind: "withdrawn", keys: ["channel@pager"] });
  world.wait(MINUTE);
  assert.deepEqual([world.alert("channel@pager"), world.desk.outbox.size], [undefined, 0]);
});

test("a window of one day keeps its day in the night in which clocks are set back", () => {
  const of = (day: "sat" | "sun", at: string) => {
    const window = { id: "w", window: { from: "23:00", to: "05:00" }, matchers: [], reason: "works", days: [day] };
    const source = { file: "watchbook.yaml", line: 1 };
    const world = new DeskWorld({ zone: "Europe/Berlin", maintenance: [{ ...window, source }] });
    world.now = Date.parse(at);
    world.signals(signal("errors"));
    return world.alert("errors@web-1")!.hold?.by;
  };
  // 02:30 twice, then 04:30, of Sunday: the window is Saturday's.
  for (const at of ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T03:30:00Z"])
    assert.deepEqual([of("sat", at), of("sun", at)], ["window", undefined], at);
  for (const at of ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"])
    assert.deepEqual([of("sat", at), of("sun", at)], ["window", undefined], at);
});

test("a service that is down keeps nothing quiet that is worse than itself, nor anything while its own alert is silenced", () => {
  const down = signal("db-up", { key: "db-up@db-1", target: "db-1", service: "db", down: true });
  const milder = new DeskWorld();
  milder.signals({ ...down, severity: "P2" }, signal("errors"));
  assert.deepEqual(milder.told, ["fire pager"]);
  const of = (kind: "silence" | "maintenance") => {
    const world = new DeskWorld();
    world.do({ kind: "silence", silence: silence("S1", [{ label: "rule", is: "=", value: "db-up" }], { kind }) });
    world.signals(down, signal("errors"));
    return [world.alert(down.key)!.hold?.by, world.alert("errors@web-1")!.hold?.by];
  };
  assert.deepEqual(of("silence"), ["silence", undefined]);
  assert.deepEqual(of("maintenance"), ["silence", "parent"]);
});

test("a group that never ends forgets who is long over, not what is open, and an old alert still knows who was told of it", () => {
  const world = new DeskWorld();
  world.signals(signal("lasts"));
  const [first] = [...world.desk.open.values()];
  for (let batch = 0; batch < 15; batch += 1) {
    const names = Array.from({ length: 200 }, (_, n) => `pod-${batch}-${n}`);
    world.now += 1_000;
    world.signals(...names.map((name) => signal(name)));
    world.now += 1_000;
    world.signals(...names.map((name) => over(name)));
  }
  const [group] = [...world.desk.groups.values()];
  assert.ok(group!.members.length <= 2_000 && group!.members.includes(first!.id), String(group!.members.length));
  const gone = world.records.flatMap(({ alerts }) => alerts).find(({ rule, ended }) => rule === "pod-0-0" && ended);
  assert.deepEqual(groupsOf(gone!, [group!, { ...group!, id: "before", members: [], ended: T0 - 1 }]), [group]);
});
