// Alerts of other systems in the desk: folded, told, over when they are not said again, across restarts and set clocks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf, signalFrom } from "../src/desk/alert/index.ts";
import { plainInbound, type InboundSpec } from "../src/model/inbound.ts";
import { annotationsFrom, labelsFrom } from "../src/model/outside.ts";
import { matcherOf, matchesEverything } from "../src/model/silence.ts";
import { FORMATS } from "../src/api/inbound/formats/index.ts";
import { isTold, toldFrom } from "../src/api/inbound/told.ts";
import { noticeOf } from "../src/report/notice/notice.ts";
import { DeskWorld, MINUTE, policy, signal, silence, T0 } from "./kit/alert-desk.ts";

const spec: InboundSpec = {
  ...plainInbound("prom", "prometheus"),
  severity: { label: "severity", map: { critical: "P1", warning: "P2" }, otherwise: "P2" },
};

/** One alert as Prometheus posts it, at a moment. */
function posted(labels: object, now: number, more: object = {}) {
  const told = toldFrom({ labels, annotations: { summary: "it is down" }, ...more }, now, true);
  assert.ok(isTold(told), JSON.stringify(told));
  return signalFrom(spec, told, policy(), now);
}
const DOWN = { alertname: "Down", severity: "critical", instance: "web-1:80", service: "shop" };

test("it is told once however often its source says it, and its end by its own word", () => {
  const world = new DeskWorld();
  for (let minute = 0; minute < 10; minute += 1) {
    world.signals(posted(DOWN, world.now, { endsAt: new Date(world.now + 4 * MINUTE).toISOString() }));
    world.wait(MINUTE);
  }
  assert.deepEqual(
    world.heard.filter(({ event }) => event === "fire").map(({ channel }) => channel),
    ["pager"],
  );
  const [fire] = world.heard;
  assert.equal(fire!.alerts[0]!.title, "Down: it is down");
  assert.equal(fire!.severity, "P1");
  // The store heard of it once, not every minute.
  assert.ok(world.records.flatMap(({ alerts }) => alerts).length < 5);
  world.signals(posted(DOWN, world.now, { endsAt: new Date(world.now - 1).toISOString() }));
  assert.equal(world.heard.at(-1)!.event, "resolve");
  assert.equal(world.desk.open.size, 0);
});

test("what our rendered rules call gone keeps quiet what needs the service; other alerts of it do not", () => {
  const world = new DeskWorld();
  const db = { alertname: "Slow", severity: "critical", instance: "db-1", service: "db" };
  world.signals(posted(db, world.now), posted(DOWN, world.now));
  const held = () => [...world.desk.open.values()].find(({ target }) => target === "web-1:80")!.hold?.by;
  assert.equal(held(), undefined);
  world.signals(posted({ ...db, alertname: "Gone", down: "true" }, world.now));
  assert.equal(held(), "parent");
});

test("what is not said again counts as over and says so; a start and a set clock give its source its time again", () => {
  const world = new DeskWorld();
  world.signals(posted(DOWN, world.now, { endsAt: new Date(T0 + 4 * MINUTE).toISOString() }));
  world.wait(3 * MINUTE);
  world.now += 60 * MINUTE;
  world.do({ kind: "clock", by: 60 * MINUTE });
  assert.equal(world.desk.open.size, 1);
  // Down for ten minutes: nobody listened.
  world.now += 10 * MINUTE;
  world.do({ kind: "resumed", downMs: 10 * MINUTE });
  world.wait(4 * MINUTE);
  assert.equal(world.desk.open.size, 1);
  world.wait(2 * MINUTE);
  assert.equal(world.desk.open.size, 0);
  const told = world.heard.at(-1)!;
  assert.deepEqual([told.event, told.alerts[0]!.lapsed], ["resolve", true]);
});

test("a start keeps how long a source that speaks every few hours is trusted, and costs few writes", () => {
  const world = new DeskWorld();
  const hooks = plainInbound("am", "alertmanager");
  const told = { labels: { alertname: "Down", instance: "web-1" }, annotations: {}, firing: true };
  for (let hour = 0; hour < 72; hour += 1) {
    if (hour % 4 === 0) world.signals(signalFrom(hooks, told, world.policy, world.now));
    world.now += 60 * MINUTE;
  }
  const kept = world.records.flatMap(({ alerts }) => alerts);
  assert.ok(kept.length < 30, `${kept.length} writes`);
  // Only what is kept is there after a start.
  world.desk = { ...world.desk, open: new Map([[kept[0]!.key, kept.at(-1)!]]) };
  world.do({ kind: "resumed", downMs: 0 });
  world.wait(10 * MINUTE);
  assert.equal(world.desk.open.size, 1);
  assert.ok(world.told.every((one) => !one.startsWith("resolve")));
  world.now += 24 * 60 * MINUTE;
  world.do({ kind: "tick" });
  assert.equal(world.desk.open.size, 0);
});

test("severities: by the map, by a name of the scale, else the stated one, and it is kept that nothing said so", () => {
  const of = (severity: string | undefined) => {
    const { severity: found, outside } = posted({ alertname: "A", ...(severity && { severity }) }, T0);
    return [found, outside!.unmapped];
  };
  assert.deepEqual(of("warning"), ["P2", undefined]);
  assert.deepEqual(of("P1"), ["P1", undefined]);
  assert.deepEqual(of("banana"), ["P2", true]);
  assert.deepEqual(of("__proto__"), ["P2", true]);
  assert.deepEqual(of(undefined), ["P2", undefined]);
  const plain = signalFrom(
    plainInbound("x", "prometheus"),
    { labels: { a: "b" }, annotations: {}, firing: true },
    policy(),
    T0,
  );
  assert.equal(plain.severity, "P1");
});

test("of one thing the worse severity mutes the other; other labels are other things", () => {
  const world = new DeskWorld();
  const disk = (severity: string, mountpoint: string) =>
    posted({ alertname: "Disk", severity, mountpoint, instance: "db-1" }, world.now);
  world.signals(disk("warning", "/var"), disk("critical", "/data"));
  assert.deepEqual(
    [...world.desk.open.values()].map(({ hold }) => hold),
    [undefined, undefined],
  );
  world.signals(disk("critical", "/var"));
  assert.deepEqual(
    [...world.desk.open.values()].map(({ hold }) => hold?.by),
    ["worse", undefined, undefined],
  );
});

test("silences see the labels as they were sent, and our own severity beside them", () => {
  const world = new DeskWorld();
  world.do({ kind: "silence", silence: silence("s1", [matcherOf("severity=critical")!]) });
  world.signals(posted(DOWN, world.now));
  const [alert] = world.desk.open.values();
  assert.equal(alert!.hold?.by, "silence");
  assert.deepEqual(
    [labelsOf(alert!)["severity"], labelsOf(alert!)["watchbook_severity"], labelsOf(alert!)["alertname"]],
    ["critical", "P1", "Down"],
  );
  assert.ok(matchesEverything([matcherOf("nothing_has_it=")!]));
  assert.ok(!matchesEverything([matcherOf("instance=web-1:80")!]));
});

test("labels named as what every object has, and labels nested without end, are labels like others, or none", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const found = [matcherOf(`${name}=~.*x.*`), matcherOf(`${name}=~.*`)].map((one) => matchesEverything([one!]));
    assert.deepEqual(found, [false, true], name);
  }
  const world = new DeskWorld();
  world.do({ kind: "silence", silence: silence("S1", [{ label: "constructor", is: "=~", value: ".*Object.*" }]) });
  const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  const told = toldFrom({ labels: { ...DOWN, deep }, annotations: { deep } }, T0, true);
  assert.ok(isTold(told));
  world.signals(signalFrom(spec, told, policy(), T0), posted({ ...DOWN, constructor: "x" }, T0));
  assert.deepEqual([world.desk.open.size, world.told], [2, ["fire pager"]]);
});

test("hostile labels: cut, on one line, without control signs; two long ones that differ at the end stay two", () => {
  const long = "x".repeat(10_000);
  const read = labelsFrom({ a: long, b: "one\ntwo\u0000\u202e", "": "no name", n: 3, e: "", ["__proto__"]: "evil" })!;
  assert.deepEqual(Object.keys(read), ["a", "b"]);
  assert.equal(read["a"]!.length, 1_024);
  assert.equal(read["b"], "one two");
  assert.equal(annotationsFrom({ d: "<script>\r\nb\u0007" })!["d"], "<script>\nb");
  assert.notEqual(posted({ a: `${long}1` }, T0).key, posted({ a: `${long}2` }, T0).key);
  assert.equal(posted({ b: "2", a: "1" }, T0).key, posted({ a: "1", b: "2" }, T0).key);
  for (const labels of [undefined, null, [], "x", {}, { a: "" }])
    assert.equal(toldFrom({ labels }, T0, true), "labels");
  assert.equal(toldFrom({ labels: { a: "1" }, annotations: [] }, T0, true), "annotations");
  const times = { startsAt: "2026-01-02T00:00:00Z", endsAt: "2026-01-01T00:00:00Z" };
  assert.equal(toldFrom({ labels: { a: "1" }, ...times }, T0, true), "times");
  assert.equal(toldFrom({ labels: { a: "1" }, startsAt: "yesterday" }, T0, true), "times");
});

const read = (kind: "alertmanager" | "grafana" | "uptime-kuma", payload: unknown) =>
  FORMATS.get(kind)!.read(payload, T0)?.filter(isTold);
const one = {
  status: "firing",
  labels: { alertname: "Lag" },
  annotations: { summary: "late" },
  endsAt: "0001-01-01T00:00:00Z",
};

test("webhooks: Alertmanager and Grafana name what fires and what is over; a trial is no alert", () => {
  const sent = {
    version: "4",
    groupKey: "{}",
    status: "firing",
    receiver: "wb",
    alerts: [one, { ...one, status: "resolved" }],
  };
  assert.deepEqual(
    read("alertmanager", sent)!.map(({ firing, until }) => [firing, until]),
    [
      [true, undefined],
      [false, undefined],
    ],
  );
  const panel = { ...one, panelURL: "https://grafana.example.org/d/1?viewPanel=2", valueString: "[ var='B' value=7 ]" };
  const [told] = read("grafana", { version: "1", orgId: 1, state: "alerting", alerts: [panel] })!;
  assert.equal(told!.page, panel.panelURL);
  assert.equal(told!.annotations["description"], panel.valueString);
  const trial = { ...one, labels: { alertname: "TestAlert", instance: "Grafana" } };
  assert.deepEqual(read("grafana", { version: "1", orgId: 1, alerts: [trial] }), []);
});

test("webhooks: one bad alert of Alertmanager or Grafana leaves the others what they are", () => {
  const odd = { ...one, startsAt: "2026-01-01T00:00:10Z", endsAt: "2026-01-01T00:00:09Z" };
  for (const [kind, head] of [
    ["alertmanager", { version: "4" }],
    ["grafana", { version: "1", orgId: 1 }],
  ] as const) {
    const all = (...alerts: unknown[]) =>
      FORMATS.get(kind)!
        .read({ ...head, alerts }, T0)
        ?.map((each) => (isTold(each) ? each.labels["alertname"] : each));
    assert.deepEqual(all(odd, one, 7, { ...one, annotations: 7 }), ["times", "Lag", "labels", "annotations"], kind);
    assert.deepEqual(all(odd), ["times"], kind);
    assert.equal(all(7, {}), undefined, kind);
  }
});

test("webhooks: Uptime Kuma's beats begin and end one alert of their monitor; pending and maintenance neither", () => {
  const monitor = { id: 7, name: "Shop", url: "https://shop.example.org/", type: "http" };
  const beat = (status: number) => ({
    heartbeat: { status, msg: "timeout", time: "2026-11-20 12:00:00" },
    monitor,
    msg: "[Shop] x",
  });
  const [down] = read("uptime-kuma", beat(0))!;
  const [up] = read("uptime-kuma", { ...beat(1), monitor: { ...monitor, name: "Shop, renamed" } })!;
  assert.deepEqual([down!.firing, up!.firing], [true, false]);
  assert.equal(down!.fingerprint, up!.fingerprint);
  assert.deepEqual(down!.labels, { alertname: "Shop", instance: monitor.url, monitor: "7", type: "http" });
  assert.deepEqual([read("uptime-kuma", beat(2)), read("uptime-kuma", beat(3))], [[], []]);
  assert.deepEqual(read("uptime-kuma", { heartbeat: null, monitor: null, msg: "Watchbook Testing" }), []);
  const [noted] = read("uptime-kuma", { heartbeat: null, monitor: null, msg: "[Shop] certificate ends in 7 days" })!;
  assert.deepEqual([noted!.firing, noted!.until! > T0], [true, true]);
});

test("Uptime Kuma's times are UTC, wherever watchbook runs", (t) => {
  const zone = process.env["TZ"];
  t.after(() => (zone === undefined ? delete process.env["TZ"] : (process.env["TZ"] = zone)));
  process.env["TZ"] = "Asia/Shanghai";
  const at = (time: string) =>
    read("uptime-kuma", { heartbeat: { status: 0, msg: "x", time }, monitor: { id: 7, name: "Shop" }, msg: "x" })![0]!
      .began;
  for (const time of ["2026-11-20 12:00:00", "2026-11-20 12:00:00.000", "2026-11-20T12:00:00Z"])
    assert.equal(at(time), Date.parse("2026-11-20T12:00:00Z"));
});

test("Uptime Kuma never takes back a monitor that was deleted: a week later that ends, and nobody is told that it is over", () => {
  const world = new DeskWorld();
  const kuma = plainInbound("kuma", "uptime-kuma");
  const beat = { heartbeat: { status: 0, msg: "timeout" }, monitor: { id: 7, name: "Shop" }, msg: "x" };
  const down = () => signalFrom(kuma, read("uptime-kuma", beat)![0]!, world.policy, world.now);
  world.signals(down());
  world.now += 6 * 1_440 * MINUTE;
  world.do({ kind: "tick" });
  assert.equal(world.desk.open.size, 1);
  world.now += 1_440 * MINUTE;
  world.do({ kind: "tick" });
  assert.equal(world.desk.open.size, 0);
  const last = world.heard.at(-1)!;
  assert.deepEqual([last.event, last.alerts[0]!.lapsed], ["resolve", true]);
  const said = noticeOf(
    { book: { lang: "en", zone: "UTC", services: [], config: { people: [] } } as never },
    last,
    undefined,
  );
  assert.equal(said.title, "[P1] Ended, not known to be over: Shop · Shop");
  assert.match(said.body, /its source did not say it again; whether it is over is known there only/);
});

test("whoever closes what its source does not take back says why; what is measured here nobody closes, and said again it begins anew", () => {
  const world = new DeskWorld();
  world.signals(posted(DOWN, world.now), signal("errors"));
  const outside = [...world.desk.open.values()].find((one) => one.outside);
  const ids = [...world.desk.open.values()].map(({ id }) => id);
  world.do({ kind: "close", alerts: ids, by: "wang", reason: "monitor deleted" });
  assert.deepEqual([...world.desk.open.keys()], ["errors@web-1"]);
  world.signals(signal("errors", { firing: false }));
  const end = world.heard.at(-1)!;
  assert.deepEqual(end.alerts.find(({ id }) => id === outside!.id)!.closed, { by: "wang", reason: "monitor deleted" });
  world.signals(posted(DOWN, world.now + 1));
  assert.equal(world.desk.open.size, 1);
});

test("webhooks: what is no payload of the kind is none, whatever it is", () => {
  const strange: unknown[] = [
    null,
    1,
    "x",
    [],
    {},
    { alerts: [one] },
    { version: "4", alerts: [1] },
    { version: "1", orgId: 1, alerts: [null] },
  ];
  strange.push(
    { heartbeat: 1, monitor: [], msg: 5 },
    { heartbeat: {}, monitor: {}, msg: "" },
    { version: "4", alerts: {} },
  );
  for (const kind of FORMATS.keys())
    for (const payload of strange)
      assert.equal(FORMATS.get(kind)!.read(payload, T0), undefined, JSON.stringify(payload));
});
