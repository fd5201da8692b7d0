// The doors for other systems on a real daemon: who may come in, what is taken, what is refused and with which sentence.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test, type TestContext } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import { openTokens } from "../src/api/tokens.ts";
import { systemClock } from "../src/model/time.ts";
import { join } from "node:path";
import { ask, bookFolder, serving, until } from "./kit/daemon.ts";
import { signal } from "./kit/alert-desk.ts";
import { receiver } from "./kit/receiver.ts";
import { worldIn } from "./kit/world.ts";

const book = (hook: string): string => `title: Shop
lang: en
zone: UTC
people: { wang: { name: Wang, roles: [operator] }, li: { name: Li, roles: [viewer] } }
secrets: { prom: env:PROM }
severities:
  P1: { scale: alert, channels: [hook] }
  P2: { scale: alert, channels: [hook] }
alerts: { wait: 1s }
inbound:
  prom: { kind: prometheus, token: { secret: prom }, severity: { map: { critical: P1, warning: P2 }, otherwise: P2 } }
  lost: { kind: prometheus, token: { secret: "env:LOST" } }
  mimir: { kind: grafana, token: { secret: "env:GRAFANA" }, severity: { otherwise: P1 } }
  kuma: { kind: uptime-kuma, open: true }
channels: { hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] } }
`;
const every = { checks: 1_000, book: 100, calendar: 100, alerts: 50 };

async function shop(t: TestContext) {
  const hook = await receiver(t);
  const root = bookFolder(t, { "watchbook.yaml": book(hook.url) });
  const data = join(root, ".watchbook");
  const people = [{ id: "wang", name: "Wang", roles: ["operator"], source: { file: "watchbook.yaml", line: 1 } }];
  const { token } = await openTokens(data, systemClock).make(people, { person: "wang", scope: "write", days: 1 });
  const env = { PROM: "prom-secret", GRAFANA: "grafana-secret" };
  const start = () => serving(t, root, { every, clock: systemClock, env });
  return { hook, root, token, start };
}

type Given = { readonly token?: string; readonly basic?: string; readonly type?: string; readonly method?: string };

const headersOf = ({ token, basic, type = "application/json" }: Given, body: string) => ({
  "content-type": type,
  "content-length": String(Buffer.byteLength(body)),
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(basic !== undefined && { authorization: `Basic ${Buffer.from(`prom:${basic}`).toString("base64")}` }),
});

const post = (to: Parameters<typeof ask>[0], path: string, given: unknown, how: Given = {}) => {
  const body = typeof given === "string" ? given : JSON.stringify(given);
  return ask(to, path, { method: how.method ?? "POST", headers: headersOf(how, body), body });
};

const DOWN = {
  labels: { alertname: "Down", severity: "critical", instance: "web-1" },
  annotations: { summary: "it is down" },
};
const ALERTS = "/api/v2/alerts";
const PROM = { token: "prom-secret" };

test("Alertmanager's API: who may come in; alerts are kept, folded, told and over; a restart loses none", async (t) => {
  const { hook, token, start } = await shop(t);
  const first = await start();
  const { url } = first;
  const status = async (how: Given, given: unknown = [DOWN]) => (await post(url, ALERTS, given, how)).status;
  assert.equal(await status({}), 401);
  // A token that is not to be had shuts out nobody else: below a source and a person come in.
  assert.match(JSON.parse((await post(url, ALERTS, [DOWN], { token: "grafana-secret" })).text) as string, /env:LOST/);
  assert.equal(await status({ ...PROM, type: "text/plain" }), 415);
  assert.equal(await status({ ...PROM }, "{"), 400);
  assert.equal(await status({ basic: "prom-secret" }), 200);
  assert.equal(await status({ token }), 200);
  assert.equal((await post({ socket: first.socket }, ALERTS, [DOWN])).status, 200);
  await until("the notice", () => hook.got.length > 0);
  assert.equal(hook.got[0]!.title, "[P1] Down: it is down · web-1");
  const bad = await post(
    url,
    ALERTS,
    [{ ...DOWN, labels: {} }, { labels: { alertname: "Slow", severity: "?" } }],
    PROM,
  );
  assert.equal(bad.status, 400);
  assert.match(JSON.parse(bad.text) as string, /^1 of 2 alerts were refused; the first is number 1: its labels/);
  await first[Symbol.asyncDispose]();

  const second = await start();
  const listed = await ask(second.url, `${ALERTS}?filter=${encodeURIComponent('alertname=~"Down|Slow"')}`);
  const shown = listed.json.map(({ labels, receivers, status: { state } }: any) => [labels, receivers[0].name, state]);
  assert.deepEqual(
    new Set(shown.map((one: unknown) => JSON.stringify(one))),
    new Set([
      JSON.stringify([{ alertname: "Down", instance: "web-1", severity: "critical" }, "P1", "active"]),
      JSON.stringify([{ alertname: "Slow", severity: "?" }, "P2", "active"]),
    ]),
  );
  const groups = (await ask(second.url, `${ALERTS}/groups`)).json;
  assert.deepEqual(groups.map(({ receiver: { name } }: any) => name).toSorted(), ["P1", "P2"]);
  assert.equal((await ask(second.url, "/api/v2/status")).json.cluster.status, "disabled");
  assert.deepEqual((await ask(second.url, "/api/v2/receivers")).json, [{ name: "P1" }, { name: "P2" }]);
  await post(second.url, ALERTS, [{ ...DOWN, endsAt: new Date(systemClock.wall() - 1_000).toISOString() }], PROM);
  await until("the end", () => hook.events().includes("resolve"));
  assert.equal(hook.got.filter(({ event, title }) => event === "fire" && title.includes("Down")).length, 1);
});

test("silences by the API: made, looked up, changed, ended; one that hides everything is refused; no source makes one", async (t) => {
  const { token, start } = await shop(t);
  const { url, daemon } = await start();
  await post(url, ALERTS, [DOWN], PROM);
  const path = "/api/v2/silences";
  const asked = (name: string, more: object = {}) => ({
    matchers: [{ name, value: "Down", isRegex: false, isEqual: true }],
    startsAt: new Date(systemClock.wall()).toISOString(),
    endsAt: new Date(systemClock.wall() + 3_600_000).toISOString(),
    ...{ createdBy: "somebody", comment: "moving disks", ...more },
  });
  assert.equal((await post(url, path, asked("alertname"))).status, 401);
  const told = await post(url, path, asked("alertname"), PROM);
  assert.deepEqual([told.status, /tells alerts and silences none/.test(told.text)], [403, true]);
  const everything = { matchers: [{ name: "alertname", value: ".*", isRegex: true }] };
  const all = await post(url, path, asked("", everything), { token });
  assert.deepEqual([all.status, /hides every one/.test(all.text)], [400, true]);
  assert.equal((await post(url, path, asked("alertname", { comment: " " }), { token })).status, 400);
  const many = Array.from({ length: 51 }, () => asked("alertname").matchers[0]);
  assert.equal((await post(url, path, asked("", { matchers: many }), { token })).status, 400);

  const { silenceID } = (await post(url, path, asked("alertname"), { token })).json;
  const kept = (await ask(url, `/api/v2/silence/${silenceID}`)).json;
  assert.deepEqual([kept.createdBy, kept.comment, kept.status.state], ["wang", "moving disks", "active"]);
  const [alert] = (await ask(url, `${ALERTS}?active=false`)).json;
  assert.deepEqual(alert.status, { state: "suppressed", silencedBy: [silenceID], inhibitedBy: [], mutedBy: [] });
  assert.deepEqual((await ask(url, `${ALERTS}?silenced=false`)).json, []);

  const later = asked("alertname", { id: silenceID, startsAt: new Date(systemClock.wall() + 60_000).toISOString() });
  const changed = (await post(url, path, later, { token })).json.silenceID;
  const states = async () =>
    Object.fromEntries((await ask(url, path)).json.map(({ id, status: { state } }: any) => [id, state]));
  assert.deepEqual(await states(), { [silenceID]: "expired", [changed]: "pending" });
  assert.equal((await ask(url, `/api/v2/silence/${changed}`, { method: "DELETE" })).status, 401);
  assert.equal((await post(url, `/api/v2/silence/${changed}`, "", { token, method: "DELETE" })).status, 200);
  assert.equal((await states())[changed], "expired");
  assert.equal((await ask(url, "/api/v2/silence/nothing")).status, 404);
  const audit = await daemon.house.store.audit({});
  const lines = audit.map(({ person, outcome, code }) => [person, outcome, code ?? ""].join(" "));
  assert.ok(lines.includes("wang done ") && lines.includes("- refused INBOUND-SILENCE"), lines.join("; "));
});

test("webhooks: each source by its own token, or open through loopback; what is no payload of it is said in one sentence", async (t) => {
  const { hook, start } = await shop(t);
  const { url, daemon } = await start();
  const grafana = { version: "1", orgId: 1, alerts: [{ ...DOWN, status: "firing", startsAt: "2026-11-20T10:00:00Z" }] };
  const path = "/api/inbound/mimir";
  assert.equal((await post(url, path, grafana)).status, 401);
  assert.equal((await post(url, path, grafana, PROM)).status, 401);
  assert.deepEqual((await post(url, path, grafana, { token: "grafana-secret" })).json, { taken: 1 });
  const unread = await post(url, path, { hello: 1 }, { token: "grafana-secret" });
  assert.deepEqual([unread.status, unread.json.say], [400, "This is not a payload of grafana."]);
  const absent = await post(
    { socket: (await ask(url, "/health")).json.daemon.listen.at(-1) },
    "/api/inbound/nothing",
    {},
  );
  assert.deepEqual([absent.status, absent.json.code], [404, "INBOUND-ABSENT"]);
  const beat = (status: number) => ({ heartbeat: { status, msg: "x" }, monitor: { id: 1, name: "Shop" }, msg: "x" });
  assert.equal((await post(url, "/api/inbound/kuma", beat(0))).status, 200);
  await until("both notices", () => hook.got.length >= 2);
  assert.equal(daemon.alerts.desk().open.size, 2);
  assert.equal((await post(url, "/api/inbound/kuma", beat(1))).status, 200);
  assert.equal(daemon.alerts.desk().open.size, 1);
  // A page of another site sends no JSON without asking first, and is not answered under another name.
  assert.equal((await post(url, "/api/inbound/kuma", beat(0), { type: "text/plain" })).status, 415);
  const rebound = await ask(url, "/api/inbound/kuma", {
    method: "POST",
    headers: { host: "evil.example", "content-type": "application/json" },
  });
  assert.equal(rebound.status, 403);
});

test("webhooks: one bad alert takes no other with it, is named in the answer, and said again nothing is doubled", async (t) => {
  const { hook, start } = await shop(t);
  const { url, daemon } = await start();
  const odd = { labels: { alertname: "Odd" }, startsAt: "2026-11-20T10:00:10Z", endsAt: "2026-11-20T10:00:09Z" };
  const send = (...alerts: object[]) =>
    post(url, "/api/inbound/mimir", { version: "1", orgId: 1, alerts }, { token: "grafana-secret" });
  const names = () => [...daemon.alerts.desk().open.values()].map(({ outside }) => outside!.labels["alertname"]);
  const firing = { ...DOWN, status: "firing" };
  for (const _ of [1, 2]) {
    const { status, json } = await send(firing, { ...odd, status: "firing" });
    assert.deepEqual(
      [status, json.code, json.args],
      [400, "INBOUND-ALERT", { count: 1, of: 2, first: 2, what: "times" }],
    );
    assert.match(
      json.say,
      /^1 of 2 alerts were refused; the first is number 2: its times cannot be read\. The others were/,
    );
    assert.deepEqual(names(), ["Down"]);
  }
  await until("the notice", () => hook.got.length > 0);
  // Where nothing can be taken the answer says no less.
  assert.deepEqual((await send(odd)).json.args, { count: 1, of: 1, first: 1, what: "times" });
  assert.equal((await send({ status: "firing" })).json.code, "INBOUND-UNREAD");
  // An end beside a bad one ends, and once the bad one is gone all is well.
  assert.equal((await send(odd, { ...DOWN, status: "resolved" })).status, 400);
  assert.deepEqual(names(), []);
  assert.deepEqual((await send({ ...DOWN, status: "resolved" })).json, { taken: 1 });
  await until("the end", () => hook.events().includes("resolve"));
  assert.deepEqual(hook.events(), ["fire", "resolve"]);
});

test("a wrong token at a webhook stands in the audit log; what is told, well or badly, does not", async (t) => {
  const { start, token } = await shop(t);
  const { url, socket } = await start();
  const path = "/api/inbound/mimir";
  for (let guess = 0; guess < 14; guess += 1) await post(url, path, {}, { token: `guess-${guess}` });
  const { entries } = (await ask({ socket }, "/api/audit?action=inbound")).json;
  assert.deepEqual(
    [entries.length, entries.at(-1).object, entries.at(-1).code, entries.at(-1).outcome, entries[0].code],
    [14, "mimir", "TOKEN-UNKNOWN", "refused", "SIGN-IN-WAIT"],
  );
  // What is told well, or is no payload, is no refusal of anybody.
  assert.equal((await post(url, path, { hello: 1 }, { token: "grafana-secret" })).status, 400);
  assert.equal((await post(url, path, { hello: 1 }, { token })).status, 400);
  assert.equal((await ask({ socket }, "/api/audit?action=inbound")).json.entries.length, 14);
});

test("alerts close: by the verb, with a reason, told to whoever was told; refused for what is measured here", async (t) => {
  const { hook, root, start } = await shop(t);
  const { url, daemon } = await start();
  const beat = { heartbeat: { status: 0, msg: "timeout" }, monitor: { id: 1, name: "Shop" }, msg: "x" };
  await post(url, "/api/inbound/kuma", beat);
  await until("the notice", () => hook.got.length === 1);
  const { id } = [...daemon.alerts.desk().open.values()][0]!;
  const call = async (...args: string[]) => {
    const world = worldIn(root);
    const status = await run([...args, "--lang", "en"], { ...world, clock: systemClock });
    return { status, ...world.said };
  };
  assert.deepEqual((await call("alerts", "close", id)).status, 2);
  assert.doesNotMatch((await call("alerts")).stdout, /No daemon/);
  const closed = await call("alerts", "close", id.slice(0, 6), "--reason", "monitor deleted", "--by", "wang");
  assert.equal(closed.stdout, `Alert ${id} closed by wang. When its source says it again, it begins anew.\n`);
  await until("the end", () => hook.got.length === 2);
  assert.match(hook.got[1]!.title, /Ended, not known to be over/);
  assert.match(hook.got[1]!.body, /closed at .* by wang \(monitor deleted\); nothing said that it is over/);
  assert.match((await call("why", id)).stdout, /closed by wang: monitor deleted/);
  assert.equal((await call("alerts", "close", id, "--reason", "again")).status, 2);
  await daemon.alerts.say({ kind: "signals", signals: [signal("errors")] });
  const own = [...daemon.alerts.desk().open.values()][0]!.id;
  const refused = await call("alerts", "close", own, "--reason", "enough");
  assert.deepEqual([refused.status, /is measured here/.test(refused.stderr)], [2, true]);
  assert.equal(daemon.alerts.desk().open.size, 1);
});

/** Posts `bytes` of nothing in pieces; the status, and how much the memory of buffers grew meanwhile. */
function flood(url: string, bytes: number): Promise<{ readonly status: number; readonly grew: number }> {
  const piece = Buffer.alloc(65_536, " ");
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf(PROM, ""), "content-length": String(bytes) };
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path: ALERTS, method: "POST", headers, agent: false }, (answer) => {
      answer.resume().on("end", () => resolve({ status: answer.statusCode ?? 0, grew: most - before }));
    });
    sent.on("error", reject);
    let left = bytes;
    const write = (): void => {
      while (left > 0) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        left -= piece.length;
        if (!sent.write(piece)) return void sent.once("drain", write);
      }
      sent.end();
    };
    write();
  });
}

test("bad input: 50 MB are refused before they are read, hostile labels harm nobody, ten thousand alerts are ten thousand", async (t) => {
  const { start } = await shop(t);
  const { url, daemon } = await start();
  const { status, grew } = await flood(url, 50 << 20);
  assert.equal(status, 413);
  assert.ok(grew < 8 << 20, String(grew));
  const chunked = await ask(url, ALERTS, { method: "POST", headers: { "transfer-encoding": "chunked" }, body: "[]" });
  assert.equal(chunked.status, 411);
  const hostile = {
    alertname: `<img src=x onerror=alert(1)>\n\u0000${"y".repeat(10_000)}`,
    "a\nb": "{{ .Secret }} @channel",
  };
  assert.equal((await post(url, ALERTS, [{ labels: hostile }], PROM)).status, 200);
  const page = await ask(url, "/plain");
  assert.doesNotMatch(page.text, /<img src=x/);
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    labels: { alertname: "Many", n: String(n % 9_999), severity: "warning" },
  }));
  assert.equal((await post(url, ALERTS, many, PROM)).status, 200);
  assert.equal(daemon.alerts.desk().open.size, 10_000);
  const more = many.map(({ labels }, n) => ({ labels: { ...labels, n: `x${n}` } }));
  assert.equal(
    (await post(url, ALERTS, [...more, ...more.map(({ labels }) => ({ labels: { ...labels, z: "1" } }))], PROM)).status,
    429,
  );
  assert.equal(daemon.alerts.desk().open.size, 10_000);
});

test("a full desk refuses what begins and nothing else: ends are taken, and so is what is open already", async (t) => {
  const { start } = await shop(t);
  const { url, daemon } = await start();
  const many = (from: number, to: number, more: object = {}) =>
    Array.from({ length: to - from }, (_, n) => ({
      ...{ labels: { alertname: "Many", n: String(from + n), severity: "warning" }, annotations: {}, ...more },
    }));
  const desk = () => [...daemon.alerts.desk().open.values()].map(({ outside }) => outside!);
  const has = (n: number) => desk().find(({ labels }) => labels["n"] === String(n));
  const over = { endsAt: new Date(systemClock.wall() - 1_000).toISOString() };
  assert.equal((await post(url, ALERTS, many(0, 20_000), PROM)).status, 200);
  const said = { annotations: { summary: "slower still" } };
  const mixed = [...many(20_000, 20_002), ...many(0, 1, over), ...many(1, 2, said)];
  const full = await post(url, ALERTS, mixed, PROM);
  assert.equal(full.status, 429);
  assert.match(
    JSON.parse(full.text) as string,
    /^More than 20000 alerts would be open at once: 2 new ones were not taken, ends and those that are open were\./,
  );
  assert.deepEqual([desk().length, has(0), has(1)!.annotations["summary"]], [19_999, undefined, "slower still"]);
  // Said again it is doubled by nobody; what ends makes room for what begins beside it, and what is named twice is one.
  assert.equal((await post(url, ALERTS, mixed, PROM)).status, 429);
  assert.equal(desk().length, 19_999);
  const both = [...many(20_000, 20_002), ...many(20_000, 20_002), ...many(1, 2, over)];
  assert.equal((await post(url, ALERTS, both, PROM)).status, 200);
  assert.deepEqual([desk().length, has(20_001) === undefined, has(1)], [20_000, false, undefined]);
  // The same by webhooks.
  const down = { heartbeat: { status: 0, msg: "x" }, monitor: { id: 1, name: "Shop" }, msg: "x" };
  const refused = await post(url, "/api/inbound/kuma", down);
  assert.deepEqual([refused.status, refused.json.code], [429, "INBOUND-FULL"]);
});
