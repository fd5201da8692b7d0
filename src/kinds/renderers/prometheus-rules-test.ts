import type { Renderer, Unrendered } from "../../model/renderer.ts";
import { selector } from "./promql/selector.ts";
import { keepsFiring } from "./promql/expression.ts";
import { groupsOf, signalsOf } from "./promql/groups.ts";
import { lingering, timelineOf } from "./promql/timeline.ts";
import { prometheusRulesRenderer } from "./prometheus-rules.ts";
import { yamlFile } from "./text/yaml.ts";

const PATH = "prometheus/tests/watchbook.test.yml";

/** How many alerts of a rule fire, at one minute. */
const firing = (rule: string, target: string, [minute, fires]: readonly [number, boolean]) => ({
  expr: `count(${selector("ALERTS", ["alertname", "=", rule], ["target", "=", target], ["alertstate", "=", "firing"])}) or vector(0)`,
  eval_time: `${minute}m`,
  exp_samples: [{ labels: "{}", value: fires ? 1 : 0 }],
});

/** A unit test for every rule: readings on which it fires, and on which it is over, for `promtool test rules`. */
export const prometheusRulesTestRenderer: Renderer = {
  kind: "prometheus-rules-test",
  render: (input) => {
    const { book, checks, rules } = input;
    const known = new Map(checks.map((check) => [check.id, check]));
    const signals = signalsOf(input);
    const said = new Set(groupsOf(input).rules.map(({ rule }) => rule));
    const left: Unrendered[] = [];
    const { keepFiring = 0 } = input.options;
    const linger = keepsFiring(input.options) ? Math.ceil(keepFiring / 60) : 0;
    const tests = rules.flatMap((rule) => {
      if (!said.has(rule.id)) return [];
      const check = known.get(rule.check)!;
      // Whatever is made up would stand beside what the query itself says of nothing.
      const answers = check.kind === "prometheus" && (check.params as { absent?: number }).absent !== undefined;
      const timeline = answers ? undefined : timelineOf(rule, check, signals);
      if (!timeline) {
        left.push({ about: rule.id, reason: "test-made-up", args: {}, source: rule.source });
        return [];
      }
      const { input: readings, says } = lingering(timeline, linger);
      const cases = says.map((one) => firing(rule.id, rule.target, one));
      return [{ name: rule.id, interval: "1m", input_series: readings, promql_expr_test: cases }];
    });
    const content = { rule_files: ["../rules/watchbook.yml"], evaluation_interval: "1m", tests };
    const validate = { argv: ["promtool", "test", "rules", PATH] as const, installs: "prometheus" };
    return {
      files: [
        { path: PATH, text: yamlFile(book, content), ...(!input.options.vmalert && { validate }) },
        // It reads the rules, which need not be wanted themselves.
        ...prometheusRulesRenderer.render(input).files.map(({ path, text }) => ({ path, text, staged: true as const })),
      ],
      left,
    };
  },
};
