import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { test, type TestContext } from "node:test";
import type { Sample } from "../../src/model/check.ts";
import { clockAt, contextOf, folder, here, measure, said, sampleOf } from "../suites/check-context.ts";
import { until } from "../suites/child.ts";
import { needs, which } from "./needs.ts";
import { issue, replace } from "./openssl.ts";
import { freePort } from "../kit/port.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A real nginx in a directory of its own, in front of an application that is down; ended with the test. */
async function nginx(
  t: TestContext,
  directory: string,
  tls: string,
): Promise<{ port: number; secure: number; readonly reload: () => void }> {
  const [port, secure, upstream] = [await freePort(), await freePort(), await freePort()];
  mkdirSync(join(directory, "logs"), { recursive: true });
  const site = `location /app { proxy_pass http://127.0.0.1:${upstream}; } location = /health { default_type application/json; return 200 '{"status":"healthy"}'; }`;
  const temps = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join(" ");
  writeFileSync(
    join(directory, "nginx.conf"),
    `daemon off; pid ${directory}/nginx.pid; error_log ${directory}/logs/error.log; events {}
     http { access_log off; ${temps}
       server { listen 127.0.0.1:${port}; ${site} }
       server { listen 127.0.0.1:${secure} ssl; ${tls} ${site} } }`,
  );
  const running = spawn(
    which("nginx")!,
    ["-p", directory, "-c", join(directory, "nginx.conf"), "-e", join(directory, "logs/error.log")],
    { stdio: "inherit" },
  );
  t.after(async () => {
    if (running.exitCode !== null) return;
    running.kill("SIGTERM");
    await once(running, "exit");
  });
  await until("nginx listens", () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return { port, secure, reload: () => running.kill("SIGHUP") };
}

test("nginx: the certificate is renewed in its file, then served after the reload [H-114 M-032]", async (t) => {
  if (!needs(t, "openssl", "nginx")) return;
  const directory = folder(t);
  const root = issue(directory, "Root", { to: new Date(Date.now() + 900 * DAY), authority: true });
  const live = issue(directory, "live", {
    from: new Date(Date.now() - 55 * DAY),
    to: new Date(Date.now() + 5 * DAY),
    issuer: root,
  });
  const { secure, reload } = await nginx(
    t,
    directory,
    `ssl_certificate ${live.chain}; ssl_certificate_key ${live.key};`,
  );
  const context = contextOf(await here(t));
  const params = {
    address: `127.0.0.1:${secure}`,
    file: live.chain,
    key: live.key,
    ca: root.certificate,
    measure: "days",
  };
  const before = await measure("tls", params, context);
  assert.ok(before.kind === "value" && Math.abs(before.value - 5) < 0.1, JSON.stringify(before));
  replace(live, issue(directory, "new", { to: new Date(Date.now() + 60 * DAY), issuer: root }));
  assert.equal(said(await measure("tls", params, context)), "fail tls-not-served");
  reload();
  await until("served", async () => said(await measure("tls", params, context)) === "value");
});

test("nginx: 200 errors at once are a spike with count, baseline and first line; healthy and failing answers [M-030 S-031]", async (t) => {
  if (!needs(t, "openssl", "nginx")) return;
  const directory = folder(t);
  const own = issue(directory, "own", { to: new Date(Date.now() + 90 * DAY) });
  const { port } = await nginx(t, directory, `ssl_certificate ${own.chain}; ssl_certificate_key ${own.key};`);
  const reach = await here(t);
  const path = join(directory, "logs/error.log");
  const history: Sample[] = [];
  const run = async (at: number) => {
    const got = await measure(
      "log-errors",
      { files: path },
      contextOf(reach, { clock: clockAt(at), history: [...history] }),
    );
    history.push(sampleOf(got, at));
    return got;
  };
  assert.equal(said(await run(0)), "unknown no-baseline");
  assert.equal(said(await run(DAY)), "pass log-usual");
  for (let at = 0; at < 200; at += 1) assert.equal((await fetch(`http://127.0.0.1:${port}/app`)).status, 502);
  const spike = await run(2 * DAY);
  assert.deepEqual([said(spike), spike.facts?.["lines"]], ["fail log-spike", 200], JSON.stringify(spike));
  assert.match(String(spike.facts?.["first"]), /\[error\].*connect\(\) failed/);
  assert.equal(readFileSync(path, "utf8").match(/\[error\]/g)?.length, 200);

  const context = contextOf(reach);
  const http = async (url: string) =>
    said(await measure("http", { url, json: { at: ".status", equals: "healthy" } }, context));
  assert.equal(await http(`http://127.0.0.1:${port}/health`), "value");
  assert.equal(await http(`http://127.0.0.1:${port}/app`), "fail http-status");

  // Renamed without reopening, nginx goes on writing to the old file: the log is not there any more.
  renameSync(path, `${path}.1`);
  const absent = await measure("log-errors", { files: path }, contextOf(reach, { history }));
  assert.equal(said(absent), "unknown absent");
});
