import { everyMsOf, type CheckSpec } from "../../../model/check.ts";
import type { RenderOptions } from "../../../model/renderer.ts";
import { probeOf } from "./blackbox.ts";
import { DEADMAN } from "./names.ts";
import { selector, type LabelMatch } from "./selector.ts";

/** A rule that only computes a series. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The readings of one check as Prometheus has them. Expressions have no labels: one check has one target. */
export interface Signal {
  /** Series of its values, for ranges. */
  readonly series: string;
  /** Its value now, in the unit of the check. */
  readonly value: string;
  /** There when the check itself says so; absent: its state is not known there. */
  readonly failed?: string;
  readonly warned?: string;
  /** There when something could be judged. */
  readonly seen: string;
  /** There when nothing could be judged for a time, as Prometheus writes it. */
  absent(window: string): string;
  /** When its certificate ends, Unix time: a series, and what must be recorded for it. */
  readonly expires: string;
  readonly recordings: readonly Recording[];
  /** How late a change may be seen before rules look at it, seconds. */
  readonly lag: number;
  /** Samples by which a test says that the check is well, or is not, without any value. */
  readonly state?: { readonly series: string; readonly good: number; readonly failed: number };
}

const at = (check: Pick<CheckSpec, "id" | "target">): readonly LabelMatch[] => [
  ["check", "=", check.id],
  ["target", "=", check.target ?? "local"],
];
const labelsOf = (check: Pick<CheckSpec, "id" | "target">) => ({ check: check.id, target: check.target ?? "local" });

/** Seconds a probe may take. */
const TIMEOUT = 10;

/** Nothing is missing before somebody looked for so long: since the sign of life fires. */
const looked = (window: string): string =>
  ` and on() ${selector("ALERTS", ["alertname", "=", DEADMAN], ["alertstate", "=", "firing"])} offset ${window}`;

const EXPIRES = "watchbook:certificate_expires_seconds";

/** When a certificate ends follows from the days that are left, which are as old as their sample. */
const expiring = (check: CheckSpec, series: string): Pick<Signal, "expires" | "recordings"> => ({
  expires: selector(EXPIRES, ...at(check)),
  recordings: [{ record: EXPIRES, expr: `max(${series} * 86400 + timestamp(${series}))`, labels: labelsOf(check) }],
});

/** What watchbook tells of a check at /metrics. */
function told(check: CheckSpec, options: RenderOptions): Signal {
  const series = selector("watchbook_check_value", ...at(check));
  const state = (outcome: string, is: "=" | "=~" | "!="): string =>
    selector("watchbook_check_outcome", ...at(check), ["outcome", is, outcome]);
  const seen = state("unknown", "!=");
  return {
    series,
    value: worst(check, series),
    failed: `max(${state("fail", "=")}) == 1`,
    warned: `max(${state("warn|fail", "=~")}) == 1`,
    seen: `(max(${series}) or max(${seen}) == 1)`,
    absent: (window) =>
      `(max(absent_over_time(${series}[${window}])) unless max(max_over_time(${seen}[${window}])) == 1)${looked(window)}`,
    ...expiring(check, series),
    lag: everyMsOf(check, undefined) / 1000 + TIMEOUT + options.scrape,
    state: { series: state("fail", "="), good: 0, failed: 1 },
  };
}

function probed(check: CheckSpec, name: string, { scrape }: RenderOptions): Signal {
  const series = selector(name, ...at(check));
  const success = selector("probe_success", ...at(check));
  const days = name === "probe_ssl_earliest_cert_expiry";
  return {
    series,
    value: days ? `(min(${series}) - time()) / 86400` : worst(check, series),
    failed: `min(${success}) == 0`,
    warned: `min(${success}) == 0`,
    seen: `max(${success})`,
    absent: (window) => `max(absent_over_time(${success}[${window}]))${looked(window)}`,
    expires: series,
    recordings: [],
    lag: scrape + Math.min(TIMEOUT, scrape),
    state: { series: success, good: 1, failed: 0 },
  };
}

const VALUE = "watchbook:check_value";

/** What the manual asks of Prometheus anyway. */
function asked(check: CheckSpec, { scrape }: RenderOptions): Signal {
  const { query, absent } = check.params as { readonly query: string; readonly absent?: number };
  const series = selector(VALUE, ...at(check));
  // A comment at the end of a query must not swallow the bracket.
  const expr = `${check.bands?.bad === "below" ? "min" : "max"}(${query}${query.includes("#") ? "\n" : ""})`;
  const or = absent === undefined ? "" : ` or vector(${absent})`;
  const { expires, recordings } = expiring(check, series);
  return {
    ...{ series, value: worst(check, series), seen: `max(${series})`, expires, lag: scrape },
    absent: (window) => `max(absent_over_time(${series}[${window}]))${looked(window)}`,
    recordings: [{ record: VALUE, expr: `${expr}${or}`, labels: labelsOf(check) }, ...recordings],
  };
}

const worst = ({ bands }: CheckSpec, series: string): string => `${bands?.bad === "below" ? "min" : "max"}(${series})`;

/** Where the readings of a check are: in the exporter that can say the same, in Prometheus itself, else in watchbook. */
export function signalOf(check: CheckSpec, options: RenderOptions): Signal {
  if (check.kind === "prometheus") return asked(check, options);
  const probe = probeOf(check);
  return probe ? probed(check, probe.series, options) : told(check, options);
}
