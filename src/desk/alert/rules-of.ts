import { ALERT_DEFAULTS, type AlertSettings } from "../../model/alert-policy.ts";
import type { Book } from "../../model/book.ts";
import type { CheckSpec } from "../../model/check.ts";
import { given } from "../../model/given.ts";
import { LEVEL, type DeclaredRule, type Limit, type Rule } from "../../model/rule.ts";
import { severitiesOf, severityOfBand } from "./policy-of.ts";

type Stated = Pick<Book, "checks" | "config" | "thresholds" | "severities">;

const MINUTE_MS = 60_000;
const WINDOW_MS = 5 * MINUTE_MS;
const ABSENCE_MS = 10 * MINUTE_MS;
const FORECAST_MS = 360 * MINUTE_MS;
const HORIZON_MS = 1_440 * MINUTE_MS;
/** Requests in a window below which a ratio says nothing. */
const AT_LEAST = 10;

type Base = Omit<Extract<Rule, { form: "absence" }>, "form" | "windowMs">;

const baseOf = (check: CheckSpec, id: string, severity: string, more: Partial<Base>): Base => ({
  ...{ id, title: check.title, check: check.id, target: check.target ?? "local", severity, metric: check.id, forMs: 0 },
  ...(check.service !== undefined && { service: check.service }),
  ...(check.unit !== undefined && { unit: check.unit }),
  ...{ down: false, source: check.source },
  ...more,
});

const level = (base: Base, fire: number, down: Rule["down"] = fire === LEVEL.fail ? "seen" : false): Rule => ({
  ...{ ...base, down },
  ...{ form: "compare", of: "level", bad: "above", fire, clear: LEVEL.elevated },
});

/** Where a check's limits stand: a threshold table, by the row it comes from or by the metric it names. */
function rowOf({ thresholds, config }: Stated, check: CheckSpec) {
  const metric = config.checks.find(({ id }) => id === check.id)?.metric;
  return thresholds.find(
    (row) =>
      row.state !== "ambiguous" &&
      ((row.source.file === check.source.file && row.source.line === check.source.line) || row.metric === metric),
  );
}

/** A check's columns: warning, critical. What has no critical limit is a warning at most, unless it fails by itself. */
function columns(book: Stated, check: CheckSpec, settings: AlertSettings): readonly Rule[] {
  const row = rowOf(book, check);
  if (row === undefined && !settings.every) return [];
  const held = { forMs: (row?.hold ?? 0) * 1000 };
  const of = (band: "warn" | "critical"): Base =>
    baseOf(check, `${check.id}.${band}`, severityOfBand(book, settings, band), held);
  const { warn, normal, critical } = check.bands ?? {};
  const mild = warn !== undefined || (critical === undefined && normal !== undefined);
  return [...(mild ? [level(of("warn"), LEVEL.warn)] : []), level(of("critical"), LEVEL.fail)];
}

/** Limits as declared, and what follows from the check's bands. */
function limitOf(rule: DeclaredRule, check: CheckSpec, bad: Limit["bad"] = check.bands?.bad ?? "above"): Limit {
  const side = rule.bad ?? bad;
  return { bad: side, fire: rule.fire ?? Number.NaN, ...given({ clear: rule.clear }) };
}

function declared(rule: DeclaredRule, check: CheckSpec): Rule {
  const { id, form, severity, title, metric, runbook, forMs, down, source } = rule;
  const base = baseOf(check, id, severity, given({ title, metric, runbook, forMs, down, source }));
  const limit = limitOf(rule, check);
  switch (form) {
    case "compare": {
      if (rule.fire === undefined || rule.of === "level") return level(base, rule.fire ?? LEVEL.fail, down);
      const normal = check.bands?.normal;
      return { ...base, form, of: "value", ...limit, ...given({ clear: rule.clear ?? normal }) };
    }
    case "ratio": {
      const { whole = "", windowMs = WINDOW_MS, atLeast = AT_LEAST } = rule;
      return { ...base, form, ...limitOf(rule, check, "above"), whole, windowMs, atLeast };
    }
    case "absence":
      return { ...base, down: down ?? true, form, windowMs: rule.windowMs ?? ABSENCE_MS };
    case "forecast": {
      const { windowMs = FORECAST_MS, horizonMs = HORIZON_MS } = rule;
      return { ...base, form, ...limit, windowMs, horizonMs, ...given({ guard: rule.guard }) };
    }
    case "log-rate":
      return { ...base, form, ...limitOf(rule, check, "above"), windowMs: rule.windowMs ?? WINDOW_MS };
    case "age":
      return { ...base, form, ...limitOf(rule, check, "above") };
    case "certificate-life":
      break;
  }
  return { ...base, form, ...limitOf(rule, check, "below") };
}

/** Nothing that could be judged for so long is an alert of every check that alerts at all. */
function unseen(book: Stated, rules: readonly Rule[], settings: AlertSettings): readonly Rule[] {
  const { unknownMs, unknown } = settings;
  if (unknownMs === false) return [];
  const scale = severitiesOf(book, settings);
  const watched = Map.groupBy(rules, ({ check }) => check);
  return book.checks.flatMap((check): Rule[] => {
    const own = watched.get(check.id) ?? [];
    if (own.length === 0 || own.some(({ form }) => form === "absence")) return [];
    const mildest = own.map(({ severity }) => severity).toSorted((a, b) => scale.indexOf(b) - scale.indexOf(a))[0]!;
    const base = baseOf(check, `${check.id}.unknown`, unknown ?? mildest, { metric: own[0]!.metric });
    return [{ ...base, form: "absence", windowMs: unknownMs }];
  });
}

/** A rule that follows from a check, apart from one that somebody called the same: of one key there is one state. */
const apart = (taken: ReadonlySet<string>, rule: Rule): Rule =>
  taken.has(rule.id) ? apart(taken, { ...rule, id: `${rule.id}.check` }) : rule;

/**
 * Every rule of a book: those of its threshold tables and those it declares; what stands in prose alone never alerts. A
 * declared rule on the level or the value of a check takes the place of the columns of its table.
 */
export function rulesOf(book: Stated): readonly Rule[] {
  const settings = book.config.alerts ?? ALERT_DEFAULTS;
  const checks = new Map(book.checks.map((check) => [check.id, check]));
  const stated = book.config.rules.flatMap((rule) => {
    const check = checks.get(rule.check);
    return check ? [declared(rule, check)] : [];
  });
  const taken = new Set(stated.flatMap(({ form, check }) => (form === "compare" ? [check] : [])));
  const tables = book.checks.flatMap((check) => (taken.has(check.id) ? [] : columns(book, check, settings)));
  const rules = [...stated, ...tables];
  const ids = new Set(stated.map(({ id }) => id));
  return [...stated, ...[...tables, ...unseen(book, rules, settings)].map((rule) => apart(ids, rule))];
}
