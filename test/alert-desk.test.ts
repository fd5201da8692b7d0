import assert from "node:assert/strict";
import { test } from "node:test";
import { linkState, whyOf } from "../src/desk/alert/index.ts";
import { delivered, later, refused, type Delivery } from "../src/model/notice.ts";
import { DeskWorld, MINUTE, signal, silence, T0 } from "./kit/alert-desk.ts";

const over = (name: string, more = {}) => signal(name, { firing: false, ...more });

test("the worst severity is told at once, the others are gathered for a moment, and the end goes to whoever was told", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"), signal("slow", { severity: "P2" }), signal("full", { severity: "P2" }));
  assert.deepEqual(world.told, ["fire pager"]);
  world.wait(10_000);
  assert.deepEqual(world.told, ["fire pager", "fire chat"]);
  assert.equal(world.heard[1]!.ids.length, 2);
  world.signals(over("errors"), over("slow", { severity: "P2" }));
  assert.deepEqual(world.told.slice(2), ["resolve pager"]);
  world.signals(over("full", { severity: "P2" }));
  assert.deepEqual(world.told.slice(3), ["resolve chat"]);
  assert.equal(world.heard[0]!.group, world.heard[2]!.group);
  assert.equal(world.desk.groups.size + world.desk.outbox.size + world.desk.open.size + world.desk.over.size, 0);
});

test("nobody answers: the chain goes on, then is repeated; whoever acknowledges ends it, and is asked again when the time is over [H-057]", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.wait(5 * MINUTE);
  assert.deepEqual(world.told, ["fire pager", "escalate phone"]);
  world.wait(240 * MINUTE);
  assert.deepEqual(world.told.slice(2), ["again pager"]);
  const { id } = world.alert("errors@web-1")!;
  world.do({ kind: "acknowledge", alerts: [id], by: "wang", forMs: 30 * MINUTE });
  assert.deepEqual(world.told.slice(3).toSorted(), ["acknowledge pager", "acknowledge phone"]);
  world.wait(29 * MINUTE);
  assert.equal(world.told.length, 5);
  world.wait(MINUTE);
  assert.deepEqual(world.told.slice(5), ["again pager"]);
  const last = world.alert("errors@web-1")!.trail.at(-1)!;
  assert.deepEqual([last.did, last.args["by"], last.at], ["expired", "wang", world.now]);
  world.signals(over("errors"));
  assert.deepEqual(world.told.slice(6).toSorted(), ["resolve pager", "resolve phone"]);
});

test("an acknowledgement is for what fires now: what joins calls again, and a link works once", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  const [notice] = world.heard;
  const { id } = world.alert("errors@web-1")!;
  assert.equal(linkState(world.desk, notice!.group, notice!.id), "good");
  world.do({ kind: "acknowledge", alerts: [id], by: "wang", link: notice!.id });
  assert.equal(linkState(world.desk, notice!.group, notice!.id), "used");
  world.signals(signal("errors"), signal("timeouts"));
  assert.deepEqual(world.told, ["fire pager", "acknowledge pager", "fire pager"]);
  world.signals(over("errors"), over("timeouts"));
  assert.equal(linkState(world.desk, notice!.group, notice!.id), "over");
});

test("a worse alert on the same metric mutes the milder one, and a parent that is down what needs it: neither stops a resolve", () => {
  const world = new DeskWorld();
  const mild = signal("cpu-warn", { metric: "cpu", severity: "P2" });
  world.signals(signal("cpu-critical", { metric: "cpu" }), mild);
  world.wait(MINUTE);
  assert.deepEqual(world.told, ["fire pager"]);
  assert.equal(world.alert(mild.key)?.hold?.by, "worse");
  world.signals(over("cpu-critical", { metric: "cpu" }), mild);
  world.wait(MINUTE);
  assert.deepEqual(world.told, ["fire pager", "resolve pager", "fire chat"]);
  const down = signal("db-up", { key: "db-up@db-1", target: "db-1", service: "db", down: true });
  world.signals(down, mild, signal("errors"));
  assert.deepEqual(world.told.slice(3), ["fire pager"]);
  assert.equal(world.heard[3]!.subject, "db");
  assert.equal(world.alert("errors@web-1")?.hold?.by, "parent");
  // It was told before the parent fell: its end is told although it is held.
  world.signals({ ...mild, firing: false });
  assert.deepEqual(world.told.slice(4), ["resolve chat"]);
});

test("services that need each other and are both down are not both kept quiet", () => {
  const world = new DeskWorld({
    needs: new Map([
      ["a", ["b"]],
      ["b", ["a"]],
    ]),
  });
  const of = (service: string) => signal(service, { key: `up@${service}`, target: service, service, down: true });
  world.signals(of("a"), of("b"));
  assert.equal(world.heard.length, 1);
  const holds = ["up@a", "up@b"].map((key) => world.alert(key)?.hold?.by);
  assert.deepEqual(
    holds.filter((by) => by !== undefined),
    ["parent"],
  );
});

test("a silence keeps quiet until its end; what it hides from the start is told then, and what was told before still ends [H-058]", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.do({
    kind: "silence",
    silence: silence("S1", [{ label: "service", is: "=", value: "shop" }], { ends: T0 + 30 * MINUTE }),
  });
  world.signals(signal("errors"), signal("timeouts"));
  world.wait(20 * MINUTE);
  assert.deepEqual(world.told, ["fire pager"]);
  world.signals(over("errors"));
  assert.deepEqual(world.told, ["fire pager", "resolve pager"]);
  world.wait(10 * MINUTE);
  assert.deepEqual(world.told.slice(2), ["fire pager"]);
  const { trail } = world.alert("timeouts@web-1")!;
  assert.deepEqual(
    trail.map(({ did }) => did),
    ["fired", "held", "released"],
  );
  assert.deepEqual(trail[1]!.args, { by: "silence", name: "S1", author: "li", reason: "works" });
});

test("a window of the book and the quiet hours of a severity hold what fires in them, also across midnight", () => {
  const nightly = {
    id: "backup",
    window: { from: "23:00", to: "01:00" },
    matchers: [],
    reason: "backup",
    days: ["fri"] as const,
  };
  const world = new DeskWorld({ maintenance: [{ ...nightly, source: { file: "watchbook.yaml", line: 1 } }] });
  world.now = Date.parse("2026-11-21T00:30:00Z");
  world.signals(signal("errors"));
  assert.deepEqual(world.alert("errors@web-1")?.hold, { by: "window", name: "backup" });
  world.wait(30 * MINUTE);
  assert.deepEqual(world.told, ["fire pager"]);
  world.signals(over("errors"));
  world.now = Date.parse("2026-11-22T00:30:00Z");
  world.signals(signal("errors"));
  assert.deepEqual(world.told.slice(2), ["fire pager"]);
});

test("a channel that fails is passed over, of the worst severity at once, is an alert itself after the second attempt, and takes what waited when it is back", () => {
  const world = new DeskWorld();
  let works = false;
  world.answers = ({ channel }) => (channel !== "pager" || works ? { kind: "delivered" } : later(1_000, "no-answer"));
  world.signals(signal("errors"));
  assert.deepEqual(world.told, ["fire phone"]);
  world.wait(2_000);
  assert.deepEqual(world.told, ["fire phone", "fire phone"]);
  assert.deepEqual(world.heard.map(({ subject }) => subject).toSorted(), ["channel@pager", "shop"]);
  assert.deepEqual(world.heard.find(({ subject }) => subject === "shop")?.because.instead, ["pager"]);
  works = true;
  world.wait(MINUTE);
  assert.deepEqual(world.told.slice(2).toSorted(), ["fire pager", "resolve phone"]);
});

test("a receiver that refused the beginning is not told of the end", () => {
  const world = new DeskWorld();
  world.answers = ({ channel }) => (channel === "pager" ? refused("gone") : { kind: "delivered" });
  world.signals(signal("errors"));
  world.signals(over("errors"));
  world.wait(10 * MINUTE);
  const ofShop = world.heard
    .filter(({ subject }) => subject === "shop")
    .map(({ event, channel }) => `${event} ${channel}`);
  assert.deepEqual(ofShop, ["fire phone", "resolve phone"]);
});

test("every channel refuses: each is tried once, all of them again five minutes later, and nothing is lost", () => {
  const world = new DeskWorld();
  let gone = true;
  const tried: string[] = [];
  world.answers = ({ channel, subject }) => {
    if (subject === "shop") tried.push(channel);
    return gone ? refused("gone") : { kind: "delivered" };
  };
  world.signals(signal("errors"));
  assert.deepEqual(tried, ["pager", "phone", "chat"]);
  world.wait(4 * MINUTE);
  gone = false;
  world.wait(MINUTE);
  assert.deepEqual(
    world.heard.filter(({ subject }) => subject === "shop").map(({ event }) => event),
    ["fire"],
  );
});

test("whoever is on call is told by name through channels of their own; a gap in the rota is noted, and the next step told", () => {
  const steps = [
    { channels: [], rotas: ["ops"], people: [], waitMs: 5 * MINUTE },
    { channels: ["phone"], rotas: [], people: ["chief"], waitMs: 5 * MINUTE },
  ];
  const severities = [{ id: "P1", chain: { id: "night", steps, rounds: 2 } }];
  const world = new DeskWorld({ severities, reach: new Map([["wang", ["sms"]]]) });
  let onCall = ["wang"];
  world.onCall = () => onCall;
  world.signals(signal("errors"));
  assert.deepEqual(world.told, ["fire sms/wang"]);
  assert.equal(world.heard[0]!.because.rota, "ops");
  onCall = [];
  world.wait(10 * MINUTE);
  assert.deepEqual(world.told.slice(1), ["escalate phone/chief", "again phone/chief"]);
  assert.ok(world.alert("errors@web-1")!.trail.some(({ did, args }) => did === "nobody" && args["rota"] === "ops"));
  world.signals(over("errors"));
  assert.deepEqual(world.told.slice(3).toSorted(), ["resolve phone/chief", "resolve sms/wang"]);
});

test("whom no channel reaches is passed over, and `why` says so, of the whole step and of one person in it", () => {
  const steps = [
    { channels: [], rotas: ["ops"], people: ["zhao"], waitMs: 5 * MINUTE },
    { channels: ["phone"], rotas: [], people: [], waitMs: 5 * MINUTE },
  ];
  const world = new DeskWorld({
    severities: [{ id: "P1", chain: { id: "night", steps, rounds: 1 } }],
    reach: new Map([["zhao", ["sms"]]]),
  });
  const notTold = () => {
    const [group] = world.desk.groups.values();
    const known = [...world.records.flatMap(({ notices }) => notices)];
    return whyOf(world.alert("errors@web-1")!, [group!], known, world.policy).notTold;
  };
  world.onCall = () => ["wang"];
  world.signals(signal("errors"));
  assert.deepEqual(world.told, ["fire sms/zhao"]);
  assert.deepEqual(notTold(), [
    { step: 1, receivers: ["wang"], why: "unreached", at: world.now },
    { step: 2, receivers: ["phone"], why: "due", at: world.now + 5 * MINUTE },
  ]);
  const alone = new DeskWorld({ ...world.policy, reach: new Map() });
  alone.onCall = () => [];
  alone.signals(signal("errors"));
  assert.deepEqual(alone.told, ["fire phone"]);
  const passed = alone.alert("errors@web-1")!.trail.filter(({ did }) => did === "unreached" || did === "nobody");
  assert.deepEqual(
    passed.map(({ did, args }) => [did, args["rota"] ?? args["person"], args["step"]]),
    [
      ["nobody", "ops", 1],
      ["unreached", "zhao", 1],
    ],
  );
});

test("a person whose only channel is the one that fails is passed over in words", () => {
  const steps = [{ channels: [], rotas: [], people: ["wang"], waitMs: 5 * MINUTE }];
  const world = new DeskWorld({
    severities: [{ id: "P1", chain: { id: "night", steps, rounds: 1 } }],
    reach: new Map([["wang", ["pager"]]]),
  });
  world.answers = ({ channel }) => (channel === "pager" ? refused("status", { status: 410 }) : delivered());
  world.signals(signal("errors"));
  const channel = world.alert("channel@pager")!;
  assert.ok(channel.trail.some(({ did, args }) => did === "unreached" && args["person"] === "wang"));
});

test("a clock that is set an hour forward or back neither tells anybody nor loses a timer", () => {
  for (const by of [3_600_000, -3_600_000]) {
    const world = new DeskWorld();
    world.signals(signal("errors"));
    world.wait(4 * MINUTE);
    world.now += by;
    world.do({ kind: "clock", by });
    world.wait(MINUTE - 1_000);
    assert.deepEqual(world.told, ["fire pager"]);
    world.wait(1_000);
    assert.deepEqual(world.told, ["fire pager", "escalate phone"]);
  }
});

test("a clock that is set leaves what lasts as old as it was, and what is recorded as it was", () => {
  for (const by of [3_600_000, -3_600_000]) {
    const world = new DeskWorld();
    world.signals(signal("errors"), signal("slow", { severity: "P2" }));
    world.wait(MINUTE);
    world.answers = () => "silent";
    world.signals(signal("disk", { service: "store" }));
    const [before, group] = [world.alert("errors@web-1")!, [...world.desk.groups.values()][0]!];
    const [waiting] = [...world.desk.outbox.values()];
    world.now += by;
    world.do({ kind: "clock", by });
    const after = world.alert("errors@web-1")!;
    assert.deepEqual(after, { ...before, started: before.started + by });
    const moved = world.desk.groups.get(group.key)!;
    assert.deepEqual([moved.id, moved.opened], [group.id, group.opened + by]);
    assert.deepEqual(
      moved.told.map(({ at }) => at),
      group.told.map(({ at }) => at + by),
    );
    const notice = world.desk.outbox.get(waiting!.id)!;
    assert.deepEqual([notice.at, notice.alerts[0]!.started], [waiting!.at + by, waiting!.alerts[0]!.started + by]);
    world.signals(over("errors"));
    const ended = world.records.flatMap(({ alerts }) => alerts).findLast(({ id }) => id === before.id)!;
    assert.equal(ended.ended! - ended.started, MINUTE);
    world.answers = () => delivered();
    world.wait(MINUTE);
    assert.equal(world.alert("channel@pager"), undefined);
  }
});

test("a channel that asks for a moment while the clock is set does not count as failing, nor is anything given up", () => {
  for (const by of [3_600_000, 26 * 3_600_000]) {
    const world = new DeskWorld();
    let asked = false;
    const away = (): Delivery => ((asked = true), later(1_000, "busy"));
    world.answers = () => "silent";
    world.signals(signal("slow", { severity: "P2" }));
    world.wait(11_000);
    world.now += by;
    world.do({ kind: "clock", by });
    world.answers = () => (asked ? delivered() : away());
    world.wait(10_000);
    assert.deepEqual(world.told, ["fire chat"]);
    assert.equal(world.alert("channel@chat"), undefined);
  }
});

test("a group that began before a start is one that did, whatever is done to the clock then", () => {
  for (const by of [3_600_000, -3_600_000]) {
    const world = new DeskWorld();
    world.signals(signal("errors"));
    world.settled = false;
    world.now += 60 * MINUTE;
    world.begun = world.now;
    world.do({ kind: "resumed", downMs: 60 * MINUTE });
    world.now += by;
    world.begun += by;
    world.do({ kind: "clock", by });
    world.signals(signal("errors"), signal("disk", { service: "store" }));
    assert.deepEqual(world.told, ["fire pager", "fire pager"]);
  }
});

test("after a start nothing that was told is told again before it was looked at; what nobody was told is", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.settled = false;
  world.now += 60 * MINUTE;
  world.do({ kind: "resumed", downMs: 60 * MINUTE });
  world.signals(signal("disk", { service: "store" }));
  assert.deepEqual(world.told, ["fire pager", "fire pager"]);
  world.signals(over("errors"));
  assert.deepEqual(world.told.slice(2), ["resolve pager"]);
});

test("what began after a start climbs its chain at once, what was told before it waits until it was looked at", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.settled = false;
  world.now += 60 * MINUTE;
  world.begun = world.now;
  world.do({ kind: "resumed", downMs: 60 * MINUTE });
  world.signals(signal("errors"), signal("disk", { service: "store" }));
  world.wait(5 * MINUTE);
  assert.deepEqual(world.told, ["fire pager", "fire pager", "escalate phone"]);
  assert.equal(world.heard.at(-1)!.alerts[0]!.title, "disk");
});

test("what a check said stands below its alert, and no longer when that is over", () => {
  const world = new DeskWorld();
  const seen = { reason: "http-status", args: { url: "http://shop", status: 502, wanted: "200" } };
  world.signals(signal("errors", { seen }));
  assert.deepEqual(world.heard[0]!.alerts[0]!.seen, seen);
  world.signals(over("errors"));
  assert.equal(world.heard[1]!.alerts[0]!.seen, undefined);
});

test("without a service, what is on one target is told together, and another target apart", () => {
  const world = new DeskWorld();
  const { service: _, ...disk } = signal("disk", { severity: "P2" });
  const { service: __, ...memory } = signal("memory", { severity: "P2" });
  const { service: ___, ...other } = signal("disk", { severity: "P2", key: "disk@web-2", target: "web-2" });
  world.signals(disk, memory, other);
  world.wait(MINUTE);
  const heard = world.heard.map(({ subject, ids }) => `${subject} ${ids.length}`).toSorted();
  assert.deepEqual(heard, ["web-1 2", "web-2 1"]);
});

test("a rule that leaves the book ends its alert, and says so", () => {
  const world = new DeskWorld();
  world.signals(signal("errors"));
  world.do({ kind: "withdrawn", keys: ["errors@web-1"] });
  assert.deepEqual(world.told, ["fire pager", "resolve pager"]);
  assert.equal(
    world.records
      .flatMap(({ alerts }) => alerts)
      .at(-1)!
      .trail.at(-1)!.did,
    "withdrawn",
  );
});
