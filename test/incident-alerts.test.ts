// What becomes of an incident's alerts when many change in one step, which is one event that names none of them.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Serving } from "../src/cli/serve.ts";
import { untoldAlerts } from "../src/engine/incidents/linked.ts";
import type { Alert } from "../src/model/alert.ts";
import { systemClock } from "../src/model/time.ts";
import { ask, bookFolder, serving, until } from "./kit/daemon.ts";
import { IncidentWorld, T0 } from "./kit/incident-desk.ts";
import { receiver } from "./kit/receiver.ts";

const MANY = 60;
const INBOUND = "inbound: { am: { kind: alertmanager, open: true } }\n";
const book = (target: string, hook: string): string => `title: Shop
lang: en
zone: UTC
services: { shop: { title: Shop } }
people: { wei: { name: Wei } }
checks: { front: { kind: http, title: Front, service: shop, params: { url: "${target}" } } }
severities:
  critical: { scale: alert, channels: [hook] }
  P0: { scale: incident, respond: 15m, resolve: 2h }
incidents: { priorities: { critical: P0 }, channels: [hook] }
channels: { hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] } }
`;

const every = { checks: 250, book: 100, calendar: 500, alerts: 50, incidents: 50 };
/** Incidents look at nothing by themselves. */
const blind = { ...every, incidents: 3_600_000 };

async function shop(t: TestContext) {
  const [target, hook] = [await receiver(t), await receiver(t)];
  const without = book(target.url, hook.url);
  const root = bookFolder(t, { "watchbook.yaml": `${without}${INBOUND}` });
  const start = (round: typeof every) => serving(t, root, { every: round, clock: systemClock });
  return { start, forget: () => writeFileSync(join(root, "watchbook.yaml"), without) };
}

function post(to: Parameters<typeof ask>[0], path: string, given: object) {
  const body = JSON.stringify(given);
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return ask(to, path, { method: "POST", headers, body });
}

/** Alertmanager says the same of many alerts of one service. */
async function told({ url }: Serving, status: "firing" | "resolved"): Promise<void> {
  const alerts = Array.from({ length: MANY }, (_, n) => ({
    ...{ status, labels: { alertname: "Down", service: "shop", instance: `web-${n}` }, annotations: {} },
    startsAt: "2026-01-01T00:00:00Z",
  }));
  assert.equal((await post(url, "/api/inbound/am", { version: "4", status, alerts })).status, 200);
}

const declared = async ({ socket }: Serving, more: object) => {
  const made = await post({ socket }, "/api/v1/incidents", { by: "wei", priority: "P0", ...more });
  assert.equal(made.status, 201, made.text);
  return made.json;
};
const resolved = ({ socket }: Serving, id: string) =>
  post({ socket }, `/api/v1/incidents/${id}/actions`, { by: "wei", do: "resolve", text: "done" });

const one = (daemon: Serving["daemon"]) =>
  [...daemon.alerts.desk().open.values()].find(({ target }) => target === "web-0")!.id;

type Line = { readonly kind: string; readonly args: Readonly<Record<string, unknown>> };
const lines = (timeline: readonly Line[], kind: string) => timeline.filter((line) => line.kind === kind);

const unended = ({ alerts }: { readonly alerts: readonly { readonly ended?: number }[] }) =>
  alerts.filter(({ ended }) => ended === undefined).length;

test("when more alerts end at once than anybody counts, the incident that was declared from one of them can be resolved", async (t) => {
  const first = await (await shop(t)).start(every);
  await told(first, "firing");
  const alert = one(first.daemon);
  const made = await declared(first, { alert });
  assert.equal((await resolved(first, made.id)).json.code, "INCIDENT-PATH-RED");
  await told(first, "resolved");
  const over = await resolved(first, made.id);
  assert.deepEqual([over.status, over.json.state, unended(over.json)], [200, "resolved", 0], over.text);
  // The line of the one that it was declared from is there, once; of the others one says how many.
  assert.deepEqual(
    lines(over.json.timeline, "alert-cleared").map(({ args }) => args["alert"]),
    [alert],
  );
  assert.deepEqual(
    lines(over.json.timeline, "alert-flood").map(({ args }) => args["count"]),
    [MANY],
  );
});

test("alerts that begin by floods belong to the incident of their service as few do", async (t) => {
  const first = await (await shop(t)).start(every);
  const made = await declared(first, { title: "Everything is slow", service: "shop" });
  const shown = async () => (await ask(first.url, `/api/v1/incidents/${made.id}`)).json;
  await told(first, "firing");
  await until("all of them", async () => unended(await shown()) === MANY);
  assert.equal(
    (await post({ socket: first.socket }, "/api/v1/incidents", { alert: one(first.daemon), by: "wei" })).json.code,
    "INCIDENT-HAS",
  );
  await told(first, "resolved");
  await until("their ends", async () => unended(await shown()) === 0);
  const { alerts, timeline } = await shown();
  assert.equal(alerts.length, MANY);
  assert.deepEqual(
    timeline.map(({ kind }: Line) => kind).filter((kind: string) => kind.startsWith("alert-")),
    ["alert-flood", "alert-flood"],
  );
});

for (const when of ["before a crash", "under an earlier version"])
  test(`an incident whose alerts ended with the book unseen ${when} can be resolved after the next start`, async (t) => {
    const { start, forget } = await shop(t);
    const first = await start(blind);
    await told(first, "firing");
    const alert = one(first.daemon);
    const made = await declared(first, { alert });
    forget();
    const { store } = first.daemon.house;
    await until("their ends", async () => (await store.desk("alert", { open: true })).length === 0);
    const last = (await store.events({ after: 0 })).at(-1)!;
    const seen = { kind: "value.set", key: "incidents.seen", value: `${last.seq} ${last.at}` } as const;
    if (when !== "before a crash") await store.commit([seen]);
    assert.equal(unended((await store.deskOne("incident", made.id))!), MANY);
    await first[Symbol.asyncDispose]();

    const second = await start(blind);
    const over = await resolved(second, made.id);
    assert.deepEqual([over.status, unended(over.json)], [200, 0], over.text);
    assert.deepEqual(
      lines(over.json.timeline, "alert-ended").map(({ args }) => args["alert"]),
      [alert],
    );
  });

test("an alert that the store dropped is not open; one whose end is not kept yet is; no end lies ahead of the clock", async () => {
  const { incident } = new IncidentWorld();
  const look = async (kept: object | undefined) => {
    const store = { deskOne: () => Promise.resolve(kept as undefined) };
    const found = await untoldAlerts(incident, new Map(), store, T0 + 5);
    return found?.over.map(({ alert: { id, ended }, did }) => [id, ended! - T0, did]);
  };
  assert.deepEqual(await look(undefined), [["a1", 5, "ended"]]);
  assert.equal(await look({ trail: [] }), undefined);
  assert.deepEqual(await look({ ended: T0 + 3, trail: [{ did: "resolved" }] }), [["a1", 3, "cleared"]]);
  assert.deepEqual(await look({ ended: T0 + 9, trail: [{ did: "lapsed" }] }), [["a1", 5, "ended"]]);
});

test("alerts of the path that began while it was resolved speak against an incident that is opened again", async () => {
  const world = new IncidentWorld().green().do({ kind: "resolve", by: "li", text: "done" });
  world.do({ kind: "reopen", by: "li", reason: "it is back" }).green();
  const alert = { id: "b1", title: "Again", check: "front", target: "web-1", started: T0 } as Alert;
  const others = Array.from({ length: 2_000 }, (_, n) => ({ ...alert, id: `c${n}`, check: "", service: "shop" }));
  const open = new Map([...others, alert].map((one) => [one.id, one]));
  const found = (await untoldAlerts(world.incident, open, { deskOne: () => Promise.resolve(undefined) }, T0))!;
  assert.equal(found.fired.length, 1_000, "of those that say nothing about the path no more are kept");
  world.do(found);
  assert.throws(() => world.do({ kind: "resolve", by: "li", text: "done" }), { code: "INCIDENT-PATH-RED" });
});
