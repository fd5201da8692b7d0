import type { CheckSpec } from "../../../model/check.ts";
import type { RenderInput, RenderedRule, Unrendered } from "../../../model/renderer.ts";
import type { Rule } from "../../../model/rule.ts";
import { at } from "../../../model/source.ts";
import { plain, span } from "../text/template.ts";
import { detectionOf, expressionOf, keepsFiring } from "./expression.ts";
import { DEADMAN, NO_SEVERITY, UNWATCHED } from "./names.ts";
import { signalOf, type Recording, type Signal } from "./signal.ts";

/** A rule of a rule file. */
export type FileRule = Recording | Alerting;
interface Alerting {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
export interface Group {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly FileRule[];
}
export interface Grouped {
  readonly groups: readonly Group[];
  readonly rules: readonly RenderedRule[];
  readonly left: readonly Unrendered[];
}

/** Signals of the checks of a book, by id. */
export function signalsOf({ checks, options }: RenderInput): (check: string) => Signal {
  const signals = new Map(checks.map((check) => [check.id, signalOf(check, options)]));
  return (check) => signals.get(check)!;
}

/** A rule whose service others need, and of which Prometheus does not know whether that is gone or only ill. */
function unsure({ id, service, down, source }: Rule, needed: ReadonlySet<string>): readonly Unrendered[] {
  if (down !== "seen" || service === undefined || !needed.has(service)) return [];
  return [{ about: id, reason: "not-surely-down", args: { service }, source }];
}

function alerting(
  rule: Rule,
  check: CheckSpec,
  expr: string,
  detection: number,
  { line, options }: RenderInput,
): Alerting {
  const { keepFiring } = options;
  const written = line(rule.source) ?? line(check.source);
  return {
    alert: rule.id,
    expr,
    ...(rule.forMs > 0 && { for: span(rule.forMs / 1000) }),
    ...(keepFiring !== undefined && keepsFiring(options) && { keep_firing_for: span(keepFiring) }),
    labels: {
      ...{
        severity: plain(rule.severity),
        check: rule.check,
        target: plain(rule.target),
        metric: plain(rule.metric),
        rule: rule.id,
      },
      ...(rule.service !== undefined && { service: rule.service }),
      ...(rule.down === true && { down: "true" }),
    },
    annotations: {
      summary: plain(rule.title),
      ...(written !== undefined && { manual: plain(written) }),
      source: plain(at(rule.source)),
      ...(rule.runbook !== undefined && { runbook: rule.runbook }),
      detection: span(detection),
    },
  };
}

/** What keeps a rule from being said in PromQL. */
function obstacle(rule: Rule, known: ReadonlyMap<string, CheckSpec>): Unrendered | undefined {
  const needed = [rule.check, ...(rule.form === "ratio" ? [rule.whole] : [])];
  const lost = needed.find((check) => !known.has(check));
  return lost === undefined
    ? undefined
    : { about: rule.id, reason: "check-lost", args: { check: lost }, source: rule.source };
}

/** What is worth knowing about watchbook and Prometheus themselves. */
function selfGroup({ options, policy, words }: RenderInput): Group {
  const labels = {
    severity: policy.severities[0]?.id ?? NO_SEVERITY,
    service: "watchbook",
    target: "watchbook",
    down: "true",
  };
  return {
    name: "watchbook",
    interval: span(options.evaluation),
    rules: [
      {
        alert: DEADMAN,
        expr: "vector(1)",
        labels: { severity: NO_SEVERITY },
        annotations: { summary: plain(words.deadman) },
      },
      {
        alert: UNWATCHED,
        expr: `absent(up{job="watchbook"} == 1)`,
        for: "1m",
        labels,
        annotations: { summary: plain(words.unwatched) },
      },
    ],
  };
}

/** The rules of a book as groups of a rule file: one for each service, what they need before them. Pure. */
export function groupsOf(input: RenderInput): Grouped {
  const { options, checks } = input;
  const known = new Map(checks.map((check) => [check.id, check]));
  const signals = signalsOf(input);
  const left = input.rules.flatMap((rule) => obstacle(rule, known) ?? []);
  const lost = new Set(left.map(({ about }) => about));
  const said = input.rules.filter(({ id }) => !lost.has(id));
  if (options.keepFiring !== undefined && !keepsFiring(options))
    left.push({ about: "keep_firing_for", reason: "needs-prometheus", args: { version: "2.42" } });
  const needed = new Set([...input.policy.needs.values()].flat());
  left.push(...said.flatMap((rule) => unsure(rule, needed)));
  const rules: RenderedRule[] = [];
  const groups = [...Map.groupBy(said, ({ service = "" }) => service)].map(([service, own]): Group => {
    const recordings = new Map<string, Recording>();
    const keep = (all: readonly Recording[]): void => {
      for (const one of all) recordings.set(`${one.record} ${JSON.stringify(one.labels)}`, one);
    };
    const alerts = own.map((rule) => {
      const { id, title, target, severity, source } = rule;
      const detectionSeconds = detectionOf(rule, signals(rule.check), options);
      rules.push({ rule: id, title, target, severity, source, detectionSeconds });
      const check = known.get(rule.check)!;
      const { expr, recordings: needed } = expressionOf(rule, check, signals, options);
      const read = [rule.check, ...(rule.form === "ratio" ? [rule.whole] : [])];
      keep(read.flatMap((one) => signals(one).recordings.filter(({ record }) => record === "watchbook:check_value")));
      keep(needed);
      return alerting(rule, check, expr, detectionSeconds, input);
    });
    const name = service === "" ? "book" : `book/${service}`;
    return { name, interval: span(options.evaluation), rules: [...recordings.values(), ...alerts] };
  });
  return { groups: [selfGroup(input), ...groups], rules, left };
}
