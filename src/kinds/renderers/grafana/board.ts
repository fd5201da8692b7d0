/** One query of a panel; `legend` names its series by their labels. */
export interface Query {
  readonly expr: string;
  readonly legend?: string;
  /** A table of now instead of a course of time. */
  readonly instant?: true;
}

/** Limits at which a panel changes its colour, from good to worst. */
export interface Limits {
  readonly warn?: number;
  readonly critical?: number;
  readonly bad: "above" | "below";
}

export interface Panel {
  readonly title: string;
  readonly type: "stat" | "timeseries" | "table" | "text";
  readonly unit?: string;
  readonly limits?: Limits;
  readonly description?: string;
  readonly queries: readonly Query[];
  /** Of 24 columns; default 8. */
  readonly width?: number;
}

/** A choice at the top of a board: `$name` in its queries. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly query: string;
}

export interface Board {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly choices?: readonly Choice[];
  readonly panels: readonly Panel[];
}

const COLUMNS = 24;
const HEIGHT = 8;
const SOURCE = { type: "prometheus", uid: "${source}" };

/** Panels from left to right, row by row. */
function placed(panels: readonly Panel[]): readonly { readonly x: number; readonly y: number; readonly w: number }[] {
  let [x, y] = [0, 0];
  return panels.map(({ width: w = 8 }) => {
    if (x + w > COLUMNS) [x, y] = [0, y + HEIGHT];
    const at = { x, y, w };
    x += w;
    return at;
  });
}

function steps({ bad, warn, critical }: Limits): readonly object[] {
  const [first, last] = bad === "above" ? ["green", "red"] : ["red", "green"];
  const middle = warn === undefined ? [] : [{ color: bad === "above" ? "orange" : "green", value: warn }];
  if (bad === "above")
    return [
      { color: first, value: null },
      ...middle,
      ...(critical === undefined ? [] : [{ color: last, value: critical }]),
    ];
  const low = critical === undefined ? [] : [{ color: "orange", value: critical }];
  return [{ color: critical === undefined ? "orange" : first, value: null }, ...low, ...middle];
}

const target = ({ expr, legend, instant }: Query, index: number) => ({
  ...{ refId: String.fromCodePoint(65 + (index % 26)), datasource: SOURCE, expr },
  ...(legend !== undefined && { legendFormat: legend }),
  ...(instant ? { instant: true, range: false, format: "table" } : { range: true }),
});

function panelJson(panel: Panel, id: number, { x, y, w }: ReturnType<typeof placed>[number]) {
  const { title, type, unit = "short", limits, description, queries } = panel;
  return {
    ...{ id, type, title, datasource: SOURCE, gridPos: { h: HEIGHT, w, x, y } },
    ...(description !== undefined && { description }),
    fieldConfig: {
      defaults: {
        unit,
        ...(limits && {
          thresholds: { mode: "absolute", steps: steps(limits) },
          ...(type === "timeseries" && { custom: { thresholdsStyle: { mode: "line" } } }),
        }),
      },
      overrides: [],
    },
    options: {},
    targets: queries.map(target),
  };
}

const template = ({ name, label, query }: Choice) => ({
  ...{
    name,
    label,
    type: "query",
    datasource: SOURCE,
    query,
    definition: query,
    refresh: 2,
    includeAll: true,
    multi: true,
  },
  current: { text: "All", value: "$__all" },
});

/** A board in the JSON that Grafana 9 and later import and provision; whoever imports it chooses its data source. */
export function boardJson({ uid, title, tags, choices = [], panels }: Board, description: string): string {
  const places = placed(panels);
  const source = { name: "source", label: "Prometheus", type: "datasource", query: "prometheus", hide: 0 };
  const content = {
    ...{ uid, title, description, tags: ["watchbook", ...tags], schemaVersion: 38, version: 1, editable: false },
    ...{ time: { from: "now-24h", to: "now" }, refresh: "1m", timezone: "browser" },
    templating: { list: [source, ...choices.map(template)] },
    panels: panels.map((panel, index) => panelJson(panel, index + 1, places[index]!)),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
