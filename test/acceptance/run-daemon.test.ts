// The same verbs through a daemon, and its API: who may, what streams, what survives a kill.
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask, listen } from "../kit/daemon.ts";
import { lamps } from "../kit/lamp.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "../kit/wb.ts";
import { needs } from "../live/needs.ts";

const socket = (data: string) => ({ socket: join(data, "run", "socket") });
const post = (to: Parameters<typeof ask>[0], path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(to, path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Messages of a stream: kind, id, data. */
const messages = (text: string): readonly { readonly event: string; readonly id: string; readonly data: any }[] =>
  text
    .split("\n\n")
    .filter((block) => block.includes("data: "))
    .map((block) => {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
      return { event: field("event"), id: field("id"), data: JSON.parse(field("data")) };
    });

test("through the daemon: run stays until the end, another terminal approves, evidence is the daemon's", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { serve, start, wb, json, keys, log, data } = lamps(t);
  const { url } = await serve();
  const run = ["run", "SOP-01", "--env", "prod", "--param", "colour=blue", "--execute", "--by", "ana", "--json"];
  const waits = await start(...run).ended;
  assert.equal(waits.code, 5, waits.err);
  assert.match(waits.err, /The daemon \(process \d+\) drives it/);
  const follower = start("runs", "follow", "last", "--json");
  assert.equal((await follower.ended).code, 5, "it waits for a person");
  const status = await wb("status");
  assert.equal(status.code, 5, status.out);
  assert.match(
    status.out,
    /Run r\S+ \(SOP-01: Change the colour, prod\) waits for approval\.\n +watchbook runs show --book \S+ r/,
  );
  assert.match((await ask(url, "/metrics")).text, /^watchbook_runs_open\{state="waiting"\} 1$/m);
  assert.match((await ask(url, "/plain")).text, /run begun/);
  const approved = await json("runs", "approve", "last", "--as", "ben", "--key", keys.ben.file, "--follow");
  assert.equal(approved.code, 0, approved.err);
  assert.equal(approved.json.state, "done");
  assert.deepEqual(log(2), ["change"]);
  assert.ok(approved.json.evidence.startsWith(data));
  const again = await json("runs", "follow", "last");
  assert.equal(again.code, 0);
  assert.match(again.err, /look on lamp-2 \| red\n[^]*done +change on lamp-2/);
});

test("kill -9 of the daemon: the next one takes its runs up before it serves, nothing is repeated", async (t) => {
  const { serve, json, log, at, start } = lamps(t);
  const first = await serve();
  const begun = await json("run", "SOP-02", "--env", "test", "--execute", "--detach");
  assert.equal(begun.code, 0, begun.err);
  const follower = start("runs", "follow", "last", "--json");
  await until("the step begins", 90, () => log().includes("begin") && follower.said.err.includes("running"));
  first.child.kill("SIGKILL");
  await once(first.child, "close");
  await serve();
  writeFileSync(at(1, "go"), "");
  const { code, out, err } = await follower.ended;
  assert.equal(code, 0, err);
  assert.match(err, /does not answer/);
  assert.equal(JSON.parse(out).state, "done");
  assert.deepEqual(log(), ["begin", "end"]);
});

test("the daemon that ends lets go of its runs without ending them; cancel ends what runs on the target", async (t) => {
  const { serve, json, log, receipts } = lamps(t);
  const first = await serve();
  await json("run", "SOP-02", "--env", "test", "--execute", "--detach");
  await until("the step begins", 90, () => log().includes("begin"));
  first.child.kill("SIGTERM");
  assert.equal((await first.ended).code, 0);
  assert.notDeepEqual(processesWith(receipts), [], "what runs under a receipt runs on");
  await serve();
  const cancelled = await json("runs", "cancel", "last", "--reason", "enough", "--follow");
  assert.equal(cancelled.code, 3);
  assert.equal(cancelled.json.state, "cancelled");
  // What sweeps its receipts away may be at it still.
  await until("nothing runs there any more", 90, () => processesWith(receipts).length === 0);
});

test("over TCP everybody on the machine may look; to change anything needs a person's token", async (t) => {
  const { serve, wb, data, at } = lamps(t);
  const { url } = await serve();
  writeFileSync(at(1, "go"), "");
  const wanted = { runbook: "SOP-02", environment: "test" };
  for (const path of ["/api/v1/runs", "/api/v1/plans", "/api/v1/runs/last/actions"])
    assert.equal((await post(url, path, { ...wanted, do: "pause" })).status, 401, path);
  const token = (await wb("serve", "--token-for", "ana", "--scope", "write")).out.trim();
  const bearer = { authorization: `Bearer ${token}` };
  const begun = await post(url, "/api/v1/runs", { ...wanted, by: "ben", reason: "by token" }, bearer);
  assert.equal(begun.status, 201, begun.text);
  assert.equal(begun.json.record.by, "ana", "the token says who it is, not the request");
  const { id } = begun.json.record;
  await until("it ends", 90, async () => (await ask(url, `/api/v1/runs/${id}`)).json.record.evidence !== undefined);
  assert.equal((await ask(url, "/api/v1/runs?open=true")).json.runs.length, 0);
  assert.equal((await ask(url, "/api/v1/runs")).json.runs[0].id, id);
  const plan = await post(socket(data), "/api/v1/plans", wanted);
  assert.equal(plan.json.plan.digest, begun.json.plan.digest);
  const absent = await ask(url, "/api/v1/runs/nope");
  assert.equal(absent.status, 404);
  assert.equal(absent.json.code, "RUN-UNKNOWN");
  const wrong = await post(url, `/api/v1/runs/${id}/actions`, { do: "cancel" }, bearer);
  assert.equal(wrong.status, 409);
  assert.equal(wrong.json.code, "RUN-ENDED");
});

test("the stream of a run resumes anywhere: no entry and no byte of output is lost or repeated", async (t) => {
  const { serve, json, log, at, data } = lamps(
    t,
    "  SOP-02: { steps: { begin: { with: { script: 'echo begin >> log; for n in 1 2 3; do echo line $n; done; while [ ! -e go ]; do sleep 0.05; done; printf \"no line end\"' } } } }\n",
  );
  const { url } = await serve();
  const { json: begun } = await json("run", "SOP-02", "--env", "test", "--execute", "--detach");
  await until("the step begins", 90, () => log().includes("begin"));
  const path = `/api/v1/runs/${begun.run}/events`;
  const first = messages(await listen(url, path, (text) => text.includes("line 3")));
  const seen = first.filter(({ event }) => event === "entry" || event === "log");
  writeFileSync(at(1, "go"), "");
  const headers = { "last-event-id": seen.at(-1)!.id };
  const rest = messages(await listen(url, path, (text) => text.includes("event: end"), headers));
  const all = [...seen, ...rest];
  const entries = all.filter(({ event }) => event === "entry").map(({ data: { entry } }) => entry.seq);
  assert.deepEqual(
    entries,
    entries.map((_, index) => index + 1),
  );
  const text = all
    .filter(({ event, data: of }) => event === "log" && of.step === "begin")
    .map(({ data: of }) => of.text);
  assert.equal(text.join(""), "line 1\nline 2\nline 3\nno line end");
  assert.equal(rest.at(-1)?.event, "end");
  assert.equal(rest.at(-1)?.data.state, "done");
  // The whole again from the beginning is the same.
  const whole = messages(await listen(url, path, (one) => one.includes("event: end")));
  const replayed = whole.filter(({ event }) => event === "entry").map(({ data: { entry } }) => entry.seq);
  assert.deepEqual(replayed, entries);

  const output = `/api/v1/runs/${begun.run}/output/begin@lamp-1.do.1`;
  const part = (query: string) => ask(socket(data), `${output}?${query}`);
  assert.equal((await part("line=2&count=1")).json.text, "line 2\n");
  assert.deepEqual((await part("offset=7&bytes=6")).json, { text: "line 2", offset: 7, line: 2, next: 13, size: 32 });
  assert.equal((await part("tail=1")).json.text, "no line end");
  const unknown = await ask(socket(data), `/api/v1/runs/${begun.run}/output/..%2F..%2Fstate`);
  assert.equal(unknown.status, 404);
  assert.equal(unknown.json.code, "OUTPUT-UNKNOWN");
  const journal = (await ask(url, `/api/v1/runs/${begun.run}/journal?after=2`)).json.entries;
  assert.equal(journal[0].seq, 3);
  assert.equal(journal.at(-1).entry.type, "run.ended");
});

test("a journal that cannot be is refused and said: health is red, other runs go on", async (t) => {
  const { serve, json, wb, data } = lamps(t);
  assert.equal((await wb("run", "SOP-03", "--env", "test", "--execute")).code, 5);
  const { DatabaseSync } = await import("node:sqlite");
  const { json: shown } = await json("runs", "show", "last");
  const store = new DatabaseSync(join(data, "state.db"));
  const { number } = store.prepare("SELECT number FROM run WHERE id = ?").get(shown.run)!;
  const rows = store.prepare("SELECT seq, entry FROM journal WHERE run = ? ORDER BY seq").all(number!);
  const intent = rows.find(({ entry }) => String(entry).includes('"intent"'))!;
  const twice = rows.find(({ seq }) => Number(seq) === Number(intent["seq"]) + 1)!;
  store.prepare("UPDATE journal SET entry = ? WHERE run = ? AND seq = ?").run(intent["entry"]!, number!, twice["seq"]!);
  store.close();
  const other = await json("run", "SOP-01", "--env", "prod", "--param", "colour=blue", "--execute");
  assert.equal(other.code, 5);
  const { url } = await serve();
  const health = await ask(url, "/health?lang=en");
  assert.equal(health.status, 503);
  assert.match(health.json.daemon.ill.say, new RegExp(`journal of run ${shown.run} cannot be as it is`));
  const rejected = await json("runs", "reject", other.json.run, "--reason", "no", "--follow");
  assert.equal(rejected.json.state, "refused");
  const refused = await wb("runs", "resume", shown.run);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /from entry \d+ on/);
});
