import type { AlertSettings } from "../../model/alert-policy.ts";
import type { Signal, Watch } from "../../model/alert.ts";
import type { Rule, Series } from "../../model/rule.ts";
import { conditionOf } from "./condition.ts";
import { freshWatch, isFlapping, isNews, nextWatch } from "./watch.ts";

export const keyOf = (rule: Pick<Rule, "id" | "target">): string => `${rule.id}@${rule.target}`;

export interface Evaluated {
  /** By key: the state of every rule. */
  readonly watches: ReadonlyMap<string, Watch>;
  /** Those that a restart must know. */
  readonly changed: readonly Watch[];
  /** What fires, and what has stopped to. */
  readonly signals: readonly Signal[];
}

function signalOf(rule: Rule, watch: Watch, now: number, settings: AlertSettings): Signal {
  const { id, title, metric, check, target, service, severity, runbook, source, form, unit } = rule;
  return {
    ...{ key: watch.key, rule: id, title, metric, check, target, severity, source, form },
    down: rule.down === "seen" ? watch.gone === true : rule.down,
    ...(service !== undefined && { service }),
    ...(runbook !== undefined && { runbook }),
    ...(unit !== undefined && { unit }),
    ...(watch.value !== undefined && { value: watch.value }),
    firing: watch.phase === "firing",
    flapping: watch.phase === "firing" && isFlapping(watch, now, settings.flapping),
    blind: watch.blind !== undefined,
  };
}

/**
 * Every rule once. Pure. `watched`: since when the readings of a check are asked for. A rule that fires gives a signal
 * each time, one that stopped gives one.
 */
export function evaluate(
  rules: readonly Rule[],
  before: ReadonlyMap<string, Watch>,
  series: Series,
  watched: (check: string) => number,
  now: number,
  settings: AlertSettings,
): Evaluated {
  const watches = new Map<string, Watch>();
  const changed: Watch[] = [];
  const signals: Signal[] = [];
  for (const rule of rules) {
    const key = keyOf(rule);
    const old = before.get(key);
    // Since the start nobody has read it: what was known then still holds.
    if (rule.form !== "absence" && series(rule.check).length === 0) {
      if (old) watches.set(key, old);
      continue;
    }
    const watch = nextWatch(
      old ?? freshWatch(key, now),
      conditionOf(rule, series, now, watched(rule.check)),
      rule,
      now,
      settings,
    );
    watches.set(key, watch);
    if (isNews(old, watch)) changed.push(watch);
    if (watch.phase === "firing" || old?.phase === "firing") signals.push(signalOf(rule, watch, now, settings));
  }
  return { watches, changed, signals };
}
