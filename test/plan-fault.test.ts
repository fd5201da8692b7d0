// Where a declared fault may be injected: also into a runbook that stands inside of another one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gateway } from "./kit/gateway.ts";
import { bookOf, planned } from "./kit/planning.ts";

const ACCEPT = `# Acceptance

## SOP-07: Acceptance of an upgrade

1. Upgrade

## SOP-08: Acceptance twice over

1. All of it
2. And once more
`;
const SPEC = `  SOP-01: { faults: { crash: { kind: kill, unit: gateway, step: gw-restart }, slow: { kind: kill, unit: other, step: gw-fetch } } }
  SOP-07: { steps: { 1: { kind: runbook, with: { runbook: SOP-01 } } } }
  SOP-08: { steps: { 1: { kind: runbook, with: { runbook: SOP-07 } }, 2: { kind: runbook, with: { runbook: SOP-07 } } } }
`;

test("a fault that is declared for a step of a sub-runbook is injected before it, at any depth", async (t) => {
  const open = await bookOf(t, { ...gateway(SPEC), "accept.md": ACCEPT });
  const params = { version: "1" };
  for (const [runbook, step, command] of [
    ["SOP-07", "SOP-07/1/gw-restart", "kill -9 gateway"],
    ["SOP-07", "1/gw-fetch", "kill -9 other"],
    ["SOP-08", "SOP-08/1/1/gw-restart", "kill -9 gateway"],
    ["SOP-08", "SOP-08/2/1/gw-restart", "kill -9 gateway"],
  ] as const) {
    const plan = await planned(open, { runbook, params, injectFault: step });
    assert.deepEqual(plan.missing, [], step);
    const at = plan.steps.findIndex(({ id }) => id === "fault_injection");
    const full = plan.steps[at + 1]!.id;
    assert.ok(full.endsWith(step), `${full} for ${step}`);
    assert.deepEqual([plan.steps[at]!.until, plan.steps[at]!.command], [full, `fault kill: ${command}`]);
  }
  const none = await planned(open, { runbook: "SOP-08", params, injectFault: "SOP-08/1/1/gw-version" });
  assert.deepEqual(
    none.missing.map(({ code }) => code),
    ["fault"],
  );
});
