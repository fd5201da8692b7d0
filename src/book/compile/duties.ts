import type { CheckSpec } from "../../model/check.ts";
import type { BookConfig } from "../../model/config.ts";
import type { Duty, DutyItem, Proposal } from "../../model/duty.ts";
import type { Finding } from "../../model/finding.ts";
import { nearest } from "../../model/nearest.ts";
import type { Threshold } from "../../model/tables.ts";
import { fold } from "../words/matcher.ts";
import { proposalsOf } from "../words/asks/index.ts";
import { isWork, metricsOf } from "../words/metrics.ts";
import { unique } from "./unique.ts";

/** Duties with their items bound to checks and the changes of watchbook.yaml applied. */
export function dutiesOf(
  duties: readonly Duty[],
  checks: readonly CheckSpec[],
  thresholds: readonly Threshold[],
  config: BookConfig,
): { readonly duties: readonly Duty[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const bind = binder(bindingsOf(checks, thresholds, config));
  const bound = uniqueIds(duties).map((duty) => ({ ...duty, items: duty.items.map(bind) }));
  const ids = bound.map((duty) => duty.id);
  for (const { id, source } of config.duties)
    if (!ids.includes(id))
      findings.push({
        code: "WB041",
        level: "error",
        source,
        args: { id, nearest: nearest(id, ids) ?? (ids.join(", ") || "–") },
      });
  for (const check of config.checks) unused(check.items, check.id, check.source, bound, findings);
  return { duties: bound.map((duty) => overridden(duty, config)), findings };
}

/** Item texts that a declared check names but no checklist has (WB042): otherwise a typing mistake stays unseen. */
function unused(
  items: readonly string[],
  check: string,
  source: Finding["source"],
  duties: readonly Duty[],
  findings: Finding[],
): void {
  if (items.length === 0) return;
  const texts = duties.flatMap((duty) => duty.items.map((item) => item.text));
  const known = new Set(texts.map(fold));
  for (const item of items)
    if (!known.has(fold(item)))
      findings.push({
        code: "WB042",
        level: "error",
        source,
        args: { check, item, nearest: nearest(item, texts) ?? "–" },
      });
}

/** Metrics that items are searched for; a book with more of them binds the rest by `items` in watchbook.yaml only. */
const MOST_METRICS = 500;

interface Bindings {
  /** Checks by the metric they measure; a row of a table that none measures has an empty list. */
  readonly metrics: ReadonlyMap<string, readonly CheckSpec[]>;
  readonly probes: ReadonlyMap<string, string | undefined>;
  /** Checks by the folded text of an item that watchbook.yaml says they judge. */
  readonly items: ReadonlyMap<string, readonly CheckSpec[]>;
  /** Checks of threshold rows by their kind. */
  readonly machine: ReadonlyMap<string, readonly CheckSpec[]>;
}

function bindingsOf(checks: readonly CheckSpec[], thresholds: readonly Threshold[], config: BookConfig): Bindings {
  const metrics = new Map<string, CheckSpec[]>(thresholds.map(({ metric }) => [metric, []]));
  const items = new Map<string, CheckSpec[]>();
  const machine = new Map<string, CheckSpec[]>();
  for (const [index, check] of checks.entries()) {
    const declared = config.checks[index];
    const metric = declared ? declared.metric : check.title;
    if (metric !== undefined) add(metrics, metric, check);
    if (!declared) add(machine, check.kind, check);
    for (const item of declared?.items ?? []) add(items, fold(item), check);
  }
  const probes = new Map(thresholds.map(({ metric, probe }) => [metric, probe]));
  return { metrics: new Map([...metrics].slice(0, MOST_METRICS)), probes, items, machine };
}

function binder(bindings: Bindings): (item: DutyItem) => DutyItem {
  const { metrics, probes, items, machine } = bindings;
  const names = [...metrics.keys()];
  return (item) => {
    const named = items.get(fold(item.text)) ?? [];
    const { found, own, certain } = metricsOf(item.text, names);
    const sure = certain
      ? [
          ...own.flatMap((metric) => near(metrics.get(metric) ?? [], item)),
          ...found.flatMap(({ kinds, alone }) => (alone ? near(machine.get(kinds[0]!) ?? [], item) : [])),
        ]
      : [];
    const judges = [...named, ...sure];
    const served = new Set(judges.map((check) => check.kind));
    // One declared check may judge an item as a whole; of a list of metrics it judges those of its kind.
    const whole = named.length > 0 && found.length < 2;
    const open = whole ? [] : found.filter((metric) => !metric.kinds.some((kind) => served.has(kind)));
    const unserved = whole ? [] : own.filter((metric) => metrics.get(metric)?.length === 0);
    const understood = whole ? [] : proposalsOf(item.text);
    const kinds = new Set([
      ...unserved.flatMap((metric) => probes.get(metric) ?? []),
      // Whose memory? Of the machine's own metrics only what nothing else stands beside is proposed.
      ...open.flatMap((metric) => (metric.alone && !certain ? [] : metric.kinds.slice(0, 1))),
    ]);
    const proposals = (understood.length > 0 ? understood : [...kinds].map(plain)).filter(
      ({ kind }) => !served.has(kind),
    );
    return {
      ...item,
      checks: [...new Set([...item.checks, ...judges.map((check) => check.id)])],
      needs: [...new Set([...item.needs, ...unserved, ...open.map((metric) => metric.words)])],
      ...(proposals.length > 0 ? { proposals } : judges.length === 0 && isWork(item.text) ? { work: true } : {}),
    };
  };
}

const plain = (kind: string): Proposal => ({ kind, params: {} });

/** Checks of the item's own document when it has any; limits of another manual are not its limits. */
function near(checks: readonly CheckSpec[], item: DutyItem): readonly CheckSpec[] {
  const own = checks.filter((check) => check.source.file === item.source.file);
  return own.length > 0 ? own : checks;
}

function overridden(duty: Duty, config: BookConfig): Duty {
  const change = config.duties.find((each) => each.id === duty.id);
  if (!change) return duty;
  const { source: _, ...changes } = change;
  return { ...duty, ...changes };
}

/** Ids stay as they are in the first document that uses them; later ones get a number. */
function uniqueIds(duties: readonly Duty[]): readonly Duty[] {
  const free = unique();
  return duties.map((duty) => {
    const id = free(duty.id);
    return id === duty.id ? duty : { ...duty, id };
  });
}

const add = (map: Map<string, CheckSpec[]>, key: string, check: CheckSpec): void => {
  const list = map.get(key);
  if (list) list.push(check);
  else map.set(key, [check]);
};
