import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { systemClock } from "../src/model/time.ts";
import { ask, bookFolder, serving, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";

const book = (target: string, ...hooks: readonly string[]): string => `title: Shop
lang: en
zone: Asia/Shanghai
services:
  shop: { title: Shop }
checks:
  front:
    kind: http
    title: The shop answers
    service: shop
    params: { url: "${target}" }
rules:
  shop-down: { check: front, severity: P1, runbook: restart }
severities:
  P1: { scale: alert, channels: [hook-0] }
alerts: { url: "http://127.0.0.1:7070" }
channels:
${hooks.map((url, n) => `  hook-${n}: { kind: webhook, url: "${url}", allow: ["127.0.0.1"] }`).join("\n")}
`;

const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };

async function shop(t: TestContext, hooks: number) {
  const target = await receiver(t);
  const receivers = await Promise.all(Array.from({ length: hooks }, () => receiver(t)));
  const root = bookFolder(t, { "watchbook.yaml": book(target.url, ...receivers.map(({ url }) => url)) });
  return { root, target, receivers, hook: receivers[0]! };
}

test("a target dies: the channel hears of it once, and of the end when it is back, also across a restart", async (t) => {
  const { root, target, hook } = await shop(t, 1);
  const first = await serving(t, root, { every, clock: systemClock });
  await until("the first reading", () => first.daemon.checks().some(({ reading }) => reading?.outcome === "pass"));
  target.state.status = 503;
  await until("the notice", () => hook.got.length > 0);
  const [fire] = hook.got;
  assert.equal(fire!.event, "fire");
  assert.equal(fire!.title, "[P1] The shop answers · local");
  assert.ok(fire!.facts.some(({ value }) => value === "watchbook run restart"));
  await until("the answer", () => first.daemon.alerts.desk().outbox.size === 0);
  const seq = (await first.daemon.house.store.events({ after: 0, kind: "alert.fired" })).length;
  assert.equal(seq, 1);
  await first[Symbol.asyncDispose]();

  const second = await serving(t, root, { every, clock: systemClock });
  await until("a reading after the start", () =>
    second.daemon.checks().some(({ reading }) => reading?.outcome === "fail"),
  );
  await second.daemon.alerts.pass();
  assert.deepEqual(hook.events(), ["fire"]);
  target.state.status = 200;
  await until("the end", () => hook.got.length > 1);
  assert.deepEqual(hook.events(), ["fire", "resolve"]);
  assert.equal(hook.got[1]!.group, fire!.group);
  assert.equal(second.daemon.alerts.desk().open.size, 0);
});

test("a person acknowledges by the API, and by a link that works once; looking at the link does nothing", async (t) => {
  const { root, target, hook } = await shop(t, 1);
  const { daemon, url, socket } = await serving(t, root, { every, clock: systemClock });
  target.state.status = 503;
  await until("the notice", () => hook.got.length > 0);
  const link = new URL(hook.got[0]!.links[0]!.url).pathname;
  const page = await ask(url, link);
  assert.equal(page.status, 200);
  assert.match(page.text, /The shop answers · local/);
  assert.equal([...daemon.alerts.desk().groups.values()][0]!.ack, undefined);
  const form = { "content-type": "application/x-www-form-urlencoded", "content-length": "7" };
  const press = () => ask(url, link, { method: "POST", headers: form, body: "by=Wang" });
  const both = await Promise.all([press(), press()]);
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  await until("that it is told", () => hook.events().includes("acknowledge"));
  assert.equal((await ask(url, `${link.slice(0, -2)}AA`)).json.code, "LINK-BAD");
  const listed = await ask(url, "/api/v1/alerts");
  const { id } = listed.json.alerts[0];
  const body = JSON.stringify({ do: "silence", match: ["service=shop"], forMs: 60_000, reason: "works", by: "li" });
  const headers = { "content-type": "application/json", "content-length": String(body.length) };
  assert.equal((await ask(url, "/api/v1/alerts/actions", { method: "POST", headers, body })).status, 401);
  const done = await ask({ socket }, "/api/v1/alerts/actions", { method: "POST", headers, body });
  assert.equal(done.json.alerts[0].id, id);
  const told = await ask(url, `/api/v1/alerts/${id.slice(0, 6)}`);
  assert.deepEqual(
    told.json.alert.trail.map(({ did }: { readonly did: string }) => did),
    ["fired", "acknowledged", "held"],
  );
  assert.equal(told.json.ack.by, "Wang");
  assert.deepEqual(
    told.json.notices.map(
      ({ event, state }: { readonly event: string; readonly state: string }) => `${event} ${state}`,
    ),
    ["fire delivered", "acknowledge delivered"],
  );
});

test("the channel fails: the next one is told of the outage and of the channel", async (t) => {
  const { root, target, receivers } = await shop(t, 2);
  const [broken, other] = receivers;
  broken!.state.status = 410;
  target.state.status = 503;
  const { daemon } = await serving(t, root, { every, clock: systemClock });
  await until("both notices", () => other!.got.length === 2);
  const titles = other!.got
    .map(({ title }) => title)
    .toSorted()
    .toReversed();
  assert.deepEqual(titles, ["[P1] The shop answers · local", "[P1] Channel hook-0 delivers nothing · hook-0"]);
  assert.deepEqual(broken!.got, []);
  assert.ok(daemon.alerts.desk().open.has("channel@hook-0"));
});
