// Drills that watchbook.yaml declares with a fault of their own, as a user types them: a watcher that dies, and what is refused.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { drillSite } from "../kit/drill-site.ts";
import { until } from "../kit/until.ts";

/** Touches a file for as long as it lives: the heartbeat of whoever watches. */
const WATCHER = `
const { writeFileSync } = require("node:fs");
writeFileSync("watcher.pid", String(process.pid));
setInterval(() => writeFileSync("beat", ""), 50);`;

/** A second process that listens for the heartbeat, and says whether it hears it. */
const KEEPER = `
const { statSync, writeFileSync } = require("node:fs");
writeFileSync("keeper.pid", String(process.pid));
const age = () => { try { return Date.now() - statSync("beat").mtimeMs; } catch { return Infinity; } };
require("node:http").createServer((_, answer) => {
  answer.statusCode = age() < 400 ? 200 : 503;
  answer.end();
}).listen(0, "127.0.0.1", function () { writeFileSync("keeper.port", String(this.address().port)); });`;

test("a watcher that dies is noticed by the second process that misses its heartbeat, and how soon is measured", async (t) => {
  const site = await drillSite(t, () => "", "# Manual\n\n## Goals\n\nRTO < 1 minute.\n");
  const { dir, book, start } = site;
  start("watcher", WATCHER);
  start("keeper", KEEPER);
  await until(() => existsSync(join(dir, "keeper.port")) && existsSync(join(dir, "beat")));
  const port = readFileSync(join(dir, "keeper.port"), "utf8");
  const yaml = join(book, "watchbook.yaml");
  writeFileSync(
    yaml,
    `${readFileSync(yaml, "utf8")}
checks:
  heard: { kind: http, params: { url: "http://127.0.0.1:${port}/" } }
  web: { kind: http, params: { url: "http://127.0.0.1:${site.port}/" } }
drills:
  watcher-dies:
    guards: [web]
    every: 100ms
    hold: 200ms
    detect: { check: heard, every: 100ms, within: 20s }
    fault: { kind: kill, pidFile: ${dir}/watcher.pid }
    recover: { restart: { kind: shell, risk: write, with: { script: "sh ${dir}/start.sh" } } }
`,
  );
  writeFileSync(
    join(dir, "start.sh"),
    `cd ${dir}\nsetsid ${process.execPath} watcher.cjs </dev/null >/dev/null 2>&1 &\n`,
  );
  const first = readFileSync(join(dir, "watcher.pid"), "utf8");
  const done = await site.wb("drill", "watcher-dies", "--no-ask");
  assert.deepEqual([done.code, done.json.verdict], [0, "pass"], `${done.err}${JSON.stringify(done.json)}`);
  assert.notEqual(readFileSync(join(dir, "watcher.pid"), "utf8"), first);
  const env = site.env(done.json.evidence);
  const said = ["DETECTION", "DETECT_RESOLUTION_SECONDS", "FAULT_EFFECT_VERIFIED", "GUARDS", "GUARDS_HELD"];
  assert.deepEqual(
    said.map((key) => env.get(key)),
    ["check", "0.100", "true", "web@local", "true"],
  );
  // Four tenths of a second are what the second process bears.
  assert.ok(Number(env.get("DETECT_SECONDS")) >= 0.4 - 0.05, env.get("DETECT_SECONDS"));
  assert.ok(Number(env.get("RTO_SECONDS")) > Number(env.get("DETECT_SECONDS")));
  assert.equal((await site.wb("evidence", "verify", done.json.evidence)).json.verdict, "pass");
});

test("a fault that nobody notices fails the drill, and is put right all the same", async (t) => {
  const site = await drillSite(
    t,
    (dir) => `checks:
  deaf: { kind: file, params: { path: ${dir}/port } }
drills:
  web-dies:
    hold: 100ms
    detect: { check: deaf, every: 100ms, within: 500ms }
    fault: { kind: kill, pidFile: ${dir}/server.pid }
    recover: { restart: { kind: shell, risk: write, with: { script: "sh ${dir}/start.sh" } } }
`,
  );
  const { dir, port } = site;
  writeFileSync(
    join(dir, "start.sh"),
    `cd ${dir}\nrm server.pid\nsetsid ${process.execPath} server.cjs ${port} </dev/null >/dev/null 2>&1 &\nuntil test -s server.pid; do sleep 0.05; done\n`,
  );
  const done = await site.wb("drill", "web-dies", "--no-ask");
  assert.deepEqual([done.code, done.json.verdict], [3, "fail"], done.err);
  assert.match(JSON.stringify(done.json), /did not notice the fault/);
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "well");
  assert.equal((await site.wb("evidence", "verify", done.json.evidence)).json.verdict, "fail");
});

test("from no steady state a drill does not begin; in a freeze and during an incident it is refused with status 2; a fault without effect proves nothing", async (t) => {
  const site = await drillSite(
    t,
    (dir) => `checks:
  down: { kind: file, params: { path: ${dir}/nothing } }
drills:
  web-stops:
    steady: [down]
    fault: { kind: stop, pidFile: ${dir}/server.pid }
`,
  );
  const { port, book } = site;
  const done = await site.wb("drill", "web-stops", "--no-ask");
  assert.deepEqual([done.code, done.json.verdict], [3, "inconclusive"], done.err);
  assert.match(JSON.stringify(done.json), /Not steady, so the drill did not begin: down on local is fail/);
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "well");
  const yaml = join(book, "watchbook.yaml");
  const bare = readFileSync(yaml, "utf8");
  for (const [freeze, say] of [
    ["gala: { from: 2000-01-01, reason: year end }", /The freeze gala holds in test \(2000-01-01––, UTC: year end\)/],
    ["inc: { from: 2000-01-01, reason: slow, incident: INC-12 }", /The incident INC-12 is going on in test/],
  ] as const) {
    writeFileSync(yaml, `${bare}freezes: { ${freeze} }\n`);
    const refused = await site.wb("drill", "web-stops", "--no-ask");
    assert.equal(refused.code, 2);
    assert.match(refused.err, say);
  }
  const nobody = bare.replace("server.pid", "nobody.pid").replace("    steady: [down]\n", "");
  writeFileSync(yaml, nobody);
  const missed = await site.wb("drill", "web-stops", "--no-ask");
  assert.deepEqual(
    [missed.code, missed.json.verdict],
    [3, "inconclusive"],
    "a fault that does not bite proves nothing",
  );
});
