// The shift turns, or the rota is changed, while an alert lasts that nobody has: whoever comes hears of it at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Escalation } from "../src/model/alert-policy.ts";
import { delivered, refused } from "../src/model/notice.ts";
import { DeskWorld, MINUTE, silence, signal, T0 } from "./kit/alert-desk.ts";

const HOUR = 60 * MINUTE;
const step = (rota: string, waitMs = 5 * MINUTE) => ({ channels: ["pager"], rotas: [rota], people: [], waitMs });
const CHAIN: Escalation = { id: "P1", steps: [step("main"), step("lead", 3 * HOUR)], rounds: 1 };

/** Wang until one o'clock, li after that; chen leads, and zhou from one o'clock on. */
function world(chain: Escalation = CHAIN): DeskWorld {
  const made = new DeskWorld({ severities: [{ id: "P1", chain }], repeatMs: 12 * HOUR });
  const turned = T0 + HOUR;
  made.onCall = (rota, at) => [rota === "main" ? (at < turned ? "wang" : "li") : at < turned ? "chen" : "zhou"];
  return made;
}
const dark = signal("dark");
const until = (made: DeskWorld, at: number): void => made.wait(at - made.now);

test("whoever comes on call hears of what lasts, once; both hear of its end", () => {
  const made = world();
  made.signals(dark);
  until(made, T0 + HOUR - 1);
  assert.deepEqual(made.told, ["fire pager/wang", "escalate pager/chen"]);
  made.heard.length = 0;
  until(made, T0 + HOUR);
  assert.deepEqual(made.told, ["again pager/li", "again pager/zhou"]);
  const [{ because } = { because: undefined }] = made.heard;
  assert.deepEqual(because, { chain: "P1", step: 0, round: 1, rota: "main" });
  until(made, T0 + 3 * HOUR);
  assert.equal(made.heard.length, 2, "once");
  made.heard.length = 0;
  made.signals({ ...dark, firing: false });
  assert.deepEqual(
    made.told.toSorted(),
    ["li", "wang", "chen", "zhou"].map((who) => `resolve pager/${who}`).toSorted(),
  );
});

test("a step that was not told yet calls nobody early, and whoever stood there before is not called late", () => {
  const made = world({ ...CHAIN, steps: [step("main", 2 * HOUR), step("lead")] });
  made.signals(dark);
  until(made, T0 + 2 * HOUR - 1);
  assert.deepEqual(made.told, ["fire pager/wang", "again pager/li"]);
  until(made, T0 + 2 * HOUR);
  assert.deepEqual(made.told.slice(2), ["escalate pager/zhou"]);
});

test("what somebody has is theirs when the shift turns; when their time is over it calls whoever stands there now", () => {
  const made = world();
  made.signals(dark);
  const { id } = made.alert(dark.key)!;
  made.now += MINUTE;
  made.do({ kind: "acknowledge", alerts: [id], by: "wang" });
  const { until: over } = [...made.desk.groups.values()][0]!.ack!;
  made.heard.length = 0;
  until(made, Math.max(T0 + HOUR, over - 1_000));
  assert.deepEqual(made.told, []);
  until(made, over + 1_000);
  assert.deepEqual(made.told, ["escalate pager/li"]);
});

test("an override in the middle of an alert is a turn, and so is coming back, but not at once", () => {
  const made = world();
  made.signals(dark);
  const stands = (person: string, forMs: number): void => {
    made.onCall = () => [person];
    made.wait(forMs);
  };
  made.wait(MINUTE);
  stands("sun", MINUTE);
  stands("wang", MINUTE);
  stands("sun", MINUTE);
  assert.deepEqual(made.told, ["fire pager/wang", "again pager/sun"], "both heard minutes ago");
  stands("sun", 20 * MINUTE);
  made.heard.length = 0;
  stands("wang", MINUTE);
  assert.deepEqual(made.told, ["again pager/wang"]);
});

test("whoever was away for long enough is told, also when the clock was set meanwhile", () => {
  for (const by of [0, HOUR, -HOUR]) {
    const made = world({ ...CHAIN, steps: [step("main", 4 * HOUR)] });
    made.onCall = () => ["wang"];
    made.signals(dark);
    made.wait(5 * MINUTE);
    made.onCall = () => ["li"];
    made.wait(MINUTE);
    made.now += by;
    if (by !== 0) made.do({ kind: "clock", by });
    // Too short a while for anybody to have to hear it again.
    made.onCall = () => ["wang"];
    made.wait(MINUTE);
    made.onCall = () => ["li"];
    made.wait(20 * MINUTE);
    made.onCall = () => ["wang"];
    made.wait(MINUTE);
    assert.deepEqual(made.told, ["fire pager/wang", "again pager/li", "again pager/wang"], String(by));
  }
});

test("whoever comes and is refused is tried once, and holds up nothing else", () => {
  const made = world({ ...CHAIN, steps: [step("main"), { ...step("lead", 3 * HOUR), channels: ["phone"] }] });
  made.policy = { ...made.policy, channels: ["pager", "phone"] };
  let tries = 0;
  made.answers = ({ person, channel }) => {
    if (person !== "li") return delivered();
    tries += 1;
    return channel === "pager" ? refused("status", { status: 404 }) : delivered();
  };
  made.signals(dark);
  until(made, T0 + HOUR + 5 * MINUTE);
  assert.ok(tries <= 2, String(tries));
  made.heard.length = 0;
  made.signals(dark, { ...dark, key: "cold@web-1" });
  made.wait(MINUTE);
  assert.ok(made.heard.length > 0, "what joins is told");
});

test("a turn right before a step that calls the same person is left to the step", () => {
  const made = world({ ...CHAIN, steps: [step("main")], rounds: 2 });
  made.onCall = (_, at) => [at < T0 + 5 * MINUTE - 1_000 ? "wang" : "li"];
  made.signals(dark);
  made.wait(7 * MINUTE);
  assert.deepEqual(made.told, ["fire pager/wang", "escalate pager/li"]);
});

test("nobody is called for what is kept quiet, nor before a start has looked at it; afterwards they are", () => {
  const made = world();
  made.signals(dark);
  made.now += 30 * MINUTE;
  made.do({ kind: "silence", silence: silence("s", [], { starts: made.now, ends: T0 + 2 * HOUR }) });
  made.heard.length = 0;
  until(made, T0 + 2 * HOUR - 1);
  assert.deepEqual(made.told, []);

  const again = world();
  again.signals(dark);
  until(again, T0 + 30 * MINUTE);
  again.heard.length = 0;
  [again.settled, again.begun] = [false, again.now];
  until(again, T0 + HOUR + MINUTE);
  assert.deepEqual(again.told, []);
  again.settled = true;
  again.do({ kind: "tick" });
  assert.deepEqual(again.told, ["again pager/li", "again pager/zhou"]);
});

test("a chain that is through still tells whoever comes", () => {
  const made = world({ ...CHAIN, steps: [step("main")] });
  made.signals(dark);
  until(made, T0 + HOUR);
  assert.deepEqual(made.told, ["fire pager/wang", "again pager/li"]);
});

test("a shift in which nobody stands calls nobody, and whom no channel reaches is not tried again and again", () => {
  const made = world({ ...CHAIN, steps: [{ ...step("main", 3 * HOUR), channels: [] }] });
  made.policy = { ...made.policy, reach: new Map([["wang", ["pager"]]]) };
  made.signals(dark);
  made.onCall = () => [];
  made.wait(MINUTE);
  made.onCall = () => ["li"];
  made.wait(MINUTE);
  assert.deepEqual(made.told, ["fire pager/wang"]);
  const passed = made.alert(dark.key)!.trail.filter(({ did }) => did === "unreached");
  assert.deepEqual(
    passed.map(({ args }) => args),
    [{ step: 1, person: "li" }],
  );
});
