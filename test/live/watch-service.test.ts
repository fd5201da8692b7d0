// The alert levels of a service with a database, on real ones: what is asserted are the notices that came.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { troubles } from "../../src/engine/troubles.ts";
import { folder } from "../kit/folder.ts";
import { grow, shop } from "../kit/shop.ts";
import { until } from "../kit/until.ts";
import { watched } from "../kit/watch.ts";
import { postgresPrograms } from "./databases.ts";
import { needs } from "./needs.ts";

/** As a manual has it; a test cannot wait for five minutes, a copy of the rule waits for two seconds. */
const RULES = `
  error-rate: { title: Error rate, form: ratio, check: errors, whole: requests, fire: 0.05, window: 5m, for: 5m, atLeast: 5, severity: P1 }
  database: { check: database, severity: P1, down: true }
  disk-fills: { title: Disk full within a day, form: forecast, check: disk, fire: 100, guard: 60, window: 6h, horizon: 1d, for: 30m, severity: P2 }
`;
const shorter = RULES.replace("window: 5m, for: 5m", "window: 10s, for: 2s")
  .replace("window: 6h", "window: 5s")
  .replace("for: 30m", "for: 1s");

test("P1: one request in three fails, the primary dies; P2: a disk fills within a day: told, escalated, over [K-049 K-050 K-052]", async (t) => {
  if (!needs(t, "postgres", "psql") || postgresPrograms() === undefined) return;
  const service = await shop(t);
  const disk = join(folder(t), "data");
  mkdirSync(disk);
  const { host, port } = service.database;
  const counted = (id: string) =>
    `  ${id}: { kind: http, service: shop, params: { url: "${service.url}/metrics", value: { json: /${id}, unit: count } } }\n`;
  const { hears, heard, receivers, serving } = await watched(t, {
    names: ["pager", "phone", "chat"],
    yaml: (channels) => `title: Shop
lang: en
zone: UTC
services:
  shop: { title: Shop, needs: [store] }
  store: { title: Primary database }
checks:
${counted("requests")}${counted("errors")}  database:
    kind: sql
    title: The primary takes statements
    service: store
    params: { engine: postgres, connect: { host: ${host}, port: ${port}, user: ops, database: postgres }, statement: SELECT 1, equals: 1, within: 2 }
  disk: { kind: disk, title: Data disk, params: { path: ${disk}, quota: 20 MB } }
rules:${shorter}severities:
  P1: { scale: alert, escalation: night }
  P2: { scale: alert, channels: [chat] }
escalations:
  night: { steps: [{ channels: [pager], wait: 1500ms }, { channels: [phone], wait: 10m }] }
alerts: { wait: 200ms }
${channels}`,
  });

  service.fail(3);
  const rate = await hears("pager", "fire", "Error rate");
  assert.equal(rate.severity, "P1");
  // Counters have no limits of their own: the rule judges them, and what Today says is its alert.
  const kinds = troubles(await serving.daemon.snapshot()).map(({ kind, subject }) => `${kind} ${subject}`);
  assert.deepEqual(
    // A duty may be due as well, by the hour of the day, and channels that nobody tried are named.
    kinds.filter((said) => /^(?:alert|check)-/.test(said)),
    ["alert-open errors"],
  );
  await hears("phone", "escalate", "Error rate");
  service.fail(0);
  await hears("pager", "resolve", "Error rate");
  await hears("phone", "resolve", "Error rate");
  assert.deepEqual(receivers["chat"]!.got, []);

  let before = receivers["pager"]!.got.length;
  await service.kill();
  const dead = await hears("pager", "fire", "The primary takes statements", before);
  assert.match(dead.body, /does not serve/);
  await hears("phone", "escalate", "The primary takes statements");
  // Every sale fails now, and nobody is told of it beside its cause.
  assert.ok(
    !heard("pager")
      .slice(before)
      .some((title) => title.startsWith("fire") && title.includes("Error rate")),
  );
  await service.start();
  await hears("pager", "resolve", "The primary takes statements", before);
  await hears("phone", "resolve", "The primary takes statements");

  before = receivers["chat"]!.got.length;
  let full = 0;
  await until(async () => {
    if (full < 17) grow(join(disk, "wal"), 1_000_000);
    full += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return receivers["chat"]!.got.some(
      ({ event, title }) => event === "fire" && title.includes("Disk full within a day"),
    );
  }, "nobody hears that the disk fills");
  rmSync(join(disk, "wal"));
  await hears("chat", "resolve", "Disk full within a day", before);
  assert.ok(heard("phone").every((title) => !title.includes("Disk full within a day")));
});
