import type { RenderInput, RenderWords } from "../../../model/renderer.ts";
import { selector } from "../promql/selector.ts";
import { signalsOf } from "../promql/groups.ts";
import type { Board, Panel } from "./board.ts";

type Words = RenderWords["boards"];
const word = (words: Words, key: string): string => words[key] ?? key;

const panel = (words: Words, key: string, more: Omit<Panel, "title">): Panel => ({ title: word(words, key), ...more });
const line = (expr: string, legend?: string): Panel["queries"][number] => ({
  expr,
  ...(legend !== undefined && { legend }),
});

/** Checks by which a book tells figures of its business, by id, else the metric that a service may export. */
const BUSINESS = { tenants: "active-tenants", users: "total-users", revenue: "mrr" } as const;

function businessExpr(key: keyof typeof BUSINESS, { checks }: RenderInput): string {
  const check = checks.find(({ id }) => id === BUSINESS[key]);
  const own = check && selector("watchbook_check_value", ["check", "=", check.id]);
  return `sum(${own ?? `business_${BUSINESS[key].replaceAll("-", "_")}`})`;
}

/** For those who answer for the product. */
export function business(input: RenderInput): Board {
  const { boards: words } = input.words;
  const stat = (key: keyof typeof BUSINESS): Panel =>
    panel(words, key, { type: "stat", queries: [line(businessExpr(key, input))] });
  const [tenants, users] = [businessExpr("tenants", input), businessExpr("users", input)];
  const growth = (key: string, window: string): Panel =>
    panel(words, key, {
      ...{ type: "timeseries", width: 12 },
      queries: [
        line(`${tenants} - ${tenants.replace(/\)$/, ` offset ${window})`)}`, word(words, "tenants")),
        line(`${users} - ${users.replace(/\)$/, ` offset ${window})`)}`, word(words, "users")),
      ],
    });
  const top = {
    expr: "topk(10, sum by (tenant) (increase(api_requests_total[24h])))",
    legend: "{{tenant}}",
    instant: true,
  } as const;
  return {
    ...{ uid: "watchbook-business", title: word(words, "business"), tags: ["business"] },
    panels: [
      stat("tenants"),
      stat("users"),
      stat("revenue"),
      growth("daily", "1d"),
      growth("weekly", "1w"),
      panel(words, "topTenants", { type: "table", width: 24, queries: [top] }),
    ],
  };
}

const REQUESTS = 'http_server_request_duration_seconds_count{job=~"$service"}';
const share = (codes: string): string =>
  `sum by (job) (rate(http_server_request_duration_seconds_count{job=~"$service",http_response_status_code=~"${codes}"}[5m])) / sum by (job) (rate(${REQUESTS}[5m]))`;
const quantile = (q: number): string =>
  `histogram_quantile(${q}, sum by (le, job) (rate(http_server_request_duration_seconds_bucket{job=~"$service"}[5m])))`;

/** Rate, errors, duration of every service, as OpenTelemetry names the metrics of HTTP servers. */
export function apm({ words: { boards: words } }: RenderInput): Board {
  const graph = (key: string, unit: string, ...queries: Panel["queries"]): Panel =>
    panel(words, key, { type: "timeseries", unit, queries });
  return {
    ...{ uid: "watchbook-apm", title: word(words, "apm"), tags: ["red"] },
    choices: [
      {
        name: "service",
        label: word(words, "serviceChoice"),
        query: "label_values(http_server_request_duration_seconds_count, job)",
      },
    ],
    panels: [
      graph("rate", "reqps", line(`sum by (job, http_route) (rate(${REQUESTS}[5m]))`, "{{job}} {{http_route}}")),
      graph("errorShare", "percentunit", line(share("5.."), "{{job}} 5xx"), line(share("4.."), "{{job}} 4xx")),
      graph("duration", "s", ...[0.99, 0.95, 0.5].map((q) => line(quantile(q), `{{job}} P${q * 100}`))),
      graph("appCpu", "short", line('sum by (job) (rate(process_cpu_seconds_total{job=~"$service"}[5m]))', "{{job}}")),
      graph("appMemory", "bytes", line('sum by (job) (process_resident_memory_bytes{job=~"$service"})', "{{job}}")),
      graph(
        "pool",
        "short",
        line('sum by (job, state) (db_client_connection_count{job=~"$service"})', "{{job}} {{state}}"),
      ),
    ],
  };
}

/** Machines, cluster and databases, as their usual exporters name what they tell. */
export function infrastructure({ words: { boards: words } }: RenderInput): Board {
  const graph = (key: string, unit: string, expr: string, legend: string, limits?: Panel["limits"]): Panel =>
    panel(words, key, { type: "timeseries", unit, queries: [line(expr, legend)], ...(limits && { limits }) });
  return {
    ...{ uid: "watchbook-infrastructure", title: word(words, "infrastructure"), tags: ["infrastructure"] },
    panels: [
      panel(words, "nodesReady", {
        ...{ type: "stat", unit: "percentunit", limits: { bad: "below", warn: 1, critical: 0.99 } },
        queries: [line('sum(kube_node_status_condition{condition="Ready",status="true"}) / count(kube_node_info)')],
      }),
      graph("podsNotReady", "short", 'sum by (namespace) (kube_pod_status_ready{condition="false"})', "{{namespace}}"),
      graph(
        "cpu",
        "percentunit",
        '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
        "{{instance}}",
      ),
      graph("memory", "percentunit", "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "{{instance}}"),
      graph(
        "disk",
        "percentunit",
        '1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"}',
        "{{instance}} {{mountpoint}}",
      ),
      graph("pgConnections", "short", "sum by (instance) (pg_stat_activity_count)", "{{instance}}"),
      graph("pgActive", "short", 'sum by (instance) (pg_stat_activity_count{state="active"})', "{{instance}}"),
      graph("pgSlow", "s", "max by (instance) (pg_stat_activity_max_tx_duration)", "{{instance}}"),
      graph("pgLag", "s", "max by (instance) (pg_replication_lag_seconds)", "{{instance}}"),
      graph("redisMemory", "bytes", "redis_memory_used_bytes", "{{instance}}"),
      graph(
        "redisHits",
        "percentunit",
        "rate(redis_keyspace_hits_total[5m]) / (rate(redis_keyspace_hits_total[5m]) + rate(redis_keyspace_misses_total[5m]))",
        "{{instance}}",
      ),
      graph("redisConnections", "short", "redis_connected_clients", "{{instance}}"),
    ],
  };
}

const UNITS: Readonly<Record<string, string>> = {
  "%": "percent",
  seconds: "s",
  bytes: "bytes",
  days: "d",
  fraction: "percentunit",
};

/** What Grafana takes, at most forty characters; what it would lose of a name comes back as a number. */
function uidOf(id: string): string {
  const plain = id.replaceAll(/[^\w-]/g, "-").slice(0, 24);
  if (plain === id) return `watchbook-${id}`;
  const sum = Array.from(id).reduce((before, letter) => (before * 31 + letter.codePointAt(0)!) % 0xff_ff_ff, 7);
  return `watchbook-${plain}-${sum.toString(16)}`.replaceAll(/-{2,}/g, "-");
}

/** Every check of a service beside the limits of the manual. */
export function ofService(service: { readonly id: string; readonly title: string }, input: RenderInput): Board {
  const { boards: words } = input.words;
  const signals = signalsOf(input);
  const own = input.checks.filter((check) => check.service === service.id);
  const alerts = {
    expr: selector("ALERTS", ["service", "=", service.id], ["alertstate", "=", "firing"]),
    instant: true,
  } as const;
  const outcomes = line(
    `max by (check, target) (${selector("watchbook_check_outcome", ["service", "=", service.id], ["outcome", "=", "fail"])})`,
    "{{check}} {{target}}",
  );
  return {
    ...{ uid: uidOf(service.id), title: service.title, tags: ["service"] },
    panels: [
      panel(words, "alerts", { type: "table", width: 12, queries: [alerts] }),
      panel(words, "failing", { type: "timeseries", width: 12, queries: [outcomes] }),
      ...own.map(({ id, title, bands, unit = "", source }): Panel => {
        const limits = bands && (bands.warn ?? bands.critical) !== undefined ? { limits: bands } : {};
        const more = { unit: UNITS[unit] ?? "short", description: `${source.file}:${source.line}`, ...limits };
        return { title, type: "timeseries", ...more, queries: [line(signals(id).value, title)] };
      }),
    ],
  };
}
