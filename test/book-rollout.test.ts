// rollout: in watchbook.yaml: what it becomes, and what is told where it does not fit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/book/config/read.ts";
import type { RolloutSpec } from "../src/model/rollout.ts";

const FILE = "watchbook.yaml";
const told = (yaml: string) =>
  readConfig(FILE, yaml).findings.map(({ code, source, args }) => [
    code,
    source.line,
    args["key"],
    args["nearest"] ?? args["expected"] ?? args["name"] ?? args["bad"],
  ]);

function specOf(yaml: string): RolloutSpec | undefined {
  const { config, findings } = readConfig(FILE, yaml);
  assert.deepEqual(findings, []);
  return config.runbooks[0]?.rollout;
}

test("a whole rollout becomes data: sizes, times in their units, gates with the parameters of their step", () => {
  const spec = specOf(`targets: { monitor: local }
runbooks:
  SOP-01:
    rollout:
      strategy: canary
      first: 1
      batch: 25%
      soak: 5m
      gates:
        - name: errors
          check: prometheus
          with: { url: http://127.0.0.1:9090, query: 'sum(rate(http_requests_total{code=~"5.."}[1m]))' }
          bands: { bad: above, critical: 0.01 }
          target: monitor
          for: 2m
          every: 10s
          least: 5
      rollback: auto
      rollback-within: 180s
`);
  assert.deepEqual(spec, {
    strategy: "canary",
    first: { count: 1 },
    batch: { part: 0.25 },
    soakMs: 300_000,
    gates: [
      {
        name: "errors",
        with: {
          check: "prometheus",
          with: { url: "http://127.0.0.1:9090", query: 'sum(rate(http_requests_total{code=~"5.."}[1m]))' },
          bands: { bad: "above", critical: 0.01 },
          target: "monitor",
          for: "2m",
          every: "10s",
          least: 5,
        },
        source: { file: FILE, line: 10 },
      },
    ],
    rollback: "auto",
    rollbackWithin: 180,
    source: { file: FILE, line: 4 },
  });
});

test("the least that can be said is a strategy; the side of limits follows from their order", () => {
  const spec = specOf("runbooks:\n  A:\n    rollout: { strategy: rolling }\n");
  assert.deepEqual(spec, { strategy: "rolling", gates: [], source: { file: FILE, line: 3 } });
  const low = specOf(
    "runbooks:\n  A:\n    rollout: { strategy: rolling, gates: [{ name: a, check: x, bands: { warn: 5, critical: 1 } }] }\n",
  );
  assert.deepEqual(low?.gates[0]?.with["bands"], { bad: "below", warn: 5, critical: 1 });
});

test("unknown keys and words are told with line, key and the nearest", () => {
  assert.deepEqual(
    told(`runbooks:
  A:
    rollout:
      strategy: canari
      fist: 1
      rollbak: auto
      gates:
        - { name: a, check: http, wiht: {} }
      rollback: atuo
  B:
    rollout: { batch: 0% , gates: [{ check: http }] }
    environments: { prod: { rollout: { strategy: blue-green } } }
`),
    [
      ["WB032", 4, "runbooks.A.rollout.strategy", "canary"],
      ["WB031", 5, "runbooks.A.rollout.fist", "first"],
      ["WB031", 6, "runbooks.A.rollout.rollbak", "rollback"],
      ["WB031", 8, "runbooks.A.rollout.gates[0].wiht", "with"],
      ["WB032", 9, "runbooks.A.rollout.rollback", "auto"],
      ["WB033", 11, "runbooks.B.rollout.strategy", "recreate | rolling | canary"],
      ["WB032", 11, "runbooks.B.rollout.batch", "25%"],
      ["WB033", 11, "runbooks.B.rollout.gates[0].name", "db-1"],
      ["WB032", 12, "runbooks.B.environments.prod.rollout.strategy", "recreate | rolling | canary"],
    ],
  );
});

test("keys that contradict each other are told with what would fit", () => {
  assert.deepEqual(
    told(`runbooks:
  A:
    rollout:
      strategy: rolling
      first: 2
  B:
    batches: 2
    rollout: { strategy: recreate, batch: 2 }
  C:
    rollout: { strategy: canary }
    environments: { prod: { batches: 3 } }
  D:
    batches: 2
    environments: { prod: { rollout: { strategy: canary } } }
`),
    [
      ["WB032", 5, "runbooks.A.rollout.first", "strategy: canary"],
      ["WB032", 7, "runbooks.B.batches", "rollout.first, rollout.batch"],
      ["WB032", 8, "runbooks.B.rollout.batch", "strategy: rolling | canary"],
      ["WB032", 11, "runbooks.C.environments.prod.batches", "rollout.first, rollout.batch"],
    ],
  );
});

test("a gate that could never be measured, two of one name, limits out of order, an unknown target are refused", () => {
  const gates = (text: string) => told(`runbooks:\n  A:\n    rollout:\n      strategy: rolling\n      gates:\n${text}`);
  assert.deepEqual(
    gates(`        - { name: a, check: http, least: 5 }
        - { name: b, check: http, for: 20s, least: 5 }
        - { name: b, check: http, every: 10ms }
        - { name: c, check: http, baseline: true }
        - { name: d, check: http, for: 20s, least: 3 }
`),
    [
      ["WB032", 6, "runbooks.A.rollout.gates[0].for", "2m"],
      ["WB032", 7, "runbooks.A.rollout.gates[1].least", "≤ 3"],
      ["WB032", 8, "runbooks.A.rollout.gates[2].every", "100ms"],
      ["WB032", 8, "runbooks.A.rollout.gates[2].name", "≠ b"],
      ["WB032", 9, "runbooks.A.rollout.gates[3].for", "2m"],
    ],
  );
  assert.deepEqual(
    gates(`        - { name: a, check: http, target: locl }
        - { name: b, check: http, bands: { bad: above, warn: 5, critical: 1 } }
`),
    [
      ["WB035", 6, "runbooks.A.rollout.gates[0].target", "local"],
      ["WB037", 7, "runbooks.A.rollout.gates[1].bands", "above"],
    ],
  );
});
