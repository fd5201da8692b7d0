import type { Renderer } from "../../model/renderer.ts";
import { groupsOf } from "./promql/groups.ts";
import { yamlFile } from "./text/yaml.ts";

export const RULES = "prometheus/rules/watchbook.yml";

/** Every rule of the book for Prometheus, or vmalert, and what always fires so that its absence is noticed. */
export const prometheusRulesRenderer: Renderer = {
  kind: "prometheus-rules",
  render: (input) => {
    const { groups, rules, left } = groupsOf(input);
    const validate = input.options.vmalert
      ? { argv: ["vmalert", "-dryRun", "-rule", RULES] as const, installs: "victoria-metrics" }
      : { argv: ["promtool", "check", "rules", RULES] as const, installs: "prometheus" };
    return { files: [{ path: RULES, text: yamlFile(input.book, { groups }), validate }], rules, left };
  },
};
