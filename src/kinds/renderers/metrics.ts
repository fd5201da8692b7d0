import type { Renderer, RenderInput } from "../../model/renderer.ts";
import { boardsOf } from "./grafana.ts";
import { groupsOf } from "./promql/groups.ts";
import { seriesIn } from "./promql/series-in.ts";

const PATH = "prometheus/metrics.md";

/** Who tells a series, by how its name begins. */
const TELLERS: readonly (readonly [begins: RegExp, teller: string])[] = [
  [/^watchbook:|^ALERTS$/, "Prometheus"],
  [/^watchbook_/, "watchbook"],
  [/^probe_/, "blackbox_exporter"],
  [/^node_/, "node_exporter"],
  [/^kube_/, "kube-state-metrics"],
  [/^pg_/, "postgres_exporter"],
  [/^redis_/, "redis_exporter"],
  [/^up$/, "Prometheus"],
];

interface Use {
  readonly series: string;
  readonly by: string;
}

function usesOf(input: RenderInput): readonly Use[] {
  const rules = groupsOf(input).groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      const by = "alert" in rule ? rule.alert : rule.record;
      return seriesIn(rule.expr).map((series) => ({ series, by }));
    }),
  );
  const panels = boardsOf(input).flatMap(({ title, panels: own }) =>
    own.flatMap(({ queries }) =>
      queries.flatMap(({ expr }) => seriesIn(expr).map((series) => ({ series, by: title }))),
    ),
  );
  return [...rules, ...panels];
}

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`);

/** Every series that a rule or a board reads: who tells it, and what needs it. */
export const metricsRenderer: Renderer = {
  kind: "metrics",
  render: (input) => {
    const { book, words } = input;
    const uses = Map.groupBy(usesOf(input), ({ series }) => series);
    const rows = [...uses]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([series, own]) => {
        const teller = TELLERS.find(([begins]) => begins.test(series))?.[1] ?? words.application;
        return `| \`${series}\` | ${teller} | ${[...new Set(own.map(({ by }) => cell(by)))].join(", ")} |`;
      });
    const lines = [
      ...[`# ${words.metrics}`, "", `${cell(book.title)} · ${book.digest}`, ""],
      ...[`| ${words.metric} | ${words.teller} | ${words.usedBy} |`, "| --- | --- | --- |", ...rows, ""],
    ];
    return { files: [{ path: PATH, text: lines.join("\n") }], left: [] };
  },
};
