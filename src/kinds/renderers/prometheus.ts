import type { CheckSpec } from "../../model/check.ts";
import type { Renderer, RenderInput } from "../../model/renderer.ts";
import type { TargetSpec } from "../../model/target.ts";
import { probeOf, type Probe } from "./promql/blackbox.ts";
import { RULES, prometheusRulesRenderer } from "./prometheus-rules.ts";
import { span } from "./text/template.ts";
import { yamlFile } from "./text/yaml.ts";

const PATH = "prometheus/prometheus.yml";

const placed = ({ id, target = "local", service }: CheckSpec) => ({
  ...{ check: id, target },
  ...(service !== undefined && { service }),
});

/** The exporter is asked, and told by parameters whom to ask. */
const probed = ({ check, module, at }: Probe, exporter: string) => ({
  targets: [exporter],
  labels: { ...placed(check), instance: at, __param_module: module, __param_target: at },
});

/** Machines of the book: where node_exporter is looked for, by its usual port. */
function machines(targets: readonly TargetSpec[]): readonly object[] {
  return targets.flatMap(({ name, kind, params, environment }) => {
    const { host } = params as { readonly host?: unknown };
    const address = kind === "local" ? "localhost" : kind === "ssh" && typeof host === "string" ? host : undefined;
    if (address === undefined) return [];
    const labels = { target: name, ...(environment !== undefined && { environment }) };
    return [{ targets: [`${address.includes(":") ? `[${address}]` : address}:9100`], labels }];
  });
}

function jobs({ book, checks, options }: RenderInput): readonly object[] {
  const fixed = (job_name: string, target: string) => ({ job_name, static_configs: [{ targets: [target] }] });
  const probes = checks.flatMap((check) => probeOf(check) ?? []);
  const nodes = machines(book.config.targets);
  return [
    fixed("prometheus", "localhost:9090"),
    fixed("watchbook", options.watchbook),
    fixed("alertmanager", options.alertmanagerAt),
    ...(probes.length === 0
      ? []
      : [
          {
            job_name: "blackbox",
            metrics_path: "/probe",
            static_configs: probes.map((probe) => probed(probe, options.blackbox)),
          },
        ]),
    ...(nodes.length === 0 ? [] : [{ job_name: "node", static_configs: nodes }]),
  ];
}

/** What Prometheus reads, how often, with which rules, and whom it tells. */
export const prometheusRenderer: Renderer = {
  kind: "prometheus",
  render: (input) => {
    const { book, options } = input;
    const content = {
      global: {
        scrape_interval: span(options.scrape),
        scrape_timeout: span(Math.min(10, options.scrape)),
        evaluation_interval: span(options.evaluation),
      },
      rule_files: ["rules/*.yml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [options.alertmanagerAt] }] }] },
      scrape_configs: jobs(input),
    };
    const validate = { argv: ["promtool", "check", "config", PATH] as const, installs: "prometheus" };
    const rules = prometheusRulesRenderer.render(input).files.find(({ path }) => path === RULES)!;
    return {
      files: [
        { path: PATH, text: yamlFile(book, content), validate },
        { path: RULES, text: rules.text, staged: true },
      ],
      left: [],
    };
  },
};
