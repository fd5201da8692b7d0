// What the server refuses whoever may not, and what pages of others make a browser send; and what is recorded of it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { brokenAt } from "../src/engine/access/audit.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Serving } from "../src/cli/serve.ts";
import { readConfig } from "../src/book/config/read.ts";
import { ask, bookFolder, listen, NIGHT, serving, shiftedClock, until } from "./kit/daemon.ts";
import { administrator, Browser, CHEAP, member, TEAM } from "./kit/people.ts";

const served = (t: TestContext, config = TEAM): Promise<Serving> =>
  serving(t, bookFolder(t, { "watchbook.yaml": config }), { clock: shiftedClock(NIGHT), cost: CHEAP });

const GAP = { question: "Where is the spare key?", by: "-" };
const json = { "content-type": "application/json" };

test("roles decide over the console, each action by its own name, and the socket stays its user's", async (t) => {
  const on = await served(t);
  const [boss, wang, li, chen] = [
    await administrator(on),
    await member(on, "wang"),
    await member(on, "li"),
    await member(on, "chen"),
  ];
  const duty = `/api/v1/duties/${encodeURIComponent("daily-inspection")}/inspect`;
  const codes = async (browser: Browser) => [
    (await browser.get("/api/v1/status")).status,
    (await browser.post("/api/v1/gaps", GAP)).status,
    (await browser.post(duty, { by: "x" })).status,
    (await browser.get("/api/accounts")).status,
    (await browser.get("/api/audit")).status,
  ];
  assert.deepEqual(await codes(chen), [200, 403, 403, 403, 403]);
  assert.deepEqual(await codes(wang), [200, 201, 200, 403, 403]);
  // li operates mail alone; the duty belongs to no service.
  assert.deepEqual((await codes(li)).slice(2), [403, 403, 403]);
  assert.deepEqual(await codes(boss), [200, 201, 200, 200, 200]);
  const refused = (await chen.post(duty, { by: "x" })).json;
  assert.deepEqual(
    [refused.code, refused.args],
    ["NOT-ALLOWED", { action: "duty.do", roles: "operator, administrator" }],
  );
  const { entries } = (await boss.get("/api/audit?action=duty.do")).json;
  const told = entries.map((one: any) => [one.person, one.outcome, one.object, one.code]);
  assert.deepEqual(told.at(-1), ["chen", "refused", "daily-inspection", "NOT-ALLOWED"]);
  assert.ok(told.some(([person, outcome]: string[]) => person === "wang" && outcome === "done"));
});

test("a token reaches what its person may and its own limits allow, makes no other, and is revoked", async (t) => {
  const on = await served(t);
  const wang = await member(on, "wang");
  const make = (more: object) => wang.post("/api/v1/tokens", { person: "wang", scope: "write", days: 1, ...more });
  assert.equal((await wang.post("/api/v1/tokens", { person: "li", scope: "write" })).json.code, "TOKEN-OTHER");
  const whole = (await make({})).json;
  const narrow = (await make({ services: ["mail"] })).json;
  assert.deepEqual(narrow.services, ["mail"]);
  const gap = (token: string) =>
    ask(on.url, "/api/v1/gaps", {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${token}` },
      body: JSON.stringify(GAP),
    });
  assert.equal((await gap(whole.token)).status, 201);
  assert.equal((await gap(narrow.token)).json.code, "NOT-ALLOWED");
  assert.equal((await wang.get("/api/v1/tokens")).json.tokens.length, 2);
  assert.equal((await wang.end(`/api/v1/tokens/${whole.id}`)).status, 200);
  assert.equal((await gap(whole.token)).json.code, "TOKEN-UNKNOWN");
  assert.ok(!JSON.stringify((await wang.get("/api/v1/tokens")).json).includes("sha256"));
});

test("a token ends nothing but itself: no session, and no other token, whosever it is", async (t) => {
  const on = await served(t, TEAM.replace("  chen: {}\n", "  chen: {}\n  boss: { access: administrator }\n"));
  const [boss, wang] = [await administrator(on), await member(on, "wang")];
  const made = async (who: Browser, person: string, more: object = {}) =>
    (await who.post("/api/v1/tokens", { person, scope: "write", days: 1, ...more })).json;
  const narrow = await made(wang, "wang", { services: ["mail"], environments: ["staging"] });
  const other = await made(wang, "wang");
  const chief = await made(boss, "boss");
  const end = (token: string, path: string) =>
    ask(on.url, path, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
  const [session] = (await wang.get("/api/sessions")).json.sessions;
  for (const { token } of [narrow, other, chief]) {
    const refused = await end(token, `/api/sessions/${session.id}`);
    assert.deepEqual([refused.status, refused.json.code], [403, "TOKEN-ITSELF"]);
  }
  for (const { token } of [narrow, chief])
    assert.equal((await end(token, `/api/v1/tokens/${other.id}`)).json.code, "TOKEN-ITSELF");
  assert.equal((await wang.get("/api/session")).json.person.id, "wang");
  const list = async () => (await wang.get("/api/v1/tokens")).json.tokens.length;
  assert.equal(await list(), 2);
  assert.equal((await end(narrow.token, `/api/v1/tokens/${narrow.id}`)).status, 200);
  assert.equal((await end(narrow.token, `/api/v1/tokens/${narrow.id}`)).json.code, "TOKEN-UNKNOWN");
  assert.equal(await list(), 1);
  // Whoever is signed in, and an administrator, ends them as before.
  assert.equal((await boss.end(`/api/v1/tokens/${other.id}`)).status, 200);
  assert.equal((await wang.end(`/api/sessions/${session.id}`)).status, 200);
});

test("forms and scripts of other sites, stolen cookies and guessed tokens change nothing, and are recorded", async (t) => {
  const on = await served(t);
  const boss = await administrator(on);
  const wang = await member(on, "wang");
  const attacks: readonly (readonly [string, Record<string, string>, string])[] = [
    ["another site's script", { origin: "https://evil.example" }, "CSRF"],
    ["another site's form", { origin: "null", "sec-fetch-site": "cross-site" }, "CSRF"],
    ["a neighbour's page", { "sec-fetch-site": "same-site" }, "CSRF"],
    ["another port's page", { origin: "http://127.0.0.1:1" }, "CSRF"],
    ["without the session's word", { "x-watchbook-csrf": "" }, "CSRF"],
    ["with another session's word", { "x-watchbook-csrf": boss.csrf }, "CSRF"],
  ];
  for (const [what, headers, code] of attacks) {
    const answer = await wang.post("/api/v1/gaps", GAP, headers);
    assert.deepEqual([answer.status, answer.json.code], [403, code], what);
  }
  // To be signed in as somebody else unawares is an attack too.
  const signIn = { person: "wang", password: "x" };
  assert.equal((await wang.post("/api/session", signIn, { origin: "https://evil.example" })).json.code, "CSRF");
  const thief = wang.stolen();
  assert.equal((await thief.post("/api/v1/gaps", GAP)).json.code, "CSRF");
  await wang.end("/api/session");
  thief.csrf = wang.csrf;
  assert.equal((await thief.post("/api/v1/gaps", GAP)).json.code, "SIGN-IN");
  const guess = await ask(on.url, "/api/v1/gaps", {
    method: "POST",
    headers: { ...json, authorization: "Bearer wb_x" },
    body: "{}",
  });
  assert.equal(guess.json.code, "TOKEN-UNKNOWN");
  assert.equal((await boss.post("/api/v1/gaps", { ...GAP, question: "?".repeat(70_000) })).status, 413);
  assert.deepEqual((await boss.get("/api/v1/gaps")).json.gaps, []);
  for (const path of [
    "/../../etc/passwd",
    "/assets/..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/reports/..%2f..%2fwatchbook.yaml",
  ])
    assert.equal((await ask(on.url, path)).status, 404, path);
  const { entries } = (await boss.get("/api/audit")).json;
  const codes = new Set(entries.map((one: any) => one.code));
  for (const code of ["CSRF", "SIGN-IN", "TOKEN-UNKNOWN", "BODY-TOO-LARGE", "ROUTE-ABSENT"])
    assert.ok(codes.has(code), code);
});

test("what a proxy on this machine passes on is a stranger's, also on loopback; the declared name is served, others are not", async (t) => {
  const on = await served(t, `${TEAM}alerts: { url: "https://ops.example.org" }\n`);
  const { url } = on;
  assert.equal((await ask(url, "/api/v1/status")).status, 200);
  assert.equal((await ask(url, "/api/v1/status", { headers: { "x-forwarded-for": "203.0.113.9" } })).status, 401);
  const proxied = { host: "ops.example.org", "x-forwarded-for": "203.0.113.9" };
  assert.equal((await ask(url, "/api/v1/status", { headers: proxied })).status, 401);
  assert.equal((await ask(url, "/api/session", { headers: proxied })).json.readable, false);
  assert.equal((await ask(url, "/api/session", { headers: { host: "rebind.example" } })).json.code, "HOST-NOT-SERVED");
  await member(on, "wang");
  const body = JSON.stringify({ person: "wang", password: "correct horse battery staple" });
  const signed = await ask(url, "/api/session", {
    method: "POST",
    headers: { ...json, ...proxied, origin: "https://ops.example.org" },
    body,
  });
  assert.match(
    String(signed.headers["set-cookie"]),
    /^__Host-watchbook-[0-9a-f]{8}=.*; HttpOnly; Secure; SameSite=Strict$/,
  );
  assert.match(String(signed.headers["x-request-id"]), /^[0-9a-f-]{36}$/);
  const [entry] = (await ask({ socket: on.socket }, "/api/audit?action=session")).json.entries;
  assert.deepEqual([entry.address, entry.request], ["203.0.113.9", signed.headers["x-request-id"]]);
});

test("an address that is passed on is believed of a request for the declared name only, and never another program's word", async (t) => {
  const on = await served(t, `${TEAM}alerts: { url: "https://ops.example.org" }\n`);
  let asked = 0;
  const wrong = (more: Record<string, string>): Promise<number> => {
    asked += 1;
    const headers = { ...json, "x-forwarded-for": `198.51.100.${asked}`, ...more };
    const body = JSON.stringify({ person: `person-${asked}`, password: "a guess" });
    return ask(on.url, "/api/session", { method: "POST", headers, body }).then(({ status }) => status);
  };
  const tries: number[] = [];
  for (let n = 0; n < 14; n += 1) tries.push(await wrong({}));
  assert.deepEqual([tries[0], tries.at(-1)], [401, 429], tries.join(" "));
  for (let n = 0; n < 14; n += 1)
    assert.equal(await wrong({ host: "ops.example.org" }), 401, "as many as come by the proxy");
  const { entries } = (await ask({ socket: on.socket }, "/api/audit?limit=100")).json;
  const addresses = new Set(entries.map(({ address }: { address: string }) => address));
  assert.ok(addresses.has("127.0.0.1") && !addresses.has("198.51.100.1") && addresses.has("198.51.100.28"));
  // Without a declared name nothing in front is expected; it is a stranger's request all the same.
  const bare = await served(t);
  const forwarded = { "x-forwarded-for": "198.51.100.77" };
  assert.equal((await ask(bare.url, "/api/v1/status", { headers: forwarded })).status, 401);
  await ask(bare.url, "/api/v1/status", { headers: { ...forwarded, authorization: "Bearer wb_x" } });
  const [entry] = (await ask({ socket: bare.socket }, "/api/audit?limit=1")).json.entries;
  assert.deepEqual([entry.code, entry.address], ["TOKEN-UNKNOWN", "127.0.0.1"]);
});

test("the audit log keeps no secret, floods get one line with their number, and a changed line is found", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": TEAM });
  const clock = shiftedClock(NIGHT);
  const on = await serving(t, root, { clock, cost: CHEAP });
  const boss = await administrator(on);
  for (let tries = 0; tries < 40; tries += 1)
    await ask(on.url, "/api/v1/gaps", {
      method: "POST",
      headers: { ...json, authorization: "Bearer wb_flood" },
      body: "{}",
    });
  clock.set(clock.wall() + 61_000);
  await boss.post("/api/v1/gaps", GAP);
  const log = (await boss.get("/api/audit?limit=1000&verify=true")).json;
  assert.ok(log.entries.length < 30, String(log.entries.length));
  assert.ok(log.entries[0].omitted >= 15, JSON.stringify(log.entries[0]));
  assert.equal(log.broken, null);
  assert.deepEqual(log.head, { seq: log.entries[0].seq, hash: log.entries[0].hash });
  for (const secret of ["correct horse", "wb_flood", boss.csrf]) assert.ok(!JSON.stringify(log).includes(secret));
  await on[Symbol.asyncDispose]();
  const file = join(root, ".watchbook", "state.db");
  const db = new DatabaseSync(file);
  assert.throws(() => db.exec("DELETE FROM audit WHERE seq = 2"), /audit is kept/);
  assert.throws(() => db.exec("UPDATE audit SET person = 'x' WHERE seq = 2"), /audit is kept/);
  // Whoever owns the file can take the guards off: then the chain tells.
  db.exec("DROP TRIGGER audit_kept; UPDATE audit SET record = replace(record, '\"boss\"', '\"wang\"') WHERE seq = 1");
  db.close();
  await using store = await openStore(file, { clock, readOnly: true });
  assert.equal(await brokenAt(store), 1);
});

test("nobody over the network chooses a variable or file of the daemon, no viewer where a secret goes; its machine's user does", async (t) => {
  const manual = `# Web

## SOP-03: Ask it

1. Ask

   \`\`\`bash {"name":"ask","wb-risk":"read","wb-params":"password url"}
   curl -fsS -H "Authorization: <password>" <url>
   \`\`\`
`;
  const runbooks = `secrets: { web: "env:WEB" }
targets: { here: { kind: local, environment: staging } }
runbooks: { SOP-03: { service: web, targets: [here], params: { password: { type: secret, default: web }, url: { default: "http://127.0.0.1:2/" } } } }
`;
  const root = bookFolder(t, { "ops.md": manual, "watchbook.yaml": TEAM.replace(/^checks:[^]*/m, runbooks) });
  const on = await serving(t, root, { clock: shiftedClock(NIGHT), cost: CHEAP, env: { WEB: "w", PROM_TOKEN: "p" } });
  const [chen, wang] = [await member(on, "chen"), await member(on, "wang")];
  const asked = (password?: string) => ({
    ...{ runbook: "SOP-03", environment: "staging", reason: "-" },
    params: { url: "http://127.0.0.1:1/", ...(password !== undefined && { password }) },
  });
  for (const password of ["env:PROM_TOKEN", "file:/etc/hostname"])
    for (const [who, path] of [
      [chen, "/api/v1/plans"],
      [wang, "/api/v1/runs"],
    ] as const) {
      const { reason, ...plan } = asked(password);
      const answer = await who.post(path, path.endsWith("runs") ? { ...plan, reason } : plan);
      assert.deepEqual([answer.status, answer.json.code], [400, "PARAM-SECRET-NAMED"], path);
      assert.match(answer.json.fix, /web/);
    }
  for (const password of [undefined, "web", "env:WEB"]) {
    const { reason: _reason, ...plan } = asked(password);
    const answer = await chen.post("/api/v1/plans", plan);
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.json.plan.parameters.some(({ value }: { value: string }) => value === "env:WEB"));
  }
  // Where a secret goes is not a viewer's to say either: a run that uses one is theirs as the book wrote it, or not at all.
  const begun = async (who: Browser, params: object) =>
    (await who.post("/api/v1/runs", { ...asked(), params })).json.code ?? "begun";
  assert.equal(await begun(chen, { url: "http://127.0.0.1:1/" }), "NOT-ALLOWED");
  assert.equal(await begun(chen, { url: "http://127.0.0.1:1/", password: "web" }), "NOT-ALLOWED");
  assert.equal(await begun(chen, {}), "begun");
  // Another run of the same procedure may still have its target.
  assert.match(await begun(wang, { url: "http://127.0.0.1:1/" }), /^(?:begun|RUN-LOCKED)$/);
  const { reason: _reason, ...plan } = asked("env:PROM_TOKEN");
  const mine = await ask({ socket: on.socket }, "/api/v1/plans", {
    method: "POST",
    headers: json,
    body: JSON.stringify(plan),
  });
  assert.equal(mine.status, 200, mine.text);
});

test("a stream that somebody reads ends with the session or token that opened it", async (t) => {
  const on = await served(t);
  const [wang, li] = [await member(on, "wang"), await member(on, "li")];
  const { id, token } = (await li.post("/api/v1/tokens", { person: "li", scope: "read", days: 1 })).json;
  const cookie = [...wang.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  let kept = 0;
  const gap = async (): Promise<void> => {
    await ask({ socket: on.socket }, "/api/v1/gaps", { method: "POST", headers: json, body: JSON.stringify(GAP) });
    kept += 1;
  };
  const read = (text: string): number => text.split("gap.recorded").length - 1;
  const doors = [
    [{ cookie }, () => wang.end("/api/session")],
    [{ authorization: `Bearer ${token}` }, () => li.end(`/api/v1/tokens/${id}`)],
  ] as const;
  for (const [headers, end] of doors) {
    let text = "";
    const over = listen(on.url, "/api/v1/events/stream?after=0", (all) => ((text = all), false), headers);
    await gap();
    await until("all of them are read", () => read(text) === kept);
    const before = kept;
    await end();
    await gap();
    assert.equal(read(await over), before, "nothing more came");
  }
});

test("access and the provider in watchbook.yaml: what is misspelt or unknown is told with its line", () => {
  const said = (text: string) =>
    readConfig("watchbook.yaml", text).findings.map(({ code, source, args }) => [
      code,
      source.line,
      args["key"] ?? args["what"],
    ]);
  assert.deepEqual(
    said("people:\n  wang: { access: oper }\n").map(([code, line]) => [code, line]),
    [["WB032", 2]],
  );
  assert.deepEqual(
    said("services: { web: {} }\npeople:\n  wang:\n    access: [{ role: operator, services: [wob] }]\n"),
    [["WB035", 4, "people.wang.access"]],
  );
  const oidc =
    "people: { wang: {} }\noidc:\n  issuer: https://login.example.org\n  client: watchbook\n  people:\n    sub-1: wong\n";
  assert.deepEqual(said(oidc), [["WB035", 6, "oidc.people.sub-1"]]);
  assert.deepEqual(
    said(oidc.replace("https:", "http:")).map(([, line]) => line),
    [3],
  );
});
