// Drills of what only real parts can show: a certificate that runs out, a full disk, a cut network, a clock that is wrong.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, globSync, readdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { drillSite } from "../kit/drill-site.ts";
import { folder } from "../kit/folder.ts";
import { nginx } from "../kit/nginx.ts";
import { freePort } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";
import { issue } from "./openssl.ts";

interface Kind {
  /** A check in YAML's flow form. */
  readonly check: string;
  /** A fault in the same form, without `limit`. */
  readonly fault: string;
}

/** Drills it with the web server beside it as guard; what its evidence says is what a verifier says. */
async function drilled(t: TestContext, { check, fault }: Kind): Promise<void> {
  const site = await drillSite(
    t,
    () => `checks:
  seen: ${check}
  web: { kind: http, params: { url: "http://127.0.0.1:PORT/" } }
drills:
  own:
    steady: [seen, web]
    guards: [web]
    every: 200ms
    hold: 300ms
    detect: { check: seen, every: 200ms, within: 30s }
    fault: ${fault}
`,
  );
  const done = await site.wb("drill", "own", "--no-ask");
  assert.deepEqual([done.code, done.json.verdict], [0, "pass"], `${done.err}${JSON.stringify(done.json)}`);
  const env = site.env(done.json.evidence);
  assert.deepEqual(
    ["DETECTION", "FAULT_EFFECT_VERIFIED", "FAULT_REMOVED", "GUARDS_HELD"].map((key) => env.get(key)),
    ["check", "true", "true", "true"],
  );
  assert.ok(Number(env.get("DETECT_SECONDS")) < 30, env.get("DETECT_SECONDS"));
  assert.equal((await site.wb("evidence", "verify", done.json.evidence)).json.verdict, "pass");
}

test("a certificate that has run out is noticed at the port, and the old one is served again", async (t) => {
  if (!needs(t, "openssl", "nginx")) return;
  const [root, port] = [folder(t), await freePort()];
  const { certificate, key } = issue(root, "service", { to: new Date("2099-01-01T00:00:00Z") });
  const was = readFileSync(certificate);
  const tls = `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
  await nginx(t, root, `server { listen 127.0.0.1:${port} ssl; ${tls} return 200 'well'; }`, port);
  const reload = `[sh, -c, "kill -HUP $(cat ${root}/nginx.pid)"]`;
  await drilled(t, {
    check: `{ kind: tls, params: { address: "127.0.0.1:${port}", trusted: false } }`,
    fault: `{ kind: expired-certificate, certificate: ${certificate}, key: ${key}, port: ${port}, reload: ${reload} }`,
  });
  assert.deepEqual(readFileSync(certificate), was);
});

test("a disk that fills up is noticed, and all of its room is back", async (t) => {
  if (!needs(t, "root", "mount")) return;
  const directory = disk(t, "32m");
  const free = (): number => statfsSync(directory).bavail;
  const before = free();
  await drilled(t, {
    check: `{ kind: disk, params: { path: ${directory} } }`,
    fault: `{ kind: disk-full, directory: ${directory} }`,
  });
  assert.equal(free(), before);
  assert.deepEqual(readdirSync(directory), []);
});

test("a network that is cut is noticed, and whoever is on it is heard again", async (t) => {
  if (!needs(t, "root", "iptables")) return;
  const host = "127.90.80.90";
  const server = createServer((socket) => void socket.on("error", () => undefined)).listen(0, host);
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  await drilled(t, {
    check: `{ kind: tcp, params: { address: "${host}:${port}", within: 1 } }`,
    fault: `{ kind: cut, addresses: [${host}], probe: { host: ${host}, port: ${port} } }`,
  });
  assert.doesNotMatch(execFileSync("iptables", ["-w", "5", "-S"], { encoding: "utf8" }), /WATCHBOOK|127\.90\.80\.90/);
});

test("a clock that goes wrong is noticed, and is right again", async (t) => {
  if (!needs(t, "faketime")) return;
  const root = folder(t);
  const [file, seen] = [join(root, "offset"), join(root, "time")];
  writeFileSync(file, "+0\n");
  const [library = ""] = globSync("/usr/lib/*/faketime/libfaketime.so.1");
  const child = spawn("bash", ["-c", 'while :; do date +%s >"$OUT.new" && mv "$OUT.new" "$OUT"; sleep 0.1; done'], {
    env: {
      ...{ PATH: process.env["PATH"], OUT: seen },
      ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" },
    },
    stdio: "ignore",
  });
  t.after(() => child.kill("SIGKILL"));
  await until(() => existsSync(seen));
  writeFileSync(join(root, "pid"), `${child.pid}\n`);
  const script = `test $(( $(cat ${seen}) - $(date +%s) )) -lt 60`;
  await drilled(t, {
    check: `{ kind: command, params: { argv: [sh, -c, "${script}"] } }`,
    fault: `{ kind: clock, pidFile: ${root}/pid, file: ${file}, offset: +90d }`,
  });
  assert.equal(readFileSync(file, "utf8"), "+0\n");
});
