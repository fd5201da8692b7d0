// The link of a notice, attacked: looked at by programs, repeated, changed, grown old, used when its alert is over.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test, type TestContext } from "node:test";
import { idOf } from "../src/desk/alert/desk.ts";
import { linkOf, readLink } from "../src/engine/alerts/link.ts";
import type { Signal } from "../src/model/alert.ts";
import { ask, bookFolder, serving, shiftedClock, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const every = { alerts: 50, watcher: 1_000, checks: 60_000 };

const signal = (name: string, firing = true): Signal => ({
  ...{ key: `outside@x@${name}`, rule: name, title: name, metric: name, check: "", target: name, severity: "P1" },
  ...{ form: "outside", down: false, firing, flapping: false, blind: false },
});

async function shop(t: TestContext) {
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Shop
lang: en
zone: UTC
severities: { P1: { scale: alert, channels: [hook] } }
inbound: { x: { kind: uptime-kuma, open: true } }
alerts: { url: "http://127.0.0.1:7070" }
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  const clock = shiftedClock(NOW);
  const start = () => serving(t, root, { every, clock });
  const fire = async (daemon: Awaited<ReturnType<typeof start>>["daemon"], name: string) => {
    await daemon.alerts.say({ kind: "signals", signals: [signal(name)] });
    const got = await until("the notice", () =>
      hook.got.find(({ event, title }) => event === "fire" && title.includes(name)),
    );
    return new URL(got.links[0]!.url).pathname;
  };
  return { hook, clock, start, fire };
}

test("ids have 64 bits, and links to the shorter ones of older stores still work", () => {
  const key = "k";
  const of = (group: string, id: string) => new URL(linkOf("http://a", key, { group, id, at: NOW })).pathname.slice(13);
  const old = readLink(key, of("0123456789", "abcdef0123"), NOW);
  assert.deepEqual([old?.group, old?.notice], ["0123456789", "abcdef0123"]);
  const ids = [idOf("group", "a", NOW), idOf("group", "b", NOW)] as const;
  assert.deepEqual(
    ids.map(({ length }) => length * 4),
    [64, 64],
  );
  assert.equal(readLink(key, of(...ids), NOW)?.notice, ids[1]);
  for (const bad of ["123456789", "0".repeat(17)]) assert.equal(readLink(key, of(bad, ids[1]), NOW), undefined);
});

const form = { "content-type": "application/x-www-form-urlencoded", "content-length": "5" };
const press = (url: string, path: string) => ask(url, path, { method: "POST", headers: form, body: "by=Wu" });

test("programs that look at links acknowledge nothing; a person's button does, once, also after a restart", async (t) => {
  const { start, fire, hook, clock } = await shop(t);
  const first = await start();
  const link = await fire(first.daemon, "web");
  const acked = () => [...first.daemon.alerts.desk().groups.values()].some(({ ack }) => ack !== undefined);
  const looks = [
    {},
    { purpose: "prefetch" },
    { "sec-purpose": "prefetch;prerender" },
    { "user-agent": "Slackbot-LinkExpanding 1.0" },
  ];
  for (const headers of looks)
    for (const method of ["GET", "HEAD"]) assert.equal((await ask(first.url, link, { method, headers })).status, 200);
  for (const method of ["PUT", "DELETE", "OPTIONS"])
    assert.ok((await ask(first.url, link, { method })).status >= 400, method);
  assert.equal(acked(), false);
  const page = await ask(first.url, link);
  assert.match(String(page.headers["content-security-policy"]), /default-src 'none'.*form-action 'self'/);
  assert.equal(page.headers["referrer-policy"], "no-referrer");
  // What begins after the page was shown nobody has seen: it calls as ever.
  const seen = /name="seen" value="(\d+)"/.exec(page.text)![1]!;
  clock.set(clock.wall() + 1_000);
  await first.daemon.alerts.say({
    kind: "signals",
    signals: [{ ...signal("later"), target: "web" }],
  });
  const body = `by=Wu&seen=${seen}`;
  const headers = { ...form, "content-length": String(body.length) };
  assert.equal((await ask(first.url, link, { method: "POST", headers, body })).status, 200);
  assert.equal(acked(), true);
  const [group] = [...first.daemon.alerts.desk().groups.values()];
  assert.deepEqual(
    group!.ack!.alerts.map((id) => [...first.daemon.alerts.desk().open.values()].find((one) => one.id === id)?.title),
    ["web"],
  );
  // That somebody answered proves that the channel's notices arrive; that it took them does not.
  const { channels } = (await ask(first.url, "/api/v1/status")).json;
  assert.deepEqual(
    channels.map(({ id, taken, answered }: any) => [id, taken >= NOW, answered >= NOW]),
    [["hook", true, true]],
  );
  await until("that it is told", () => hook.events().includes("acknowledge"));
  await first[Symbol.asyncDispose]();
  const second = await start();
  const again = await press(second.url, link);
  assert.deepEqual([again.status, again.json.code], [409, "LINK-USED"]);
});

test("a page that was shown before the clock was set acknowledges what it showed, and nothing else", async (t) => {
  for (const by of [3_600_000, -3_600_000]) {
    const { start, fire, clock } = await shop(t);
    const { daemon, url } = await start();
    const link = await fire(daemon, "web");
    const [, seen] = /name="seen" value="(\d+)"/.exec((await ask(url, link)).text)!;
    const open = () => [...daemon.alerts.desk().open.values()];
    const { started } = open()[0]!;
    clock.set(clock.wall() + by);
    await until("that it is noticed", () => open()[0]!.started !== started);
    // Well within what a clock does that is kept right.
    clock.set(clock.wall() + 1_000);
    await daemon.alerts.say({ kind: "signals", signals: [{ ...signal("later"), target: "web" }] });
    const body = `by=Wu&seen=${seen}`;
    const headers = { ...form, "content-length": String(body.length) };
    assert.equal((await ask(url, link, { method: "POST", headers, body })).status, 200);
    const [{ ack } = { ack: undefined }] = [...daemon.alerts.desk().groups.values()];
    assert.deepEqual(
      ack!.alerts.map((id) => open().find((one) => one.id === id)?.title),
      ["web"],
    );
    await daemon[Symbol.asyncDispose]();
  }
});

test("a link that was changed, made with another key, joined from two, or grown old is not ours; one of what is over does nothing", async (t) => {
  const { start, fire, clock } = await shop(t);
  const { daemon, url } = await start();
  const [one, other] = [await fire(daemon, "web"), await fire(daemon, "db")];
  const token = one.slice("/acknowledge/".length);
  const [group, notice, expires, signature] = token.split(".") as [string, string, string, string];
  const [group2, notice2, , signature2] = other.slice("/acknowledge/".length).split(".") as [
    string,
    string,
    string,
    string,
  ];
  const later = String(Number(expires) + 1);
  const foreign = createHmac("sha256", "guess").update(`${group}.${notice}.${expires}`).digest("base64url");
  const forged = [
    [group, notice, later, signature],
    [group2, notice, expires, signature],
    [group, notice2, expires, signature],
    [group, notice, expires, signature2],
    [group, notice, expires, foreign],
    [group, notice, expires, ""],
    [group, notice, expires, "A".repeat(43)],
    [group, notice, `${expires}.${expires}`, signature],
  ];
  for (const parts of forged) {
    const answer = await press(url, `/acknowledge/${parts.join(".")}`);
    assert.ok(["LINK-BAD", "ROUTE-ABSENT"].includes(answer.json.code), parts.join("."));
  }
  assert.ok([...daemon.alerts.desk().groups.values()].every(({ ack }) => ack === undefined));
  await daemon.alerts.say({ kind: "signals", signals: [signal("db", false)] });
  assert.equal((await press(url, other)).json.code, "LINK-OVER");
  clock.set(NOW + 25 * 3_600_000);
  const old = await press(url, one);
  assert.deepEqual([old.status, old.json.code], [400, "LINK-BAD"]);
  assert.ok([...daemon.alerts.desk().groups.values()].every(({ ack }) => ack === undefined));
});
