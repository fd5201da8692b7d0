// One night with the real program: an alert, an incident, the manual's help, a path that is still red, the end, the review.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { bookFolder } from "../kit/daemon.ts";
import { begin, cli } from "../kit/cli.ts";
import { until } from "../kit/wb.ts";

const MANUAL = `# Shop operations

## Incident levels

| Level | Definition | Response | Resolution |
| --- | --- | --- | --- |
| P0 | service entirely unavailable | 15 min | 2 h |

## Troubleshooting

| Symptom | Where to look | Cause | Action |
| --- | --- | --- | --- |
| 502 from the shop | nginx error log | upstream is down | restart the app |
`;

const CONFIG = (target: string): string => `title: Shop
lang: en
zone: Asia/Shanghai
interval: 1s
services:
  shop: { title: Shop }
checks:
  front: { kind: http, title: The shop answers, service: shop, params: { url: "${target}" } }
rules:
  shop-down: { check: front, severity: critical }
severities:
  critical: { scale: alert }
incidents:
  priorities: { critical: P0 }
`;

test("alert, incident, ack, note, no end while the path is red, green, end, review [M-044 M-047 S-057 S-093]", async (t) => {
  const state = { status: 200 };
  const server = createServer((_, response) => response.writeHead(state.status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const root = bookFolder(t, { "ops.md": MANUAL, "watchbook.yaml": CONFIG(`http://127.0.0.1:${port}/`) });
  const call = async (...args: readonly string[]) => {
    const { code, out, err } = await cli(t, [...args, "--json"], root);
    return { code, err, json: out === "" ? undefined : JSON.parse(out) };
  };
  const early = await call("incident", "open", "--symptom", "502", "--priority", "P0", "--sim");
  assert.equal(early.code, 0, early.err);
  assert.match(early.json.id, /^inc-sim-\d{8}-01$/);
  assert.deepEqual(
    early.json.offers.map(({ look }: { readonly look: string }) => look),
    ["nginx error log"],
  );

  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
  await until("it serves", 20, () => /http:\/\/127/.test(daemon.said.out + daemon.said.err));
  state.status = 502;
  let alert = "";
  await until("the alert fires", 20, async () => {
    const { json } = await call("alerts", "list");
    alert = json.alerts[0]?.id ?? "";
    return alert !== "";
  });
  const opened = await call("incident", "open", "--alert", alert);
  assert.equal(opened.code, 0, opened.err);
  const { id } = opened.json;
  assert.equal(opened.json.priority, "P0");
  assert.equal((await call("incident", "ack", id)).code, 0);
  assert.equal((await call("incident", "note", id, "nginx log says upstream refused")).code, 0);
  const red = await call("incident", "resolve", id, "--reason", "restarted");
  assert.equal(red.code, 3);
  assert.match(red.err, /the user's path is red/);
  const status = await call("status");
  assert.equal(status.code, 3);
  assert.ok(status.json.troubles.some(({ kind, subject }: any) => kind === "incident-open" && subject === id));
  state.status = 200;
  await until("the alert is over", 20, async () => (await call("alerts", "list")).json.alerts.length === 0);
  const over = await call("incident", "resolve", id, "--reason", "restarted the app");
  assert.equal(over.code, 0, over.err);
  assert.deepEqual(
    over.json.clocks.map(({ clock, state: how }: any) => `${clock} ${how}`),
    ["respond kept", "resolve kept"],
  );
  const review = await call("incident", "review", id);
  assert.match(review.json.path, /incident-\d{8}-01-the-shop-answers\.md$/);
  const page = readFileSync(review.json.path, "utf8");
  for (const line of ["Limit of the response | 15 min, 0 used: kept", "nginx log says upstream refused", "## Causes"])
    assert.ok(page.includes(line), `${line}\n${page}`);
  assert.ok(review.json.path.startsWith(join(root, ".watchbook", "reports", "incidents")));
  assert.equal((await call("incident", "review", id, "--held", "--reason", "with the team")).json.state, "closed");
  let evidence = "";
  await until("its evidence is written", 20, async () => {
    evidence = (await call("incident", "show", id)).json.evidence ?? "";
    return evidence !== "";
  });
  const verified = await call("evidence", "verify", evidence);
  assert.equal(verified.code, 0, `${verified.err}${JSON.stringify(verified.json)}`);
  assert.equal(verified.json.verdict, "pass");
  assert.equal((await call("incident", "list", "--all")).json.incidents.length, 2);
});
