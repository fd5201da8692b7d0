import { stringify } from "yaml";
import type { Renderer, RenderInput, Unrendered } from "../../model/renderer.ts";
import type { Rule } from "../../model/rule.ts";
import { at } from "../../model/source.ts";
import { signalsOf } from "./promql/groups.ts";
import { head, yamlFile } from "./text/yaml.ts";

const PATH = "openslo/slos.yaml";
const QUERIES = "openslo/queries.yml";
const WINDOW = "28d";

type Ratio = Extract<Rule, { form: "ratio" }>;

/** The share of a whole that may be bad: where the manual calls it normal, else where it alerts. */
const targetOf = ({ fire, clear = fire }: Ratio): number => Number((1 - clear).toPrecision(9));

/** Names of Kubernetes' kind (RFC 1123), which OpenSLO asks for. */
const named = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63) || "slo";

function objective(rule: Ratio, input: RenderInput) {
  const signals = signalsOf(input);
  const grew = (check: string) => ({
    metricSource: { type: "Prometheus", spec: { query: `sum(increase(${signals(check).series}[${WINDOW}]))` } },
  });
  return {
    ...{ apiVersion: "openslo/v1", kind: "SLO" },
    metadata: { name: named(rule.id), displayName: rule.title, annotations: { source: at(rule.source) } },
    spec: {
      service: named(rule.service ?? "book"),
      indicator: {
        metadata: { name: `${named(rule.id)}-ratio` },
        spec: { ratioMetric: { counter: true, bad: grew(rule.check), total: grew(rule.whole) } },
      },
      timeWindow: [{ duration: WINDOW, isRolling: true }],
      budgetingMethod: "Occurrences",
      objectives: [{ displayName: rule.title, target: targetOf(rule) }],
    },
  };
}

/** OpenSLO 1.0: what the book states as a share of a whole. */
export const opensloRenderer: Renderer = {
  kind: "openslo",
  render: (input) => {
    const { book, rules, checks } = input;
    const known = new Set(checks.map(({ id }) => id));
    const ratios = rules.filter(
      (rule) => rule.form === "ratio" && rule.bad === "above" && known.has(rule.check) && known.has(rule.whole),
    ) as Ratio[];
    const none: Unrendered[] = ratios.length > 0 ? [] : [{ about: PATH, reason: "no-ratio", args: {} }];
    if (ratios.length === 0) return { files: [], left: none };
    const services = [...new Set(ratios.map(({ service = "book" }) => named(service)))];
    const documents = [
      ...services.map((name) => ({ apiVersion: "openslo/v1", kind: "Service", metadata: { name }, spec: {} })),
      ...ratios.map((rule) => objective(rule, input)),
    ];
    const text = head(book) + documents.map((one) => stringify(one, { lineWidth: 0 })).join("---\n");
    const signals = signalsOf(input);
    const rulesOf = ratios.map(({ check }, index) => ({
      record: `watchbook:slo_${index}`,
      expr: `sum(increase(${signals(check).series}[${WINDOW}]))`,
    }));
    const validate = { argv: ["promtool", "check", "rules", QUERIES] as const, installs: "prometheus" };
    return {
      files: [
        { path: PATH, text, validate },
        { path: QUERIES, text: yamlFile(book, { groups: [{ name: "slo", rules: rulesOf }] }), staged: true },
      ],
      left: none,
    };
  },
};
