import assert from "node:assert/strict";
import { test } from "node:test";
import { clocksNow, pathNow, priorityBy, priorityOf, signatureOf } from "../src/desk/incident/index.ts";
import { withInstead } from "../src/engine/incidents/instead.ts";
import { refused } from "../src/model/notice.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Change } from "../src/store/store.ts";
import { DeskWorld } from "./kit/alert-desk.ts";
import { IncidentWorld, incidentPolicy, MINUTE, T0 } from "./kit/incident-desk.ts";

const states = (world: IncidentWorld): readonly string[] =>
  clocksNow(world.incident, world.now).map(({ clock, state, usedMs }) => `${clock} ${state} ${usedMs / MINUTE}`);

test("the response is told at 75 % and when it is broken at 15:01, to the next step too; each once [S-057 S-093]", () => {
  const world = new IncidentWorld();
  assert.deepEqual(world.told(), ["room declared", "pager declared"]);
  world.wait(11).wait(0.25).wait(1);
  assert.deepEqual(world.told().slice(2), ["room warned", "pager warned"]);
  world.wait(2.75);
  assert.equal(world.told().length, 4);
  world.wait(0.02).wait(5);
  assert.deepEqual(world.told().slice(4), ["room broken", "pager broken", "phone broken"]);
  assert.deepEqual(states(world), [`respond broken 20.02`, `resolve running 20.02`]);
  world.do({ kind: "acknowledge", by: "li" });
  assert.equal(world.incident.clocks.acknowledged, world.now);
  assert.throws(() => world.do({ kind: "acknowledge", by: "wei" }), { code: "INCIDENT-TAKEN" });
  world.wait(1);
  assert.deepEqual(states(world), [`respond broken 20.02`, `resolve running 21.02`]);
  assert.deepEqual(
    world.incident.timeline
      .filter(({ kind }) => kind === "broken" || kind === "warned")
      .map(({ args }) => args["clock"]),
    ["respond", "respond"],
  );
});

test("a limit that nobody saw pass is on record when it ends", () => {
  const world = new IncidentWorld();
  world.now += 300 * MINUTE;
  world.green().do({ kind: "resolve", by: "li", text: "restarted" });
  assert.deepEqual(
    world.kinds().filter((kind) => kind === "broken"),
    ["broken", "broken"],
  );
  assert.deepEqual(states(world), ["respond broken 300", "resolve broken 300"]);
});

test("a pause stops the clocks that its reason is for, whatever the order; it ends with the incident [S-057]", () => {
  const world = new IncidentWorld().wait(1).do({ kind: "pause", by: "li", pause: "customer", text: "asked" });
  assert.deepEqual(states(world), ["respond running 1", "resolve paused 1"]);
  assert.throws(() => world.do({ kind: "pause", by: "li", pause: "night" }), { code: "INCIDENT-PAUSED" });
  assert.throws(() => world.do({ kind: "pause", by: "li", pause: "lunch" }), { code: "INCIDENT-PAUSE" });
  world.wait(5).do({ kind: "acknowledge", by: "li" }).wait(200);
  assert.deepEqual(states(world), ["respond kept 6", "resolve paused 1"]);
  world.do({ kind: "resume", by: "li" }).wait(9);
  assert.deepEqual(states(world), ["respond kept 6", "resolve running 10"]);
  assert.throws(() => world.do({ kind: "resume", by: "li" }), { code: "INCIDENT-RUNNING" });
  world.do({ kind: "pause", by: "li", pause: "night" }).wait(60).green();
  world.do({ kind: "resolve", by: "li", text: "mended" });
  assert.deepEqual(states(world), ["respond kept 6", "resolve kept 10"]);
  assert.equal(world.incident.clocks.pauses[1]?.to, world.now);
});

test("a resolution needs the user's path green: measured after the last alert, or signed for where nothing measures it", () => {
  const world = new IncidentWorld().wait(5);
  const resolve = { kind: "resolve", by: "li", text: "restarted" } as const;
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-RED", exit: 3 });
  const { now } = world;
  const reading = { check: "front", target: "web-1", outcome: "pass", at: now - MINUTE } as const;
  const ended = { ...world.incident.alerts[0]!, ended: now };
  world.do({ kind: "readings", readings: [reading] });
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-RED" });
  world.do({ kind: "alert", did: "cleared", at: now, alert: ended });
  // Green before the alert was over proves nothing.
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-UNKNOWN", exit: 4 });
  world.do({ kind: "readings", readings: [{ ...reading, at: now, outcome: "unknown" }] });
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-UNKNOWN" });
  const word = {
    person: "li",
    says: "green",
    reason: "bought",
    at: now,
    text: "",
    signature: "",
    fingerprint: "",
  } as const;
  world.do({ kind: "word", word });
  assert.deepEqual(pathNow(world.incident), { state: "green", by: "word" });
  world.do({ kind: "readings", readings: [{ ...reading, at: now, outcome: "fail" }] });
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-RED" }, "a word is nothing beside a measured failure");
  world.do({ kind: "readings", readings: [{ ...reading, at: now }] }).do(resolve);
  assert.equal(world.incident.state, "resolved");
  assert.deepEqual(world.incident.review, { owner: "li", due: "2026-11-27" });
  assert.deepEqual(
    world.told().filter((one) => one.endsWith("resolved")),
    ["room resolved", "pager resolved"],
  );
});

test("a check of the path that moves, or leaves the book, is red by what is read of it now and by nothing before", () => {
  const resolve = { kind: "resolve", by: "li", text: "moved" } as const;
  const world = new IncidentWorld({ declaration: { origin: { kind: "hand" }, alerts: [] } });
  const read = (...seen: readonly (readonly [string, "pass" | "fail" | "unknown"])[]) =>
    world.do({
      kind: "readings",
      readings: seen.map(([target, outcome]) => ({ check: "front", target, outcome, at: world.now })),
    });
  read(["web-1", "fail"]).wait(5);
  read(["web-2", "pass"]);
  assert.deepEqual(pathNow(world.incident), { state: "green", by: "measured" });
  // The book has it no more: nothing measures the path, and a person may say how it stands.
  read(["web-2", "fail"]).wait(5);
  read(["", "unknown"]);
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-UNKNOWN" });
  // Read of several targets, it is as bad as the worst of them.
  read(["web-1", "pass"], ["web-2", "fail"]);
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-RED" });
  read(["web-1", "pass"], ["web-2", "unknown"]);
  assert.throws(() => world.do(resolve), { code: "INCIDENT-PATH-UNKNOWN" });
  read(["web-1", "pass"], ["web-2", "pass"]).do(resolve);
  assert.equal(world.incident.state, "resolved");
});

test("a word counts for nothing once the path was seen to fail after it, also when nothing can be read any more", () => {
  const world = new IncidentWorld({ declaration: { origin: { kind: "hand" }, alerts: [] } });
  const read = (outcome: "fail" | "unknown") =>
    world.do({ kind: "readings", readings: [{ check: "front", target: "web-1", outcome, at: world.now }] });
  const say = () =>
    world.do({
      kind: "word",
      word: { person: "li", says: "green", reason: "", at: world.now, text: "", signature: "", fingerprint: "" },
    });
  read("fail").wait(1);
  say().wait(1);
  read("unknown").wait(1);
  assert.deepEqual(pathNow(world.incident), { state: "green", by: "word" });
  read("fail").wait(1);
  read("unknown").wait(1);
  assert.equal(pathNow(world.incident).state, "unknown");
  say();
  assert.equal(pathNow(world.incident).state, "green");
});

test("what was read of one check of the path takes the place of no other's", () => {
  const world = new IncidentWorld({ declaration: { origin: { kind: "hand" }, alerts: [], path: ["front", "pay"] } });
  const read = (check: string, outcome: "pass" | "fail") =>
    world.do({ kind: "readings", readings: [{ check, target: "local", outcome, at: world.now }] });
  read("pay", "fail");
  read("front", "pass");
  assert.equal(pathNow(world.incident).state, "red");
});

test("a review has an owner and a date, is held once, and its actions go on [K-076 H-107]", () => {
  const world = new IncidentWorld().do({ kind: "assign", by: "wei", role: "commander", person: "li" });
  assert.deepEqual(world.told().slice(2), ["room assigned", "to-li assigned"]);
  assert.throws(() => world.do({ kind: "review-held", by: "li", text: "held" }), { code: "INCIDENT-NOT-OVER" });
  world.green().do({ kind: "resolve", by: "wei", text: "mended", due: "2026-12-01" });
  assert.deepEqual(world.incident.review, { owner: "li", due: "2026-12-01" });
  world.do({ kind: "action", by: "li", text: "alert sooner", owner: "wei", due: "2026-12-24" });
  world.do({ kind: "review-held", by: "li", text: "held" });
  assert.equal(world.incident.state, "closed");
  assert.throws(() => world.do({ kind: "review-held", by: "li", text: "again" }), { code: "INCIDENT-REVIEWED" });
  assert.throws(() => world.do({ kind: "done", by: "wei", action: "a2", text: "x" }), { code: "INCIDENT-ACTION" });
  world.do({ kind: "done", by: "wei", action: "a1", text: "rule added" });
  assert.equal(world.incident.actions[0]?.done?.by, "wei");
});

test("lines are edited, hidden and pinned with their author; what they said first stays", () => {
  const world = new IncidentWorld().do({ kind: "note", by: "li", text: "rebooted web-2" });
  const { id } = world.incident.timeline.at(-1)!;
  world.do({ kind: "curate", by: "wei", entry: id, how: { do: "edit", text: "rebooted web-1" } });
  world.do({ kind: "curate", by: "wei", entry: id, how: { do: "pin" } });
  world.do({ kind: "curate", by: "li", entry: "t1", how: { do: "hide", reason: "noise" } });
  const [first, , last] = world.incident.timeline;
  assert.deepEqual(last, {
    ...{ id, at: T0, kind: "note", by: "li", args: {}, text: "rebooted web-1", pinned: true },
    edits: [{ at: T0, by: "wei", before: "rebooted web-2" }],
  });
  assert.deepEqual(first?.hidden, { at: T0, by: "li", reason: "noise" });
  assert.throws(() => world.do({ kind: "curate", by: "li", entry: "t99", how: { do: "pin" } }), {
    code: "INCIDENT-ENTRY",
  });
});

test("an alert that comes and goes for days fills no timeline; what people say still gets in", () => {
  const world = new IncidentWorld();
  const alert = world.incident.alerts[0]!;
  for (let n = 0; n < 1_100; n += 1)
    world.do({ kind: "alert", did: "cleared", at: T0, alert: { ...alert, id: `a${n + 1}`, ended: T0 } });
  world.do({ kind: "note", by: "li", text: "it flaps" });
  assert.equal(world.incident.timeline.length, 1_001);
  assert.equal(world.incident.left, 102);
  assert.equal(world.incident.timeline.at(-1)?.text, "it flaps");
});

test("an alert that is over stays over in whatever order it is told, and has one line for it", () => {
  const world = new IncidentWorld();
  const alert = world.incident.alerts[0]!;
  const ended = { ...alert, ended: T0 };
  world.do({ kind: "alerts", fired: [], over: [{ alert: ended, did: "cleared" }] });
  const after = world.incident;
  for (const did of ["fired", "cleared", "ended"] as const)
    world.do({ kind: "alert", did, at: T0, alert: did === "fired" ? alert : ended });
  assert.equal(world.incident, after);
  world.do({ kind: "alert", did: "acknowledged", at: T0, by: "li", alert });
  assert.deepEqual(world.incident.alerts, [ended]);
  assert.deepEqual(world.kinds(), ["alert-fired", "declared", "alert-cleared", "alert-acknowledged"]);
});

test("of few alerts each has a line, of many those that say whether users are hit", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...{ id: `b${n}`, title: "Slow", check: n === 0 ? "front" : "", target: `web-${n}`, started: T0 },
    }));
  const begun = (count: number) => new IncidentWorld().do({ kind: "alerts", fired: many(count), over: [] }).incident;
  const [few, flood] = [begun(50), begun(51)];
  assert.deepEqual([few.alerts.length, flood.alerts.length], [51, 52]);
  assert.equal(few.timeline.length, 52);
  assert.deepEqual(flood.timeline.at(-1)!.args, { alert: "b0", title: "Slow", target: "web-0" });
  assert.equal(flood.timeline.length, 3);
});

test("priorities come from the book's map and table, never from likeness [H-107]", () => {
  const policy = incidentPolicy({ matrix: { high: { high: "P0", low: "P2" } } });
  assert.equal(priorityOf(policy, "critical"), "P0");
  assert.throws(() => priorityOf(policy, "Critical"), { code: "INCIDENT-UNMAPPED" });
  assert.equal(priorityBy(policy, "high", "low"), "P2");
  assert.throws(() => priorityBy(policy, "low", "low"), { code: "INCIDENT-MATRIX" });
  const world = new IncidentWorld().wait(20);
  world.do({ kind: "priority", by: "li", priority: "P2", reason: "one shop of forty" });
  assert.deepEqual(states(world), ["respond running 20", "resolve running 20"]);
});

test("an incident of a class with contacts of its own goes to them, not to the usual chain [S-090]", () => {
  const classes = [{ id: "security", people: ["li"], channels: ["ciso"] }];
  const world = new IncidentWorld({ policy: incidentPolicy({ classes }), declaration: { class: "security" } });
  assert.deepEqual(world.told(), ["room declared", "to-li declared", "ciso declared"]);
  world.wait(16);
  assert.ok(!world.told().some((one) => one.startsWith("phone") || one.startsWith("pager")));
});

test("a signature is the service and the rule or row, whatever anybody wrote [H-108]", () => {
  const alert = { kind: "alert", alert: "a1", rule: "shop-down", check: "front" } as const;
  assert.equal(signatureOf(alert, "shop"), signatureOf({ ...alert, alert: "b2" }, "shop"));
  assert.notEqual(signatureOf(alert, "shop"), signatureOf(alert, "pay"));
  assert.notEqual(signatureOf(alert, "shop"), signatureOf({ kind: "symptom", symptom: "shop-down" }, "shop"));
  assert.equal(signatureOf({ kind: "hand" }, "shop"), undefined);
});

test("a channel that refuses is told by one that was not told the same, once; and that one hears of the end", async (t) => {
  const world = new IncidentWorld();
  const desk = new DeskWorld();
  desk.answers = ({ channel }) => (channel === "room" ? refused("gone") : { kind: "delivered" });
  desk.do({ kind: "notices", notices: world.notices });
  const declared = desk.heard.filter(({ incident }) => incident !== undefined).map(({ channel }) => channel);
  assert.deepEqual(declared.toSorted(), ["phone", "pager"].toSorted());
  const store = await openStore(":memory:");
  t.after(() => store[Symbol.asyncDispose]());
  const records = desk.records.flatMap(({ notices }) => notices);
  await store.commit(records.map((record): Change => ({ kind: "desk.put", of: "notice", record })));
  world.incident = await withInstead(store, world.incident);
  world.green().do({ kind: "resolve", by: "wei", text: "restarted" });
  assert.deepEqual(
    world.told().filter((line) => line.endsWith(" resolved")),
    ["room resolved", "pager resolved", "phone resolved"],
  );
});
