import { isBefore, type RenderOptions, type Version } from "../../../model/renderer.ts";
import { LEVEL, type Limit, type Rule } from "../../../model/rule.ts";
import type { CheckSpec } from "../../../model/check.ts";
import { span } from "../text/template.ts";
import { selector } from "./selector.ts";
import type { Recording, Signal } from "./signal.ts";

/** From here on an alert can be kept firing after its condition is over. */
export const KEEP_FIRING: Version = [2, 42];

/** An alert's condition, and the series that it needs. */
export interface Expression {
  readonly expr: string;
  readonly recordings: readonly Recording[];
}

/** Conditions, each a vector without labels. */
interface Condition {
  readonly bad: readonly string[];
  /** No longer bad, not good yet. */
  readonly between: readonly string[];
  /** There when it can be judged. */
  readonly seen?: string;
}

const compared = (value: string, { bad }: Pick<Limit, "bad">, limit: number): string =>
  `${value} ${bad === "above" ? ">=" : "<="} ${limit}`;

function beside(value: string, limit: Limit, seen: string): Condition {
  const { fire, clear = fire } = limit;
  return { bad: [compared(value, limit, fire)], between: clear === fire ? [] : [compared(value, limit, clear)], seen };
}

/** How a check was judged, by the limits that judged it: warn and critical, over at normal. */
function level(rule: Limit, check: CheckSpec, signal: Signal): Condition {
  const { normal, warn, critical, bad = "above" } = check.bands ?? {};
  const mild = warn ?? (critical === undefined ? normal : critical);
  const limit = rule.fire >= LEVEL.fail ? critical : mild;
  const over = normal ?? warn ?? critical;
  const state = rule.fire >= LEVEL.fail ? signal.failed : signal.warned;
  const values = (one: number | undefined): readonly string[] =>
    one === undefined ? [] : [compared(signal.value, { bad }, one)];
  const states = (one: string | undefined): readonly string[] => (one === undefined ? [] : [one]);
  return {
    bad: [...values(limit), ...states(state)],
    between: [
      ...(over === limit ? [] : values(over)),
      ...(rule.fire >= LEVEL.fail ? states(signal.warned).filter((one) => one !== state) : []),
    ],
    seen: signal.seen,
  };
}

const RATIO = "watchbook:ratio";
const TRAFFIC = "watchbook:traffic";

interface Found {
  readonly condition: Condition;
  readonly recordings?: readonly Recording[];
}

function ratio(rule: Extract<Rule, { form: "ratio" }>, part: Signal, whole: Signal): Found {
  const labels = { rule: rule.id, target: rule.target };
  const at = [
    ["rule", "=", rule.id],
    ["target", "=", rule.target],
  ] as const;
  const grew = ({ series }: Signal): string => `sum(increase(${series}[${span(rule.windowMs / 1000)}]))`;
  const value = `(max(${selector(RATIO, ...at)}) and max(${selector(TRAFFIC, ...at)}) >= ${rule.atLeast})`;
  return {
    condition: beside(value, rule, `max(${selector(TRAFFIC, ...at)})`),
    recordings: [
      { record: TRAFFIC, expr: grew(whole), labels },
      { record: RATIO, expr: `${grew(part)} / ${grew(whole)}`, labels },
    ],
  };
}

function forecast(rule: Extract<Rule, { form: "forecast" }>, { series, value }: Signal): Found {
  const line = `${rule.bad === "above" ? "max" : "min"}(predict_linear(${series}[${span(rule.windowMs / 1000)}], ${rule.horizonMs / 1000}))`;
  const guarded = rule.guard === undefined ? line : `(${line} and ${compared(value, rule, rule.guard)})`;
  return { condition: beside(guarded, rule, line) };
}

function conditionOf(rule: Rule, check: CheckSpec, signals: (check: string) => Signal): Found {
  const signal = signals(rule.check);
  const { series, value, seen } = signal;
  const within = "windowMs" in rule ? span(rule.windowMs / 1000) : "";
  switch (rule.form) {
    case "compare":
      return { condition: rule.of === "level" ? level(rule, check, signal) : beside(value, rule, value) };
    case "ratio":
      return ratio(rule, signal, signals(rule.whole));
    case "absence":
      return { condition: { bad: [signal.absent(within)], between: [] } };
    case "forecast":
      return forecast(rule, signal);
    case "log-rate": {
      const mean = `max(avg_over_time(${series}[${within}]))`;
      return { condition: beside(mean, rule, mean) };
    }
    case "age":
      return { condition: beside(`max(${series} + (time() - timestamp(${series})))`, rule, seen) };
    case "certificate-life":
      break;
  }
  // The last sight of a certificate counts for a day: a probe that fails must not end its alert.
  const left = `(min(last_over_time(${signal.expires}[1d])) - time()) / 86400`;
  return {
    condition: beside(left, rule, left),
    recordings: signal.recordings.filter(({ record }) => signal.expires.startsWith(record)),
  };
}

const any = (parts: readonly string[]): string => parts.join("\n  or ");

/**
 * The condition of a rule in PromQL. It fires at its limit; what fires goes on, by the series ALERTS, until the value is
 * normal again, and while nothing can be judged: then its value is NaN, for vmalert, which drops those, 1.
 */
export function expressionOf(
  rule: Rule,
  check: CheckSpec,
  signals: (check: string) => Signal,
  options: RenderOptions,
): Expression {
  const { condition, recordings = [] } = conditionOf(rule, check, signals);
  const { bad, between, seen } = condition;
  const firing = `max(${selector("ALERTS", ["alertname", "=", rule.id], ["target", "=", rule.target], ["alertstate", "=", "firing"])})`;
  const blind = options.vmalert ? firing : `${firing} * NaN`;
  return {
    expr: any([
      ...bad,
      ...(between.length === 0 ? [] : [`((${any(between)}) and ${firing})`]),
      ...(seen === undefined ? [] : [`(${blind} unless ${seen})`]),
    ]),
    recordings,
  };
}

/** How long at most from a fault until its alert fires, seconds: reading, scraping, evaluating, and what the rule waits for. */
export function detectionOf(rule: Rule, { lag }: Signal, { evaluation }: RenderOptions): number {
  const window = "windowMs" in rule && rule.form !== "forecast" ? rule.windowMs / 1000 : 0;
  return Math.ceil(lag + evaluation + window + rule.forMs / 1000);
}

/** Whether alerts may be kept firing by these versions. vmalert learned it in 1.94. */
export const keepsFiring = ({ prometheus, vmalert }: RenderOptions): boolean =>
  vmalert ? !isBefore(vmalert, [1, 94]) : !isBefore(prometheus, KEEP_FIRING);
