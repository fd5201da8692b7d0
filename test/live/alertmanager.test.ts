// A real Prometheus sends its alerts to watchbook instead of an Alertmanager; the real amtool lists and silences there.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openTokens } from "../../src/api/tokens.ts";
import { systemClock } from "../../src/model/time.ts";
import { bookFolder, serving, until } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { prometheus } from "../kit/prometheus.ts";
import { receiver } from "../kit/receiver.ts";
import { needs, which } from "./needs.ts";

const PERSON = {
  id: "wang",
  name: "Wang",
  roles: ["operator"],
  source: { file: "watchbook.yaml", line: 1 },
};

/** A watchbook that tells one receiver, and a token of its person. */
async function watchbook(t: TestContext) {
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Shop
lang: en
zone: UTC
people: { wang: { name: Wang, roles: [operator] } }
severities: { P1: { scale: alert, channels: [hook] }, P2: { scale: alert, channels: [hook] } }
alerts: { wait: 1s }
inbound:
  prom: { kind: prometheus, token: { secret: "env:PROM" }, severity: { map: { critical: P1 }, otherwise: P2 } }
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  const tokens = openTokens(join(root, ".watchbook"), systemClock);
  const { token } = await tokens.make([PERSON], { person: "wang", scope: "write", days: 1 });
  const every = { checks: 60_000, book: 1_000, calendar: 1_000, alerts: 100 };
  const { url, daemon } = await serving(t, root, { every, clock: systemClock, env: { PROM: "prom-secret" } });
  return { hook, url, daemon, token, address: new URL(url).host };
}

const RULES = `groups:
  - name: shop
    interval: 500ms
    rules:
      - alert: QueueLong
        expr: queue > 10
        labels: { severity: critical, service: shop }
        annotations: { summary: "{{ $value }} orders wait", description: "look at the worker" }
      - alert: AlwaysOdd
        expr: queue >= 0
        labels: { severity: odd }
`;
const YAML = (address: string) => `rule_files: [rules.yml]
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["${address}"] }]
      basic_auth: { username: prom, password: prom-secret }
`;

test("a real Prometheus: its alert is told with its words, silenced by a real amtool, and over when it says so", async (t) => {
  if (!needs(t, "amtool")) return;
  const { hook, url, daemon, token, address } = await watchbook(t);
  const prom = await prometheus(t, { yaml: YAML(address), files: { "rules.yml": RULES } });
  if (!prom) return;
  prom.say("queue 12\n");
  await until("both alerts", () => hook.got.length >= 2);
  const fire = hook.got.find(({ severity }) => severity === "P1");
  assert.match(fire!.title, /^\[P1\] QueueLong: 12 orders wait · 127\.0\.0\.1:/);
  assert.match(fire!.body, /look at the worker/);
  // A severity that no map has is told all the same, and by which severity is stated.
  const odd = [...daemon.alerts.desk().open.values()].find(({ rule }) => rule === "AlwaysOdd");
  assert.deepEqual([odd!.severity, odd!.outside!.unmapped, odd!.outside!.origin], ["P2", true, "prom"]);

  const config = join(folder(t), "http.yml");
  writeFileSync(config, `authorization: { type: Bearer, credentials: ${token} }\n`);
  // Not waited for as a block: the daemon that it asks lives in this process.
  const amtool = (...words: readonly string[]) => {
    const args = [`--alertmanager.url=${url}`, "--no-version-check", `--http.config.file=${config}`, ...words];
    const { promise, resolve } = Promise.withResolvers<{ status: unknown; out: string; err: string }>();
    execFile(which("amtool")!, args, (error, out, err) => resolve({ status: error ? error.code : 0, out, err }));
    return promise;
  };
  const listed = await amtool("alert", "query", "alertname=QueueLong");
  assert.match(listed.out, /QueueLong .*12 orders wait +active/);
  assert.equal((await amtool("alert", "query", "severity=odd", "-o", "json")).out.includes("QueueLong"), false);

  const made = await amtool(
    "silence",
    "add",
    "alertname=~Queue.*",
    "--duration=1h",
    "--comment=moving disks",
    "--author=x",
  );
  const id = made.out.trim();
  assert.deepEqual([made.status, made.err, /^[0-9a-f]{16}$/.test(id)], [0, "", true]);
  assert.match(
    (await amtool("silence", "query")).out,
    new RegExp(`${id} +alertname=~"Queue\\.\\*".*wang +moving disks`),
  );
  const hold = () => [...daemon.alerts.desk().open.values()].find(({ rule }) => rule === "QueueLong")?.hold?.by;
  assert.equal(hold(), "silence");
  assert.equal((await amtool("silence", "expire", id)).status, 0);
  await until("that it is heard again", () => hold() === undefined);
  const all = await amtool("silence", "add", "alertname=~.*", "--duration=1h", "--comment=x");
  assert.notEqual(all.status, 0);
  assert.match(all.err + all.out, /hides every one there can be/);
  assert.match((await amtool("config", "show")).out, /watchbook: "Shop"/);

  prom.say("queue 3\n");
  await until("the end", () => hook.got.some(({ event, severity }) => event === "resolve" && severity === "P1"));
  assert.equal(hook.got.filter(({ event, severity }) => event === "fire" && severity === "P1").length, 1);
});

test("/metrics: promtool finds nothing to say, and a real Prometheus reads it as OpenMetrics", async (t) => {
  if (!needs(t, "promtool")) return;
  const { url, address } = await watchbook(t);
  const text = await (await fetch(`${url}/metrics`)).text();
  const checked = spawnSync(which("promtool")!, ["check", "metrics"], { input: text, encoding: "utf8" });
  assert.deepEqual([checked.status, checked.stdout, checked.stderr], [0, "", ""]);
  const accept = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.6";
  const open = await fetch(`${url}/metrics`, { headers: { accept } });
  assert.match(open.headers.get("content-type") ?? "", /^application\/openmetrics-text; version=1\.0\.0/);
  assert.match(await open.text(), /\n# EOF\n$/);
  const job = `  - { job_name: watchbook, static_configs: [{ targets: ["${address}"] }] }\n`;
  const prom = await prometheus(t, { yaml: job });
  if (!prom) return;
  await prom.until(`up{job="watchbook"}`, (value) => value === 1);
  await prom.until(`watchbook_alerts_open{severity="P1"}`, (value) => value === 0);
  await prom.until(`watchbook_notices_sent_total{channel="hook"}`, (value) => value === 0);
  await prom.until(`watchbook_store_commit_age_seconds`, (value) => value !== undefined && value < 120);
});
