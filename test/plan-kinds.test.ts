// Plans with the kinds that there are: whoever does a step reads its parameters once more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plan } from "../src/engine/plan/plan.ts";
import { registry } from "../src/kinds/registry.ts";
import { DATA, gateway } from "./kit/gateway.ts";
import { bookOf } from "./kit/planning.ts";

const SPEC = `  restart-the-gateway:
    steps: { 2: { skip: seen on the board } }
    add:
      look: { before: 1, kind: check, with: { check: health, within: 30s } }
      put: { kind: file, with: { path: /etc/gateway.conf, from: conf/gateway.conf, mode: "0644" }, undo: { kind: file, with: { path: /etc/gateway.conf, restore: true } } }
      ask: { kind: http, with: { url: "http://127.0.0.1:8080/health" } }
      rest: { kind: wait, with: { for: 90s } }
      yes: { kind: approve }
      hand: { kind: manual, title: Tell the traders }
    faults: { crash: { kind: kill, unit: gateway, limit: 2m, step: 1 } }
`;
const FILES: Readonly<Record<string, string>> = {
  ...gateway(SPEC, `${DATA}checks:\n  health: { kind: tcp, params: { address: "127.0.0.1:8080" }, timeout: 3s }\n`),
  "conf/gateway.conf": "port = 8080\n",
};

test("every step of a plan reads as its kind wants it, and a fault names its removal", async (t) => {
  const data = FILES["watchbook.yaml"]!.replaceAll("kind: ssh, host: ", "kind: local, was: ");
  const open = await bookOf(t, { ...FILES, "watchbook.yaml": data.replaceAll(/, was: \w+/g, "") });
  const ask = { runbook: "restart-the-gateway", environment: "prod", params: {}, injectFault: "1" };
  const made = await plan(open, registry, ask);
  assert.deepEqual(made.missing, []);
  for (const step of [...made.steps, ...made.others]) {
    const read = registry.steps.get(step.kind)?.params.safeParse(step.params);
    assert.ok(read?.success, `${step.id}: ${JSON.stringify(step.params)}`);
  }
  assert.deepEqual(
    made.steps.map(({ id, kind, risk }) => [id, kind, risk]),
    [
      ["look", "check", "read"],
      ["fault_injection", "fault", "destructive"],
      ["restart-the-gateway/1", "shell", "write"],
      ["put", "file", "write"],
      ["ask", "http", "read"],
      ["rest", "wait", "read"],
      ["yes", "approve", "read"],
      ["hand", "manual", "unknown"],
    ],
  );
  assert.deepEqual(
    made.files.map(({ path }) => path),
    ["conf/gateway.conf"],
  );
  assert.deepEqual(made.steps.find(({ id }) => id === "rest")?.params, { ms: 90_000 });
  assert.equal(JSON.stringify(made), JSON.stringify(JSON.parse(JSON.stringify(made))), "plain data");
});

test("a check of the book that is named as a kind is the book's, unless the step says what to look at", async (t) => {
  const checks = 'checks:\n  tcp: { kind: tcp, params: { address: "127.0.0.1:8080" } }\n';
  const of = async (given: string): Promise<unknown> => {
    const spec = `  restart-the-gateway: { steps: { 2: { skip: x } }, add: { look: { kind: check, with: ${given} } } }\n`;
    const open = await bookOf(t, gateway(spec, `${DATA}${checks}`));
    const ask = { runbook: "restart-the-gateway", environment: "prod", params: {} };
    const { steps, missing } = await plan(open, registry, ask);
    assert.deepEqual(
      missing.filter(({ step }) => step === "look"),
      [],
    );
    const look = steps.find(({ id }) => id === "look")!;
    return (look.params as { with: { address: unknown } }).with.address;
  };
  assert.deepEqual([await of("{ check: tcp }")].flat(), ["127.0.0.1:8080"]);
  assert.deepEqual([await of('{ check: tcp, with: { address: "127.0.0.1:9" } }')].flat(), ["127.0.0.1:9"]);
});

test("a check that does not exist, or has wrong parameters, is missing", async (t) => {
  const of = async (given: string) => {
    const spec = `  restart-the-gateway: { steps: { 2: { skip: x }, 1: { verify: { kind: check, with: ${given} } } } }\n`;
    const open = await bookOf(t, gateway(spec));
    const { missing } = await plan(open, registry, {
      runbook: "restart-the-gateway",
      environment: "prod",
      params: {},
      targets: [],
    });
    return missing
      .filter(({ code }) => code !== "targets")
      .map(({ code, args }) => [code, args["nearest"] ?? args["kind"]]);
  };
  assert.deepEqual(await of("{ check: tpc, with: { port: 1 } }"), [["kind", "tcp"]]);
  assert.deepEqual(await of("{ check: tcp, with: { prot: 1 } }"), [["params", "tcp"]]);
});
