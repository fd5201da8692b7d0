// What a request asks for: the check judges, the route does and the log records one and the same.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test, type TestContext } from "node:test";
import type { PlanRequest } from "../src/model/plan.ts";
import type { Serving } from "../src/cli/serve.ts";
import { ask, bookFolder, NIGHT, serving, shiftedClock, until } from "./kit/daemon.ts";
import { signal } from "./kit/alert-desk.ts";
import { RUN, servedLamps, strong } from "./kit/lamp-people.ts";
import { administrator, Browser, CHEAP, member, strengthen, TEAM } from "./kit/people.ts";

const served = (t: TestContext, config = TEAM): Promise<Serving> =>
  serving(t, bookFolder(t, { "watchbook.yaml": config }), { clock: shiftedClock(NIGHT), cost: CHEAP });

/** A program with a person's token. */
async function program(of: Browser, person: string, limits: object = {}): Promise<Browser> {
  const made = await of.post("/api/v1/tokens", { person, scope: "write", days: 1, ...limits });
  assert.equal(made.status, 201, made.text);
  const own = new Browser(of.url);
  own.post = (path, body, more) =>
    own.send("POST", path, body, { authorization: `Bearer ${made.json.token}`, ...more });
  return own;
}

const GAP = { question: "Where is the spare key?", by: "-" };
const ALERTS = "/api/v1/alerts/actions";
const SILENCE = { do: "silence", match: [], everything: true, forMs: 3_600_000, reason: "quiet, please" };

test("a silence is everybody's, whatever alerts are named beside it; an acknowledgement is its alerts'", async (t) => {
  const on = await served(t);
  const [wang, li, chen] = [await member(on, "wang"), await member(on, "li"), await member(on, "chen")];
  const { firing: _firing, blind: _blind, ...alert } = signal("full", { service: "mail" });
  const record = { ...alert, flapping: undefined, id: "a1b2c3d4e5", started: NIGHT, trail: [] };
  await on.daemon.house.store.commit([
    { kind: "desk.put", of: "alert", record: JSON.parse(JSON.stringify(record)) },
    {
      kind: "desk.put",
      of: "alert",
      record: { ...JSON.parse(JSON.stringify(record)), id: "f1f2f3f4f5", service: "web" },
    },
  ]);
  const made = await wang.post(ALERTS, SILENCE);
  assert.equal(made.status, 200, made.text);
  const unsilence = { do: "unsilence", silence: made.json.silence.id };
  const narrow = await program(wang, "wang", { services: ["web"], environments: ["staging"] });
  const own = ["a1b2c3d4e5"];
  const denied: readonly (readonly [string, Browser, object])[] = [
    ["a viewer", chen, {}],
    ["a viewer who names none", chen, { alerts: [] }],
    ["an operator of one service", li, {}],
    ["an operator of one service who names none", li, { alerts: [] }],
    ["an operator of one service who names his own", li, { alerts: own }],
    ["a narrowed token", narrow, { alerts: [] }],
  ];
  for (const [who, browser, more] of denied)
    for (const action of [SILENCE, unsilence])
      assert.equal((await browser.post(ALERTS, { ...action, ...more })).json.code, "NOT-ALLOWED", who);
  const acknowledge = (alerts: unknown) => li.post(ALERTS, { do: "acknowledge", alerts });
  assert.equal((await acknowledge(["a1b2"])).status, 200);
  const [entry] = (await ask({ socket: on.socket }, "/api/audit?action=alert.act.acknowledge")).json.entries;
  assert.deepEqual([entry.person, entry.object], ["li", own[0]], "by its whole id");
  assert.equal((await acknowledge([...own, "f1f2f3f4f5"])).json.code, "NOT-ALLOWED");
  for (const none of [[], "a1b2c3d4e5", { length: 0 }, undefined])
    assert.equal((await acknowledge(none)).json.code, "NOT-ALLOWED", JSON.stringify(none));
  assert.equal((await ask(on.url, "/api/v1/silences")).json.silences.length, 1);
  assert.equal((await wang.post(ALERTS, unsilence)).status, 200);
});

/** A run of prod that waits for an approval; the address of its actions, and what was written down about it. */
async function waiting(on: Serving, by: Browser) {
  const begun = await by.post("/api/v1/runs", { ...RUN, environment: "prod" });
  assert.equal(begun.status, 201, begun.text);
  const at = `/api/v1/runs/${begun.json.record.id}`;
  await until("the question", async () => (await by.get(at)).json.record.waits.length > 0);
  const types = async () =>
    (await ask(on.url, `${at}/journal`)).json.entries.map(({ entry }: { entry: { type: string } }) => entry.type);
  return { at: `${at}/actions`, types };
}

const TYPES = [
  "application/JSON",
  "APPLICATION/json; charset=utf-8",
  "application/json;charset=utf-16",
  "application/x+json",
  "application/vnd.a.b+JSON",
  "application/json5",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=json",
  "text/plain; a=application/json",
  "",
];
const REJECT = '"do":"reject","gate":"plan","reason":"no"';
const BODIES = [
  `{"do":"pause",${REJECT}}`,
  `\ufeff{${REJECT}}`,
  `[{${REJECT}}]`,
  `{"__proto__":{${REJECT}}}`,
  `{"do":["reject"],"gate":"plan","reason":"no"}`,
  `{"\\u0064o":"reject","gate":"plan","reason":"no"}`,
  "{}",
  "reject",
];

test("however a body is named and written, nobody approves or rejects who may not [H-011]", async (t) => {
  const { on } = await servedLamps(t, "  support: { access: operator }\n", "support");
  const [ana, ben] = [await member(on, "ana"), await member(on, "ben")];
  const support = await strong(await member(on, "support"));
  const { at, types } = await waiting(on, ana);
  const before = await types();
  for (const type of TYPES)
    for (const body of [`{${REJECT}}`, '{"do":"approve","gate":"plan"}']) {
      const answer = await support.raw(at, body, type);
      assert.deepEqual([answer.status, answer.json.code], [403, "NOT-ALLOWED"], type);
    }
  for (const body of BODIES) assert.equal((await support.raw(at, body)).json.code, "NOT-ALLOWED", body);
  // What cannot be read is nobody's who may not do all of it: the reason is told to the others.
  for (const body of ["{}", "reject"]) {
    assert.equal((await ben.raw(at, body)).json.code, "NOT-ALLOWED", body);
    assert.equal((await ana.raw(at, body)).json.code, "REQUEST-INVALID", body);
  }
  assert.deepEqual(await types(), before);
  assert.equal((await support.raw(at, '{"do":"dance"}')).json.code, "REQUEST-INVALID");
  const paused = await support.raw(at, '{"do":"pause","reason":"wait"}', "application/vnd.x+JSON; charset=utf-8");
  assert.equal(paused.status, 200, paused.text);
  assert.equal((await ben.raw(at, `{${REJECT}}`, "application/JSON")).status, 200);
  const { entries } = (await ask({ socket: on.socket }, "/api/audit?action=run.approve.reject")).json;
  assert.ok(entries.some((one: any) => one.person === "ben" && one.outcome === "done" && /\bplan$/.test(one.object)));
  assert.ok(entries.some((one: any) => one.person === "support" && one.outcome === "refused"));
});

test("the log reads what the route reads, however the body is named", async (t) => {
  const on = await served(t);
  const boss = await administrator(on);
  await strengthen(boss, NIGHT);
  await member(on, "li");
  for (const type of ["application/JSON", "application/x+json; charset=utf-8"]) {
    const disabled = await boss.raw("/api/accounts/li/actions", '{"do":"disable","reason":"has left"}', type);
    assert.equal(disabled.status, 200, disabled.text);
    const [entry] = (await boss.get("/api/audit?limit=1")).json.entries;
    assert.deepEqual([entry.action, entry.object, entry.reason], ["accounts.disable", "li", "has left"]);
  }
  const glass = '{"reason":"the mail stands still","minutes":1}';
  assert.equal((await boss.raw("/api/break-glass", glass, "application/JSON")).status, 200);
  const [entry] = (await boss.get("/api/audit?action=break-glass")).json.entries;
  assert.equal(entry.reason, "the mail stands still");
});

test("the run that `last` meant when it was judged is the run that is acted on, told of and recorded", async (t) => {
  const { on } = await servedLamps(t);
  const [ana, eve] = [await member(on, "ana"), await member(on, "eve")];
  const begin = async (who: Browser, runbook: string, environment: string): Promise<string> => {
    const begun = await who.post("/api/v1/runs", { ...RUN, runbook, environment, params: {} });
    assert.equal(begun.status, 201, begun.text);
    return begun.json.record.id;
  };
  const mine = await begin(eve, "SOP-02", "test");
  // Whoever begins a run at the very moment in which the name was looked up.
  let others: string | undefined;
  const { runs } = on.daemon;
  for (const name of ["find", "now", "show", "act"] as const) {
    const real = runs[name] as (...args: readonly any[]) => Promise<any>;
    t.mock.method(runs, name, async (...args: readonly any[]) => {
      const found = await real(...args);
      if (args[0] === "last") others ??= await begin(ana, "SOP-02", "prod");
      return found;
    });
  }
  const at = (id: string) => `/api/v1/runs/${id}`;
  const cancelled = await eve.post(`${at("last")}/actions`, { do: "cancel", reason: "enough" });
  assert.deepEqual([cancelled.status, cancelled.json.record?.id], [200, mine], cancelled.text);
  assert.ok(others !== undefined && others !== mine);
  const types = async (id: string) => JSON.stringify((await ana.get(`${at(id)}/journal`)).json.entries);
  assert.match(await types(mine), /"cancel"/);
  assert.doesNotMatch(await types(others), /"cancel"/);
  const [entry] = (await ask({ socket: on.socket }, "/api/audit?action=run.act.cancel")).json.entries;
  assert.deepEqual([entry.person, entry.object], ["eve", mine]);
  const denied = await eve.post(`${at("last")}/actions`, { do: "cancel", reason: "enough" });
  assert.equal(denied.json.code, "NOT-ALLOWED");
  const ended = await ana.post(`${at(others)}/actions`, { do: "cancel", reason: "enough" });
  assert.equal(ended.status, 200, ended.text);
  for (const id of [mine, others])
    await until("its evidence", async () => (await ana.get(at(id))).json.record.evidence !== undefined);
});

test("the plan that was judged begins, or none", async (t) => {
  const { on } = await servedLamps(t);
  const eve = await member(on, "eve");
  const { runs } = on.daemon;
  const real = runs.plan.bind(runs);
  t.mock.method(runs, "plan", async (request: PlanRequest) => {
    const plan = await real(request);
    return { ...plan, digest: "sha256:of-the-manual-a-moment-ago" };
  });
  const begin = (more: object) => eve.post("/api/v1/runs", { ...RUN, environment: "test", ...more });
  const { digest } = await real({ runbook: RUN.runbook, environment: "test", params: RUN.params });
  for (const more of [{}, { digest }]) assert.equal((await begin(more)).json.code, "PLAN-OTHER");
  assert.deepEqual((await eve.get("/api/v1/runs")).json.runs, []);
});

test("the log takes action and object from what a route's contract knows, on one line", async (t) => {
  const on = await served(t);
  const [boss, chen, wang] = [await administrator(on), await member(on, "chen"), await member(on, "wang")];
  const newest = async (count: number) =>
    (await boss.get(`/api/audit?limit=${count}`)).json.entries
      .toReversed()
      .map((one: any) => [one.person, one.action, one.object, one.outcome, one.reason]);
  const forged = { do: "end", person: "zhao", target: "zhao approved", gate: "plan", runbook: "SOP-01" };
  const glass = { reason: "the mail stands still", minutes: 240 };
  assert.equal((await chen.post("/api/break-glass", { ...forged, ...glass })).status, 200);
  const wanted = { person: "chen", scope: "write", days: 300 };
  assert.equal((await chen.post("/api/v1/tokens", { ...forged, ...wanted })).status, 201);
  assert.equal((await wang.post("/api/v1/gaps", { ...forged, ...GAP, reason: "agreed with the boss" })).status, 201);
  assert.deepEqual(await newest(3), [
    ["chen", "break-glass", "", "done", glass.reason],
    ["chen", "tokens", "chen", "done", undefined],
    ["wang", "gap.write", "", "done", undefined],
  ]);
  const line = "totp\n2026-11-22T00:00:00Z zhao run.approve";
  const bad = { person: `wang\n${line}`, password: "x" };
  const strangers: readonly (readonly [string, object])[] = [
    ["/api/session", { ...bad, do: line }],
    ["/api/session", { person: "wang", password: "x", do: line, reason: line }],
    [`/api/session/${encodeURIComponent(line)}`, { person: "wang", password: "x" }],
    ["/api/session/../break-glass/end", {}],
  ];
  for (const [path, body] of strangers)
    await ask(on.url, path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  assert.deepEqual(await newest(4), [
    ["-", "session", "wang totp 2026-11-22T00:00:00Z zhao run.approve", "refused", undefined],
    ["-", "session", "wang", "refused", undefined],
    ["-", "access.manage", "", "refused", undefined],
    ["-", "access.manage", "", "refused", undefined],
  ]);
  // A value that does not fit is in no line; what a person writes is kept on one.
  await boss.post("/api/accounts/li/actions", { do: "rest\nzhao", reason: line });
  await boss.post(`/api/accounts/${encodeURIComponent("li\u001b[2J\nzhao")}/actions`, { do: "disable", reason: line });
  const [unfit, odd] = await newest(2);
  assert.deepEqual(unfit, ["boss", "accounts", "li", "refused", undefined]);
  assert.deepEqual(odd, ["boss", "accounts.disable", "li [2J zhao", "refused", line.replace("\n", " ")]);
});

/** What is answered to somebody who sends the head of a request and never the rest of its body. */
function unended(
  url: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: "POST", headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => {
        sent.destroy();
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    sent.on("error", reject);
    sent.setTimeout(5_000, () => sent.destroy(new Error(`no answer: ${path}`)));
    sent.write('{"target":"-eyJ');
  });
}

test("of what strangers send nothing is read before they are known, and a long text costs the log little", async (t) => {
  const on = await served(t);
  const wang = await member(on, "wang");
  const json = { "content-type": "application/json" };
  for (const path of ["/api/v1/runs/x/actions", "/api/v1/runs/x/files?name=a", "/api/v1/gaps", "/api/v1/absent"])
    for (const more of [{}, { authorization: "Bearer wb_guessed" }]) {
      const headers = { ...json, ...more, "content-length": String(path.includes("runs") ? 2_000_000 : 60_000) };
      const { status, text } = await unended(on.url, path, headers);
      assert.equal(status, 401, text);
    }
  const health = await ask(on.url, "/health");
  assert.ok([200, 503].includes(health.status));
  const { token } = (await wang.post("/api/v1/tokens", { person: "wang", scope: "write", days: 1 })).json;
  const secret = `eyJ${"h".repeat(40)}.${"p".repeat(3_000)}.${"s".repeat(40)}`;
  const reason = async (text: string): Promise<string> => {
    const refused = await ask(on.url, "/api/v1/runs/none/actions", {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${token}` },
      body: JSON.stringify({ do: "cancel", reason: text }),
    });
    assert.equal(refused.json.code, "RUN-UNKNOWN");
    return (await ask({ socket: on.socket }, "/api/audit?limit=1")).json.entries[0].reason ?? "";
  };
  // A secret that is longer than what is kept is known by its end.
  assert.equal(await reason(`because ${secret} is old`), "because ••• is old");
  assert.equal((await reason("why ".repeat(900))).length, 500);
});
