import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { closeMaintenance, openMaintenance } from "../src/engine/alerts/maintenance.ts";
import { systemClock } from "../src/model/time.ts";
import { bookFolder, serving, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";

const book = (db: string, front: string, hook: string): string => `title: Shop
lang: en
services:
  db: { title: Database }
  front: { title: Front, needs: [db] }
checks:
  db-up: { kind: http, title: db, service: db, params: { url: "${db}" } }
  front-up: { kind: http, title: front, service: front, params: { url: "${front}" } }
rules:
  db-down: { check: db-up, severity: P1, down: true }
  front-down: { check: front-up, severity: P1, down: true }
severities: { P1: { scale: alert, channels: [hook] } }
channels:
  hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] }
`;

async function shop(t: TestContext) {
  const [db, front, hook] = await Promise.all([receiver(t), receiver(t), receiver(t)]);
  const root = bookFolder(t, { "watchbook.yaml": book(db.url, front.url, hook.url) });
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const { daemon } = await serving(t, root, { every, clock: systemClock });
  const outcome = (check: string) => daemon.checks().find(({ spec }) => spec.id === check)?.reading?.outcome;
  const alert = (rule: string) => daemon.alerts.desk().open.get(`${rule}@local`);
  const told = () => hook.got.map(({ event, title }) => `${event} ${title}`);
  await until("the first readings", () => outcome("db-up") === "pass" && outcome("front-up") === "pass");
  return { db, front, daemon, outcome, alert, told };
}

test("what needs a service that is down is watched on and not told; back alone it is told, and nothing that was told is left open", async (t) => {
  const { db, front, daemon, outcome, alert, told } = await shop(t);
  db.state.status = 503;
  await until("the notice of the database", () => told().length === 1);
  front.state.status = 503;
  await until("the held alert", () => alert("front-down")?.hold?.by === "parent");
  assert.equal(outcome("front-up"), "fail");
  const seen = daemon.checks().find(({ spec }) => spec.id === "front-up")!.reading!.at;
  await until(
    "the next reading of it",
    () => daemon.checks().find(({ spec }) => spec.id === "front-up")!.reading!.at > seen,
  );
  db.state.status = 200;
  // The database is back, the front is not: now it is its own affair.
  await until("the notice of the front", () =>
    told().some((line) => line.startsWith("fire") && line.includes("front")),
  );
  front.state.status = 200;
  await until("both ends", () => told().filter((line) => line.startsWith("resolve")).length === 2);
  assert.deepEqual(
    told()
      .map((line) => line.replace("[P1] ", "").replace(/ · .*/, ""))
      .toSorted(),
    ["fire db", "fire front", "resolve Over: db", "resolve Over: front"],
  );
  assert.equal(daemon.alerts.desk().open.size, 0);
});

test("the window of a change: watched, not told, and told when it closes before it is over", async (t) => {
  const { db, front, daemon, outcome, alert, told } = await shop(t);
  const now = systemClock.wall();
  const change = { change: "CH-7", title: "new disk", services: ["db"], by: "wang", until: now + 3_600_000 };
  const window = await openMaintenance(daemon.alerts, change, now);
  db.state.status = 503;
  await until("the held alert", () => alert("db-down")?.hold?.by === "silence");
  assert.equal(outcome("db-up"), "fail");
  // Another service is told as ever.
  front.state.status = 503;
  await until("what hides nothing else", () => alert("front-down") !== undefined);
  assert.deepEqual(
    told().filter((line) => line.includes("db")),
    [],
  );
  await closeMaintenance(daemon.alerts, window, "wang");
  await until("the notice", () => told().some((line) => line.includes("fire [P1] db")));
  const trail = alert("db-down")!.trail.map(({ did }) => did);
  assert.deepEqual(trail.slice(0, 3), ["fired", "held", "released"]);
  assert.equal(daemon.alerts.desk().silences.get(window.id), undefined);
  await assert.rejects(openMaintenance(daemon.alerts, { ...change, services: [] }, now), { code: "SILENCE-ALL" });
});
