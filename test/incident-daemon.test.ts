import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { withIncidents } from "../src/engine/incidents/freeze.ts";
import { weekCard } from "../src/engine/week.ts";
import { frozenAt, type Freeze } from "../src/model/freeze.ts";
import { systemClock } from "../src/model/time.ts";
import { ask, bookFolder, serving, until } from "./kit/daemon.ts";
import { receiver } from "./kit/receiver.ts";

const book = (target: string, hook: string): string => `title: Shop
lang: en
zone: Asia/Shanghai
services:
  shop: { title: Shop }
people:
  wei: { name: Wei }
checks:
  front:
    kind: http
    title: The shop answers
    service: shop
    params: { url: "${target}" }
rules:
  shop-down: { check: front, severity: critical }
severities:
  critical: { scale: alert, channels: [hook] }
  P0: { scale: incident, respond: 15m, resolve: 2h }
incidents:
  priorities: { critical: P0 }
  channels: [hook]
  room: "https://meet.example/{incident}"
  recurring: { count: 2 }
  page: {}
channels:
  hook: { kind: webhook, url: "${hook}", allow: ["127.0.0.1"] }
`;

const every = { checks: 100, book: 50, calendar: 50, alerts: 50, incidents: 50 };

async function shop(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const [target, hook] = [await receiver(t), await receiver(t)];
  const root = bookFolder(t, { "watchbook.yaml": book(target.url, hook.url), ...files });
  const first = await serving(t, root, { every, clock: systemClock });
  const post = async (path: string, body: object, { socket } = first) => {
    const text = JSON.stringify(body);
    const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) };
    return ask({ socket }, path, { method: "POST", headers, body: text });
  };
  return { root, target, hook, first, post };
}

type Entry = { readonly kind: string };

test("an alert becomes an incident: told, taken across a restart, not over while the path is red, over when it is green [M-044 K-070]", async (t) => {
  const symptoms = `# Faults

| Symptom | Where to look | What to do |
| --- | --- | --- |
| 503 Service Unavailable | nginx error log | start the backend |
| Upload fails | nginx: client_max_body_size | raise it |
`;
  const { root, target, hook, first, post } = await shop(t, { "faults.md": symptoms });
  await until("a reading", () => first.daemon.checks().some(({ reading }) => reading?.outcome === "pass"));
  target.state.status = 503;
  const alert = await until("the alert", () => [...first.daemon.alerts.desk().open.values()][0]);
  const made = await post("/api/v1/incidents", { alert: alert.id.slice(0, 6), by: "wei" });
  assert.equal(made.status, 201, made.text);
  const { id } = made.json;
  assert.match(id, /^inc-\d{8}-01$/);
  assert.equal(made.json.priority, "P0");
  assert.equal(made.json.since, alert.started);
  // The row about the status that the check got is offered.
  assert.deepEqual(
    made.json.offers.map(({ title, look }: Record<string, string>) => [title, look]),
    [["503 Service Unavailable", "nginx error log"]],
  );
  assert.equal((await post("/api/v1/incidents", { alert: alert.id, by: "wei" })).json.code, "INCIDENT-HAS");
  const told = await until("the notice", () => hook.got.find(({ title }) => title.includes(id)));
  assert.equal(told.title, `[P0] Incident ${id}: The shop answers`);
  assert.deepEqual(told.links, [{ text: "room", url: `https://meet.example/${id}` }]);
  // The first thing that is done is to look whether users are hit.
  await until("the path is confirmed", async () => {
    const now = (await ask(first.url, `/api/v1/incidents/${id}`)).json;
    return now.state === "open" && now.path.state === "red";
  });
  const unread = await ask(first.url, "/api/v1/incidents");
  assert.deepEqual(
    unread.json.incidents[0].timeline.map(({ kind }: Entry) => kind),
    ["alert-fired", "declared", "path"],
  );
  const deeds = `/api/v1/incidents/${id}/actions`;
  assert.equal((await ask(first.url, deeds, { method: "POST" })).status, 401);
  await first[Symbol.asyncDispose]();

  const second = await serving(t, root, { every, clock: systemClock });
  const manual = await ask(second.url, "/api/v1/manual/document?file=ops.md");
  assert.equal(manual.status, 200, "the manual is readable after a restart");
  const act = (body: object) => post(deeds, { by: "wei", ...body }, second);
  assert.equal((await act({ do: "ack" })).status, 200);
  assert.equal((await act({ do: "note", text: "restarting nginx" })).status, 200);
  const red = await act({ do: "resolve", text: "restarted" });
  assert.equal(red.status, 409, red.text);
  assert.equal(red.json.code, "INCIDENT-PATH-RED");
  assert.equal(red.json.exit, 3);
  target.state.status = 200;
  await until("the alert is over", () => second.daemon.alerts.desk().open.size === 0);
  const green = await act({ do: "resolve", text: "restarted" });
  assert.equal(green.status, 200, green.text);
  assert.equal(green.json.state, "resolved");
  assert.deepEqual(
    green.json.clocks.map(({ state }: { readonly state: string }) => state),
    ["kept", "kept"],
  );
  const kinds = green.json.timeline.map(({ kind }: Entry) => kind);
  for (const kind of ["acknowledged", "note", "alert-cleared", "path", "resolved"])
    assert.ok(kinds.includes(kind), kind);
  assert.equal(kinds.filter((kind: string) => kind === "alert-fired").length, 1);
  await until("the end is told", () => hook.got.some(({ title }) => title === `[P0] Over: ${id}: The shop answers`));
  const review = async () => (await ask(second.url, `/api/v1/incidents/${id}/review`)).json;
  const written = await review();
  assert.equal(written.file, null);
  assert.match(written.text, /# .*inc-\d{8}-01/);
  assert.match(written.text, /## Causes/);
  writeFileSync(join(root, "review.md"), `${written.text}\nThe cable <b>fell</b> out.\n`);
  const lies = await until("the review in the manual", async () => {
    const found = await review();
    return found.file === null ? undefined : found;
  });
  assert.equal(lies.file, "review.md");
  assert.match(lies.text, /The cable <b>fell<\/b> out\.\n$/);
  const events = hook.got.filter(({ group }) => group === id).map(({ event }) => event);
  assert.deepEqual(events, ["fire", "acknowledge", "resolve"]);
});

test("what comes back becomes a problem by its signature, and is closed only with proof [H-108]", async (t) => {
  const symptoms = "# When\n\n| Symptom | Where to look |\n| --- | --- |\n| The shop is slow | top |\n";
  const { post, first } = await shop(t, { "symptoms.md": symptoms });
  const one = { symptom: undefined, title: "Uploads fail", priority: "P0", by: "wei" };
  for (const _ of [1, 2]) assert.equal((await post("/api/v1/incidents", one)).status, 201);
  assert.deepEqual(
    (await ask(first.url, "/api/v1/problems")).json.problems,
    [],
    "by hand: nothing says that it is the same",
  );
  const { incidents } = first.daemon;
  const { store } = first.daemon.house;
  const alert = {
    ...{ id: "0000000001", key: "shop-down@local", rule: "shop-down", title: "The shop answers", metric: "front" },
    ...{ check: "front", target: "local", service: "shop", severity: "critical", form: "compare" as const, down: true },
    ...{ started: systemClock.wall() - 1_000, ended: systemClock.wall(), trail: [] },
  } as const;
  for (const id of ["0000000001", "0000000002", "0000000003"]) {
    await store.commit([{ kind: "desk.put", of: "alert", record: { ...alert, id } }]);
    await incidents.act("wei", { do: "open", alert: id, title: `Outage ${id}` });
  }
  const [problem] = (await ask(first.url, "/api/v1/problems")).json.problems;
  assert.equal(problem.state, "proposed");
  assert.equal(problem.incidents.length, 3);
  assert.deepEqual([problem.service, problem.rule], ["shop", "shop-down"]);
  const path = `/api/v1/problems/${problem.id}/actions`;
  const page = async () => (await ask(first.url, `/api/v1/problems/${problem.id}`)).json;
  const before = await page();
  assert.deepEqual([before.proposal, before.lacks.code], [null, "PROBLEM-NOTHING"]);
  assert.equal((await post(path, { do: "workaround", text: "restart it", by: "wei" })).json.state, "known");
  const action = { do: "action", text: "raise the limit", owner: "wei", due: "2026-12-01", by: "wei" };
  await post(`/api/v1/incidents/${problem.incidents[0]}/actions`, action);
  const after = await page();
  assert.match(after.proposal.patch, /^\+\| Outage 0{9}\d \| restart it \|$/m);
  assert.deepEqual(after.proposal.source, { file: "symptoms.md", line: 5 });
  assert.deepEqual(after.joined.map(({ id }: { readonly id: string }) => id).toSorted(), problem.incidents);
  assert.deepEqual(
    after.actions.map(({ incident, owner, due }: Record<string, string>) => [incident, owner, due]),
    [[problem.incidents[0], "wei", "2026-12-01"]],
  );
  const shown = await ask(first.url, `/api/v1/incidents/${problem.incidents[2]}`);
  assert.deepEqual(shown.json.workaround, { problem: problem.id, text: "restart it" });
  assert.equal((await post(path, { do: "close", fix: " ", proof: "x", by: "wei" })).json.code, "PROBLEM-UNPROVEN");
  assert.equal((await post(path, { do: "close", fix: "2.4.1", proof: "run 8f3c", by: "wei" })).json.state, "closed");
  assert.equal((await post(path, { do: "note", text: "x", by: "wei" })).status, 404);
});

test("the status page shows to everybody what was published, as text, and nothing else", async (t) => {
  const { post, first } = await shop(t);
  const { id } = (await post("/api/v1/incidents", { title: "db-7 leaks", priority: "P0", by: "wei" })).json;
  const empty = await ask(first.url, "/status");
  assert.equal(empty.status, 200);
  assert.match(empty.text, /No incident is known\./);
  const text = "Checkout fails <script>alert(1)</script>";
  await post(`/api/v1/incidents/${id}/actions`, { do: "note", text: "secret note", by: "wei" });
  await post(`/api/v1/incidents/${id}/actions`, { do: "publish", state: "investigating", text, by: "wei" });
  const page = await ask(first.url, "/status");
  assert.match(page.text, /Checkout fails &lt;script&gt;/);
  assert.doesNotMatch(page.text, /db-7|wei|secret note|<script>/);
  assert.match(String(page.headers["content-security-policy"]), /^default-src 'none'; style-src 'sha256-[^']+'; /);
  const json = (await ask(first.url, "/status.json")).json;
  assert.equal(json.state, "going-on");
  assert.deepEqual(
    json.incidents.map(({ updates }: { readonly updates: readonly object[] }) =>
      updates.map((one) => Object.keys(one)),
    ),
    [[["at", "state", "text"]]],
  );
  const back = { do: "retract", update: 1, reason: "it was another shop", by: "wei" };
  const taken = await post(`/api/v1/incidents/${id}/actions`, back);
  assert.equal(taken.json.published[0].retracted.reason, "it was another shop");
  assert.deepEqual((await ask(first.url, "/status.json")).json.incidents, []);
  assert.equal((await post(`/api/v1/incidents/${id}/actions`, back)).json.code, "INCIDENT-UPDATE");
  const other = await serving(t, bookFolder(t));
  assert.equal((await ask(other.url, "/status.json")).status, 404);
});

test("a red alert of the week without an incident fails it, until somebody says that it was none [M-066]", async (t) => {
  const { first, post } = await shop(t);
  const { house } = first.daemon;
  const at = house.clock.wall();
  const alert = {
    ...{ id: "0000000009", key: "shop-down@local", rule: "shop-down", title: "The shop answers", metric: "front" },
    ...{ check: "front", target: "local", service: "shop", severity: "critical", form: "compare" as const, down: true },
    ...{ started: at - 86_400_000, ended: at - 80_000_000, trail: [] },
  };
  const incidents = async () => {
    const card = await weekCard(house.store, first.daemon.book().open.book, at);
    return card.figures.find(({ id }) => id === "incidents");
  };
  assert.deepEqual(await incidents(), { id: "incidents", value: 0, of: 0, wanted: true });
  await house.store.commit([{ kind: "desk.put", of: "alert", record: alert }]);
  assert.deepEqual(await incidents(), { id: "incidents", value: 0, of: 1, wanted: false });
  const path = `/api/v1/alerts/${alert.id}/dismissal`;
  assert.equal((await post(path, { reason: " ", by: "wei" })).json.code, "INCIDENT-TEXT");
  assert.equal((await post(path, { reason: "a test of the rule", by: "wei" })).status, 200);
  assert.deepEqual(await incidents(), { id: "incidents", value: 1, of: 1, wanted: true });
});

test("while an incident goes on no drill begins; one of a drill holds nothing up", async (t) => {
  const { first, post } = await shop(t);
  const { store } = first.daemon.house;
  const plan = { drill: {}, steps: [] } as never;
  const frozen = async () =>
    ((await withIncidents(store, plan, "Asia/Shanghai")) as { freezes?: readonly Freeze[] }).freezes ?? [];
  await post("/api/v1/incidents", { title: "drill", priority: "P0", simulated: true, by: "wei" });
  assert.deepEqual(await frozen(), []);
  const { id } = (await post("/api/v1/incidents", { title: "slow", priority: "P0", by: "wei" })).json;
  assert.equal(frozenAt(await frozen(), systemClock.wall())?.incident, id);
  const other = await withIncidents(store, { steps: [] } as never, "UTC");
  assert.deepEqual(other, { steps: [] });
});
