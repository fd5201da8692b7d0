// The daemon's API over its two doors: what it answers, and to whom.
import assert from "node:assert/strict";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDaemon } from "../src/cli/serve.ts";
import { connect } from "../src/cli/client.ts";
import { WatchbookError } from "../src/model/error.ts";
import { ask, bookFolder, listen, NOON, serving, shiftedClock, until, worldOf } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

const refusal = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;
const json = { "content-type": "application/json" };

test("checks turn red when what they watch is gone, and green again when it is back", async (t) => {
  const root = bookFolder(t);
  const { url } = await serving(t, root);
  const outcome = async () => (await ask(url, "/api/v1/checks")).json.checks[0].outcome;
  await until("green", async () => (await outcome()) === "pass");
  rmSync(join(root, "beacon"));
  await until("red", async () => (await outcome()) === "fail");
  const status = (await ask(url, "/api/v1/status")).json;
  const wrong = status.troubles.find((one: { kind: string }) => one.kind === "check-fail");
  assert.match(wrong.say, /Beacon file/);
  assert.deepEqual([wrong.source.file, wrong.source.line], ["ops.md", 5]);
  assert.match(wrong.fix, /ops\.md:5/);
  // What was read stands at once; its event comes with the next commit.
  const events = await until("the event", async () => {
    const found = (await ask(url, "/api/v1/events?kind=check.changed")).json.events;
    return found.length > 0 && found;
  });
  assert.deepEqual(
    events.map((event: { data: { from: string; to: string } }) => [event.data.from, event.data.to]),
    [["pass", "fail"]],
  );
  writeFileSync(join(root, "beacon"), "lit\n");
  await until("green again", async () => (await outcome()) === "pass");
});

test("loopback may read without a token and may not write; the socket may do both", async (t) => {
  const root = bookFolder(t);
  const { url, socket } = await serving(t, root);
  const post = { method: "POST", headers: json, body: JSON.stringify({ by: "li" }) };
  const refused = await ask(url, "/api/v1/duties/daily-inspection/inspect", post);
  assert.equal(refused.status, 401);
  assert.equal(refused.headers["content-type"], "application/problem+json; charset=utf-8");
  assert.deepEqual(
    [refused.json.code, refused.json.status, refused.json.type],
    ["TOKEN-NEEDED", 401, "urn:watchbook:error:TOKEN-NEEDED"],
  );
  assert.ok(refused.json.say.length > 0 && refused.json.fix.length > 0);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  assert.equal(statSync(join(socket, "..")).mode & 0o777, 0o700);
  const [duty] = (await ask(url, "/api/v1/duties")).json.duties;
  const done = await ask({ socket }, `/api/v1/duties/${encodeURIComponent(duty.id)}/inspect`, post);
  assert.equal(done.status, 200, done.text);
  assert.deepEqual(
    [done.json.inspection.by, done.json.inspection.verdict, done.json.problems],
    ["li", "inconclusive", []],
  );
  assert.ok(statSync(done.json.report).isFile() && statSync(done.json.evidence).isDirectory());
  assert.deepEqual(
    (await ask(url, `/api/v1/inspections/${encodeURIComponent(done.json.inspection.id)}`)).json,
    done.json.inspection,
  );
});

test("answers of a person close what no machine can judge", async (t) => {
  const { url, socket } = await serving(t, bookFolder(t));
  const [duty] = (await ask(url, "/api/v1/duties")).json.duties;
  const person = duty.items.find((item: { checks: string[] }) => item.checks.length === 0);
  const body = JSON.stringify({ by: "wang", ticks: { [person.id]: { outcome: "pass", note: "quiet" } } });
  const done = await ask({ socket }, `/api/v1/duties/${encodeURIComponent(duty.id)}/inspect`, {
    method: "POST",
    headers: json,
    body,
  });
  assert.equal(done.json.inspection.verdict, "pass", done.text);
  const tick = done.json.inspection.items.find((item: { id: string }) => item.id === person.id).tick;
  assert.deepEqual([tick.by, tick.note], ["wang", "quiet"]);
});

test("a token is a person's: its scope, its expiry and its person decide what it may do", async (t) => {
  const root = bookFolder(t);
  const clock = shiftedClock(Date.parse("2026-11-20T06:00:00Z"));
  const { url, socket, daemon } = await serving(t, root, { clock });
  const make = (body: object) =>
    ask({ socket }, "/api/v1/tokens", { method: "POST", headers: json, body: JSON.stringify(body) });
  assert.equal((await ask(url, "/api/v1/tokens", { method: "POST", headers: json, body: "{}" })).status, 401);
  const stranger = await make({ person: "root" });
  assert.equal(stranger.json.code, "TOKEN-NO-PERSON");
  const reader = (await make({ person: "wang" })).json;
  const writer = (await make({ person: "wang", scope: "write", days: 1 })).json;
  const [duty] = (await ask(url, "/api/v1/duties")).json.duties;
  const act = (authorization: string) =>
    ask(url, `/api/v1/duties/${encodeURIComponent(duty.id)}/inspect`, {
      method: "POST",
      headers: { ...json, authorization },
      body: '{"by":"somebody else"}',
    });
  assert.equal((await act(`Bearer ${reader.token}`)).json.code, "TOKEN-SCOPE");
  assert.equal((await act("Bearer wb_guessed")).json.code, "TOKEN-UNKNOWN");
  assert.equal((await act(`Basic ${Buffer.from(`wang:${writer.token}`).toString("base64")}`)).json.code, "TOKEN-SCOPE");
  const done = await act(`Bearer ${writer.token}`);
  assert.deepEqual([done.status, done.json.inspection.by], [200, "wang"]);
  const file = statSync(join(daemon.house.data, "tokens.json"));
  assert.equal(file.mode & 0o777, 0o600);
  assert.equal(
    (
      await ask(url, "/api/v1/tokens", {
        method: "POST",
        headers: { ...json, authorization: `Bearer ${writer.token}` },
        body: '{"person":"wang"}',
      })
    ).json.code,
    "TOKEN-SOCKET-ONLY",
  );
  clock.set(Date.parse("2026-11-22T06:00:00Z"));
  assert.equal((await act(`Bearer ${writer.token}`)).json.code, "TOKEN-UNKNOWN");
});

test("an address that others can reach needs a token to exist, and one to read", async (t) => {
  const root = bookFolder(t);
  const data = join(root, ".watchbook");
  await assert.rejects(startDaemon(worldOf(), { book: root, data, listen: "0.0.0.0:0" }), refusal("LISTEN-OPEN"));
  const first = await startDaemon(worldOf(), { book: root, data, listen: "127.0.0.1:0" });
  const made = await ask({ socket: first.socket }, "/api/v1/tokens", {
    method: "POST",
    headers: json,
    body: '{"person":"wang"}',
  });
  await first[Symbol.asyncDispose]();
  const { url } = await serving(t, root, { listen: "0.0.0.0:0" });
  const here = url.replace("0.0.0.0", "127.0.0.1");
  const closed = await ask(here, "/");
  assert.deepEqual([closed.status, closed.json.code], [401, "TOKEN-NEEDED"]);
  assert.equal((await ask(here, "/health")).status, 401);
  const basic = `Basic ${Buffer.from(`wang:${made.json.token}`).toString("base64")}`;
  assert.equal((await ask(here, "/", { headers: { authorization: basic } })).status, 200);
  assert.equal((await ask(here, "/health", { headers: { authorization: `Bearer ${made.json.token}` } })).status, 200);
});

test("a page of another site cannot read the daemon by pointing its name at loopback", async (t) => {
  const { url } = await serving(t, bookFolder(t));
  const foreign = await ask(url, "/api/v1/status", { headers: { host: "rebind.example.org:7070" } });
  assert.deepEqual([foreign.status, foreign.json.code], [403, "HOST-NOT-SERVED"]);
  for (const host of ["127.0.0.1", "localhost:7070", "[::1]:7070"])
    assert.equal((await ask(url, "/api/v1/status", { headers: { host } })).status, 200, host);
  assert.equal((await ask(url, "/health")).headers["access-control-allow-origin"], undefined);
});

test("every refusal is a problem with code, sentence and next action, in the language asked for", async (t) => {
  const { url, socket } = await serving(t, bookFolder(t));
  const cases: readonly (readonly [string, Parameters<typeof ask>[2], number, string])[] = [
    ["/nowhere", {}, 404, "ROUTE-ABSENT"],
    ["/api/v1/inspections/none", {}, 404, "INSPECTION-UNKNOWN"],
    ["/api/v1/inspections?limit=0", {}, 400, "REQUEST-INVALID"],
    ["/api/v1/events?after=-1", {}, 400, "REQUEST-INVALID"],
    ["/api/v1/duties/nothing-like-it/inspect", { method: "POST", headers: json, body: "{}" }, 404, "DUTY-UNKNOWN"],
    ["/api/v1/duties/x/inspect", { method: "POST", headers: json, body: "{" }, 400, "REQUEST-INVALID"],
    ["/api/v1/duties/x/inspect", { method: "POST" }, 404, "DUTY-UNKNOWN"],
    [
      "/api/v1/duties/x/inspect",
      { method: "POST", headers: { ...json, "transfer-encoding": "chunked" }, body: "{}" },
      411,
      "BODY-NO-LENGTH",
    ],
    [
      "/api/v1/duties/x/inspect",
      { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" },
      415,
      "BODY-NOT-JSON",
    ],
    [
      "/api/v1/duties/x/inspect",
      { method: "POST", headers: json, body: `{"by":"${"x".repeat(70_000)}"}` },
      413,
      "BODY-TOO-LARGE",
    ],
  ];
  for (const [path, options, status, code] of cases) {
    const answer = await ask({ socket }, path, options);
    assert.deepEqual([answer.status, answer.json?.code], [status, code], `${path}: ${answer.text}`);
    assert.ok(answer.json.say !== "" && answer.json.fix !== "");
  }
  assert.match((await ask(url, "/nowhere?lang=zh")).json.say, /没有内容/);
  assert.match((await ask(url, "/nowhere", { headers: { "accept-language": "zh-CN,zh;q=0.9" } })).json.say, /没有内容/);
});

test("the stream tells what is committed, in order, and resumes where its reader left", async (t) => {
  const root = bookFolder(t);
  const { url } = await serving(t, root, { clock: shiftedClock(NOON) });
  const all = await listen(
    url,
    "/api/v1/events/stream?after=0",
    (text) => text.includes("daemon.started") && text.includes("inspection."),
  );
  const ids = [...all.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  assert.deepEqual(
    ids,
    [...ids.keys()].map((index) => index + 1),
  );
  const later = await listen(url, "/api/v1/events/stream", (text) => /^id: /m.test(text), { "last-event-id": "1" });
  assert.match(later, /^id: 2$/m);
  await listen(url, "/api/v1/events/stream", (text) => text.includes("event: checks"));
});

test("metrics say values, outcomes and duty states; unknown checks have no value; labels are escaped", async (t) => {
  const root = bookFolder(t, {
    "watchbook.yaml": `title: T\nlang: en\nzone: UTC\nchecks:\n  odd:\n    kind: command\n    title: "quote \\" and \\\\"\n    params: { argv: ["no-such-program-here"] }\n    items: ["The beacon file is there"]\n`,
  });
  const { url } = await serving(t, root);
  const text = await until("a reading", async () => {
    const { text, headers } = await ask(url, "/metrics");
    assert.match(String(headers["content-type"]), /^text\/plain; version=0\.0\.4/);
    return text.includes('outcome="unknown"') && text;
  });
  assert.match(
    text,
    /^watchbook_check_outcome\{check="odd",kind="command",target="local",service="",outcome="unknown"\} 1$/m,
  );
  assert.match(
    text,
    /^watchbook_check_outcome\{check="odd",kind="command",target="local",service="",outcome="pass"\} 0$/m,
  );
  assert.doesNotMatch(text, /^watchbook_check_value\{check="odd"/m);
  assert.match(text, /^watchbook_events_total\{kind="daemon\.started"\} 1$/m);
  assert.match(text, /^watchbook_duty_state\{duty="[^"]+",state="(?:due|open|done|running|waiting)"\} 1$/m);
  const open = await ask(url, "/metrics", { headers: { accept: "application/openmetrics-text; version=1.0.0" } });
  assert.match(open.text, /^# TYPE watchbook_events counter$/m);
  assert.ok(open.text.endsWith("# EOF\n"));
});

test("a second daemon is refused with the pid of the first, and a taken port in one sentence", async (t) => {
  const root = bookFolder(t);
  const first = await serving(t, root);
  await assert.rejects(
    startDaemon(worldOf(), { book: root, data: join(root, ".watchbook"), listen: "127.0.0.1:0" }),
    (error) => refusal("DAEMON-RUNS")(error) && (error as WatchbookError).args["pid"] === process.pid,
  );
  const other = bookFolder(t);
  const taken = { book: other, data: join(other, ".watchbook"), listen: first.url.replace("http://", "") };
  await assert.rejects(startDaemon(worldOf(), taken), refusal("PORT-TAKEN"));
  await assert.rejects(startDaemon(worldOf(), { ...taken, listen: "somewhere" }), refusal("LISTEN-ADDRESS"));
  // What was refused has let go of its data.
  await (await startDaemon(worldOf(), { ...taken, listen: "127.0.0.1:0" }))[Symbol.asyncDispose]();
});

test("a data directory with a long path is served and found all the same", async (t) => {
  // The socket's folder lies in the system's temporary folder; this test's own is removed with all it holds.
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = folder(t);
  t.after(() => (TMPDIR === undefined ? delete process.env["TMPDIR"] : (process.env["TMPDIR"] = TMPDIR)));
  const root = bookFolder(t);
  const data = join(root, "a-long-name-".repeat(6), "b-long-name-".repeat(6));
  const { socket } = await serving(t, root, { data });
  assert.ok(Buffer.byteLength(socket) <= 107, socket);
  const client = connect(data);
  assert.equal((await client!.get<{ title: string }>("/api/v1/book")).title, "Beacon node");
  await assert.rejects(client!.post("/api/v1/duties/nothing-like-it/inspect", {}), refusal("DUTY-UNKNOWN"));
  assert.equal(connect(join(root, "nobody")), undefined);
});
