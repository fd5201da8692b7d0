import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run as dispatch } from "../src/cli/dispatch.ts";
import { closeMaintenance, openMaintenance } from "../src/engine/alerts/maintenance.ts";
import { matcherText } from "../src/model/silence.ts";
import { systemClock } from "../src/model/time.ts";
import { bookFolder, serving, until } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { worldIn } from "./kit/world.ts";
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
  const [window] = await openMaintenance(daemon.alerts, change, now);
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
  await closeMaintenance(daemon.alerts, window!, "wang");
  await until("the notice", () => told().some((line) => line.includes("fire [P1] db")));
  const trail = alert("db-down")!.trail.map(({ did }) => did);
  assert.deepEqual(trail.slice(0, 3), ["fired", "held", "released"]);
  assert.equal(daemon.alerts.desk().silences.get(window!.id), undefined);
  await assert.rejects(openMaintenance(daemon.alerts, { ...change, services: [] }, now), { code: "SILENCE-ALL" });
});

/** Runbooks whose step goes on until a file is there: one that changes the service, one that only looks. */
const working = (db: string, hook: string, place: string): string => `title: Shop
lang: en
zone: UTC
services: { db: { title: Database, automation: auto } }
environments: { staging: {}, prod: {} }
targets:
  here: { kind: local, environment: prod, env: { WATCHBOOK_STATE: ${place}/prod } }
  there: { kind: local, environment: staging, env: { WATCHBOOK_STATE: ${place}/staging } }
checks: { db-up: { kind: http, title: db, service: db, target: here, params: { url: "${db}" } } }
rules: { db-down: { check: db-up, severity: P1, down: true } }
severities: { P1: { scale: alert, channels: [hook] } }
channels: { hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] } }
runbooks:
  SOP-01:
    service: db
    steps: { change: { kind: shell, risk: write, with: { script: "while [ ! -s ${place}/go ]; do sleep 0.05; done; exit $(cat ${place}/go)" } } }
  SOP-02:
    service: db
    lock: look
    steps: { look: { kind: shell, risk: read, with: { script: "while [ ! -s ${place}/go ]; do sleep 0.05; done" } } }
`;
const STEPS = ["change", "look"].map(
  (name, n) =>
    `## SOP-0${n + 1}: Deploy ${name}\n\n1. Do it {#${name}}\n\n   \`\`\`bash {"name":"${name}"}\n   true\n   \`\`\`\n`,
);

test("a run that changes a service keeps its alerts quiet where it works, as long as it works, and says so", async (t) => {
  const [db, hook] = await Promise.all([receiver(t), receiver(t)]);
  const place = folder(t);
  const yaml = working(db.url, hook.url, place);
  const root = bookFolder(t, { "watchbook.yaml": yaml, "sop.md": `# Procedures\n\n${STEPS.join("\n")}` });
  const every = { checks: 100, book: 50, calendar: 50, alerts: 50 };
  const { daemon } = await serving(t, root, { every, clock: systemClock });
  const { runs, alerts } = daemon;
  const alert = () => alerts.desk().open.get("db-down@here");
  const windows = () => [...alerts.desk().silences.values()];
  const begin = (runbook: string, environment: string) =>
    runs.begin({ runbook, environment, params: {} }, { by: "wang", reason: "" });
  const ended = async (run: string) => (await runs.settled(run)).record.state;
  const go = (code: string) => writeFileSync(join(place, "go"), code);
  await until("the first reading", () => daemon.checks()[0]?.reading?.outcome === "pass");

  // What only looks, and what works in another place, hides nothing.
  const others = [(await begin("SOP-02", "prod")).record.id, (await begin("SOP-01", "staging")).record.id];
  for (const run of others)
    await until("the step", async () => (await runs.now(run)).view.tasks.some(({ attempts }) => attempts > 0));
  const run = (await begin("SOP-01", "prod")).record.id;
  const window = await until("the window", () => windows()[0]);
  assert.deepEqual([windows().length, window.kind, window.run, window.by], [1, "maintenance", run, "wang"]);
  assert.deepEqual(window.matchers.map(matcherText), ["service=~db", "target=~here"]);
  db.state.status = 503;
  await until("the held alert", () => alert()?.hold?.by === "silence");
  assert.deepEqual(hook.got, []);
  const world = worldIn(root);
  await dispatch(["why", alert()!.id, "--lang", "en"], world);
  assert.match(
    world.said.stdout,
    new RegExp(`maintenance, for a run of wang changes the service: ${run}: .*Deploy change`),
  );

  // It ends badly: whoever is on call hears at once of what still fires.
  go("3");
  assert.equal(await ended(run), "failed");
  await until("the notice", () => hook.got.some(({ event }) => event === "fire"));
  const shown = (await runs.show(run)).windows;
  assert.deepEqual(
    shown.map(({ id, ended: closed }) => [id, closed?.by]),
    [[window.id, "watchbook"]],
  );
  await Promise.all(others.map(ended));

  // It ends well: quiet until the service has been looked at again.
  rmSync(join(place, "go"));
  db.state.status = 200;
  await until("the end", () => alert() === undefined);
  const again = (await begin("SOP-01", "prod")).record.id;
  const lease = await until("its window", () => windows().find((one) => one.run === again));
  go("0");
  assert.equal(await ended(again), "done");
  const last = await until("an earlier end", async () => {
    const [one] = (await runs.show(again)).windows;
    return one !== undefined && one.ends < lease.ends && one;
  });
  assert.deepEqual([last.ends, last.ended], [(await runs.now(again)).record.ended! + 60_000, undefined]);

  // Whoever ends the window wants to be told: it is not opened again.
  rmSync(join(place, "go"));
  const third = (await begin("SOP-01", "prod")).record.id;
  const mine = await until("the third window", () => windows().find((one) => one.run === third));
  await alerts.say({ kind: "unsilence", silence: mine.id, by: "li" });
  await alerts.say({ kind: "unsilence", silence: last.id, by: "li" });
  db.state.status = 503;
  const before = hook.got.length;
  await until("the notice in the run", () => hook.got.slice(before).some(({ event }) => event === "fire"));
  assert.equal((await runs.now(third)).record.state, "running");
  go("0");
  assert.equal(await ended(third), "done");
});
