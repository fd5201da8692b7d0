// The threshold table of the node's manual on real libp2p nodes: what is asserted are the notices that came.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasSilktalk, silktalk } from "../kit/silktalk.ts";
import { watched } from "../kit/watch.ts";

test("the table's limits on real nodes: warned, critical, escalated, over [S-019 S-022 S-023]", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const stack = await silktalk(t, "en");
  const yaml = readFileSync(join(stack.book, "watchbook.yaml"), "utf8");
  const { hears, heard, receivers } = await watched(t, {
    root: stack.book,
    names: ["mail", "phone"],
    // The manual has a table and no way to tell anybody: this is all that must be added.
    yaml: (channels) => `${yaml}
severities:
  critical: { scale: alert, escalation: night }
  warning: { scale: alert, channels: [mail] }
escalations:
  night: { steps: [{ channels: [mail], wait: 1s }, { channels: [phone], wait: 10m }] }
alerts: { warn: warning, critical: critical, wait: 200ms, update: 1s, flapping: { changes: 50 } }
${channels}`,
  });
  const mails = () => receivers["mail"]!.got.length;

  await stack.stack("fault", "connections", "alpha", "280");
  const warned = await hears("mail", "fire", "Connections");
  assert.equal(warned.severity, "warning");
  assert.match(warned.body, /28\d/);
  let before = mails();
  await stack.stack("fault", "connections", "alpha", "300");
  await hears("mail", "fire", "Connections", before, "critical");
  await hears("phone", "escalate", "Connections");
  before = mails();
  await stack.stack("undo", "connections", "alpha");
  await hears("mail", "resolve", "Connections", before);
  await hears("phone", "resolve", "Connections");

  before = mails();
  await stack.stack("fault", "latency", "alpha", "600");
  await hears("mail", "fire", "latency", before, "warning");
  await stack.stack("undo", "latency", "alpha");
  await hears("mail", "resolve", "latency", before);

  before = mails();
  await stack.stack("fault", "disk-full", "beta", "82");
  await hears("mail", "fire", "Disk usage of beta", before, "warning");
  await stack.stack("undo", "disk-full", "beta");
  await hears("mail", "resolve", "Disk usage of beta", before);
  assert.ok(heard("phone").every((title) => title.includes("Connections")));
});
