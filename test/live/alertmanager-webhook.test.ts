// A real Alertmanager posts to watchbook: its grouping, its words, and its end.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { bookFolder, serving, until } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { freePort } from "../kit/port.ts";
import { receiver } from "../kit/receiver.ts";
import { needs, which } from "./needs.ts";

/** One that sends everything to an address with a token. */
async function alertmanager(t: TestContext, to: string, token: string): Promise<string> {
  const data = folder(t);
  const port = await freePort();
  writeFileSync(
    join(data, "alertmanager.yml"),
    `route: { receiver: watchbook, group_by: [service], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }
receivers:
  - name: watchbook
    webhook_configs: [{ url: "${to}", http_config: { authorization: { credentials: ${token} } } }]
`,
  );
  const words = [
    `--config.file=${join(data, "alertmanager.yml")}`,
    `--storage.path=${data}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ];
  const child = spawn(which("prometheus-alertmanager")!, words, { stdio: "ignore" });
  const ended = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await until("Alertmanager is ready", () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return url;
}

test("a real Alertmanager: what it groups is told with its words, nobody without the token is heard, and its end is an end", async (t) => {
  if (!needs(t, "prometheus-alertmanager")) return;
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Shop
lang: en
zone: UTC
severities: { P1: { scale: alert, channels: [hook] }, P2: { scale: alert, channels: [hook] } }
alerts: { wait: 1s }
inbound:
  am: { kind: alertmanager, token: { secret: "env:AM" }, severity: { map: { critical: P1 }, otherwise: P2 } }
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  const every = { checks: 60_000, book: 1_000, calendar: 1_000, alerts: 100 };
  const { url, daemon } = await serving(t, root, { every, clock: systemClock, env: { AM: "am-secret" } });
  const to = `${url}/api/inbound/am`;
  const [known, stranger] = await Promise.all([alertmanager(t, to, "am-secret"), alertmanager(t, to, "guessed")]);
  const fires = async (at: string, instance: string, more: object = {}): Promise<void> => {
    const labels = { alertname: "QueueLong", severity: "critical", service: "shop", instance };
    const annotations = { summary: `${instance}: 12 orders wait`, description: "look at the worker" };
    const body = JSON.stringify([{ labels, annotations, generatorURL: "http://prom.example.org/graph", ...more }]);
    const headers = { "content-type": "application/json" };
    assert.equal((await fetch(`${at}/api/v2/alerts`, { method: "POST", headers, body })).status, 200);
  };
  await fires(stranger, "web-9");
  await fires(known, "web-1");
  await fires(known, "web-2");
  const told = (): readonly string[] => [...daemon.alerts.desk().open.values()].map(({ target }) => target).toSorted();
  await until("both alerts", () => ["web-1", "web-2"].every((instance) => told().includes(instance)));
  await until("the stranger is refused", async () => {
    const metrics = await (await fetch(`${stranger}/metrics`)).text();
    return /^alertmanager_notifications_failed_total\{integration="webhook"[^}]*\} [1-9]/m.test(metrics);
  });
  assert.deepEqual(told(), ["web-1", "web-2"]);
  await until("the notice", () => hook.got.length > 0);
  assert.match(hook.got[0]!.title, /^\[P1\] QueueLong: web-1: 12 orders wait · web-1$|^\[P1\] shop: 2 alerts$/);
  assert.match(hook.got[0]!.body, /look at the worker/);
  assert.ok(hook.got[0]!.links.some((link) => link.url.startsWith("http://prom.example.org/")));
  const past = { endsAt: new Date(systemClock.wall() - 1_000).toISOString() };
  await fires(known, "web-1", past);
  await fires(known, "web-2", past);
  const end = await until("the end", () => hook.got.find(({ event }) => event === "resolve"));
  assert.match(end.title, /^\[P1\] Over: /);
  assert.equal(daemon.alerts.desk().open.size, 0);
  const kept = await daemon.house.store.desk("alert", { limit: 10 });
  assert.deepEqual(kept.map(({ target, trail }) => `${target} ${trail.at(-1)!.did}`).toSorted(), [
    "web-1 resolved",
    "web-2 resolved",
  ]);
});
