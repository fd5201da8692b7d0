/** One metric with its samples; `total` samples of a counter get the suffix that both formats want. */
export interface Family {
  readonly name: string;
  readonly type: "gauge" | "counter" | "info";
  readonly help: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** Content types of the two text formats. */
export const PLAIN = "text/plain; version=0.0.4; charset=utf-8";
export const OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

const escapeLabel = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Prometheus text format 0.0.4, or OpenMetrics 1.0, in which a family's name lacks its suffix and `# EOF` ends the text. */
export function metricsText(families: readonly Family[], open: boolean): string {
  const lines: string[] = [];
  for (const { name, type, help, samples } of families) {
    const suffix = { gauge: "", counter: "_total", info: "_info" }[type];
    const family = open ? name : `${name}${suffix}`;
    lines.push(`# HELP ${family} ${open ? escapeLabel(help) : escapeHelp(help)}`);
    lines.push(`# TYPE ${family} ${!open && type === "info" ? "gauge" : type}`);
    for (const { labels, value } of samples) lines.push(`${name}${suffix}${labelsText(labels)} ${String(value)}`);
  }
  return `${lines.join("\n")}\n${open ? "# EOF\n" : ""}`;
}
