// The conformance suite of the embedded rules, on Prometheus' own engine: the same series, the same minutes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { stringify } from "yaml";
import { prometheusRulesRenderer, RULES } from "../../src/kinds/renderers/prometheus-rules.ts";
import { selector } from "../../src/kinds/renderers/promql/selector.ts";
import type { CheckSpec } from "../../src/model/check.ts";
import type { Rule } from "../../src/model/rule.ts";
import { inputOf } from "../kit/render.ts";
import { needs } from "./needs.ts";

interface Case {
  readonly about: string;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  readonly fires: readonly number[];
  readonly clears: readonly number[];
}

const folder = new URL("../books/rules/", import.meta.url);
const source = { file: "watchbook.yaml", line: 1 };
const cases = readdirSync(folder)
  .toSorted()
  .map((file) => ({ file, ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Case) }));

const checksOf = (one: (typeof cases)[number]): readonly CheckSpec[] =>
  Object.keys(one.series).map((name) => ({
    id: `${one.file}:${name}`,
    title: name,
    kind: "command",
    params: {},
    source,
  }));

function ruleOf({ file, rule }: (typeof cases)[number]): Rule {
  const { whole, ...given } = rule as { readonly whole?: string };
  const base = {
    id: file,
    title: file,
    check: `${file}:probe`,
    target: "local",
    severity: "P1",
    metric: "m",
    down: false,
  };
  return { ...base, source, ...given, ...(whole !== undefined && { whole: `${file}:${whole}` }) } as unknown as Rule;
}

/** Samples half a minute before each look, as the embedded evaluator has them, one minute later in all. */
function testOf(one: (typeof cases)[number]): object {
  const minutes = Math.max(...Object.values(one.series).map(({ length }) => length));
  let fires = 0;
  return {
    interval: "30s",
    name: one.file,
    input_series: Object.entries(one.series).map(([name, values]) => ({
      series: selector("watchbook_check_value", ["check", "=", `${one.file}:${name}`], ["target", "=", "local"]),
      values: values.map((value) => `_ ${value ?? "_"}`).join(" "),
    })),
    promql_expr_test: Array.from({ length: minutes }, (_, minute) => {
      if (one.fires.includes(minute)) fires = 1;
      if (one.clears.includes(minute)) fires = 0;
      const alerts = selector("ALERTS", ["alertname", "=", one.file], ["alertstate", "=", "firing"]);
      return {
        expr: `count(${alerts}) or vector(0)`,
        eval_time: `${minute + 1}m`,
        exp_samples: [{ labels: "{}", value: fires }],
      };
    }),
  };
}

test("the rules fire and are over in the same minutes on Prometheus", (t) => {
  if (!needs(t, "promtool")) return;
  const dir = mkdtempSync(join(tmpdir(), "wb-rules-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const { files } = prometheusRulesRenderer.render(inputOf(cases.flatMap(checksOf), cases.map(ruleOf)));
  mkdirSync(join(dir, "prometheus/rules"), { recursive: true });
  for (const { path, text } of files) writeFileSync(join(dir, path), text);
  const tests = { rule_files: [RULES], evaluation_interval: "1m", tests: cases.map(testOf) };
  writeFileSync(join(dir, "conformance.yml"), stringify(tests));
  const { stdout, stderr, status } = spawnSync("promtool", ["test", "rules", "conformance.yml"], {
    cwd: dir,
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
