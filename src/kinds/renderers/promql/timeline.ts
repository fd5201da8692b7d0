import type { CheckSpec } from "../../../model/check.ts";
import { LEVEL, type Limit, type Rule } from "../../../model/rule.ts";
import type { Signal } from "./signal.ts";

/** Samples of a series, one a minute, as promtool writes them. */
type Values = readonly string[];
interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** What happens to a rule, minute by minute, and where it must fire. */
export interface Timeline {
  readonly input: readonly InputSeries[];
  /** Minute and whether it fires there. */
  readonly says: readonly (readonly [minute: number, fires: boolean])[];
}

/** promtool has `a+bxn` for n more samples after the first. */
const flat = (value: number, minutes: number): string => `${value}+0x${minutes - 1}`;
const climb = (from: number, step: number, minutes: number): string =>
  `${from}${step < 0 ? "-" : "+"}${Math.abs(step)}x${minutes - 1}`;
const none = (minutes: number): string => `_x${minutes}`;
const BEFORE = 3;
const AFTER = 3;

const margin = (limit: number): number => Math.max(Math.abs(limit) / 10, 0.5);
/** A value on the good side of a limit. */
const good = (bad: "above" | "below", limit: number): number =>
  Number((bad === "above" ? limit - margin(limit) : limit + margin(limit)).toPrecision(12));

const held = ({ forMs }: Rule): number => Math.ceil(forMs / 60_000) + 2;

const series = (name: string, ...values: Values): InputSeries => ({ series: name, values: values.join(" ") });

/** Good, bad for its time, between the limits where there is a between, good. */
function beside(name: string, rule: Rule, { bad, fire, clear = fire }: Limit): Timeline {
  const on = held(rule);
  const between = clear === fire ? 0 : 2;
  const middle = between === 0 ? [] : [flat((clear + fire) / 2, between)];
  return {
    input: [series(name, flat(good(bad, clear), BEFORE), flat(fire, on), ...middle, flat(good(bad, clear), AFTER))],
    says: [
      [BEFORE - 1, false],
      [BEFORE + on - 1, true],
      ...(between === 0 ? [] : [[BEFORE + on + between - 1, true] as const]),
      [BEFORE + on + between + AFTER - 1, false],
    ],
  };
}

function level(rule: Rule & Limit, { bands }: CheckSpec, signal: Signal): Timeline | undefined {
  const { normal, warn, critical, bad = "above" } = bands ?? {};
  const limit = rule.fire >= LEVEL.fail ? critical : (warn ?? (critical === undefined ? normal : critical));
  const clear = normal ?? warn ?? critical;
  if (limit !== undefined) {
    const { input, says } = beside(signal.series, rule, { bad, fire: limit, ...(clear !== undefined && { clear }) });
    return { input: [...input, ...well(signal, says)], says };
  }
  if (!signal.state) return undefined;
  const { state } = signal;
  const on = held(rule);
  return {
    input: [series(state.series, flat(state.good, BEFORE), flat(state.failed, on), flat(state.good, AFTER))],
    says: [
      [BEFORE - 1, false],
      [BEFORE + on - 1, true],
      [BEFORE + on + AFTER - 1, false],
    ],
  };
}

/** The probe itself succeeds all the time. */
const well = ({ state }: Signal, says: Timeline["says"]): readonly InputSeries[] =>
  state?.series.startsWith("probe_success") ? [series(state.series, flat(state.good, says.at(-1)![0] + 1))] : [];

function ratio(rule: Extract<Rule, { form: "ratio" }>, part: Signal, whole: Signal): Timeline {
  const window = Math.ceil(rule.windowMs / 60_000);
  const [quiet, on] = [window + 2, window + held(rule)];
  const traffic = Math.ceil((rule.atLeast * 2) / window) + 1000;
  const [low, high] = [0, Number((traffic * Math.min(1, rule.fire * 2)).toPrecision(12))];
  const [calm, storm] = rule.bad === "above" ? [low, high] : [high, low];
  const minutes = quiet + on + quiet;
  const grown = [1 + calm * (quiet - 1), storm * on] as const;
  return {
    input: [
      series(whole.series, climb(1, traffic, minutes)),
      series(
        part.series,
        climb(1, calm, quiet),
        climb(grown[0] + storm, storm, on),
        climb(grown[0] + grown[1] + calm, calm, quiet),
      ),
    ],
    says: [
      [quiet - 1, false],
      [quiet + on - 1, true],
      [minutes - 1, false],
    ],
  };
}

function absence({ windowMs, ...rule }: Extract<Rule, { form: "absence" }>, name: string): Timeline {
  const gone = Math.ceil(windowMs / 60_000) + held({ windowMs, ...rule });
  return {
    input: [series(name, flat(1, BEFORE), none(gone), flat(1, AFTER))],
    says: [
      [BEFORE - 1, false],
      [BEFORE + gone - 1, true],
      [BEFORE + gone + AFTER - 1, false],
    ],
  };
}

/** It climbs so that the limit lies in the middle of what is looked ahead; then it falls back and lies still. */
function forecast(rule: Extract<Rule, { form: "forecast" }>, name: string): Timeline {
  const { bad, fire, guard = bad === "above" ? fire - margin(fire) : fire + margin(fire), windowMs, horizonMs } = rule;
  const on = held(rule) + 1;
  const still = Math.ceil(windowMs / 60_000) + 1;
  const step = Number((((fire - guard) * 2) / (horizonMs / 60_000)).toPrecision(9)) || 1e-6;
  const rest = bad === "above" ? guard - margin(fire) : guard + margin(fire);
  return {
    input: [series(name, flat(rest, 1), none(still), climb(guard, step, on), flat(rest, still + AFTER))],
    says: [
      [still, false],
      [still + on, true],
      [still + on + still + AFTER, false],
    ],
  };
}

function mean(rule: Extract<Rule, { form: "log-rate" }>, name: string): Timeline {
  const { bad, fire, clear = fire } = rule;
  const window = Math.ceil(rule.windowMs / 60_000);
  const on = window + held(rule);
  const calm = good(bad, clear);
  return {
    input: [series(name, flat(calm, BEFORE), flat(fire, on), flat(calm, window + AFTER))],
    says: [
      [BEFORE - 1, false],
      [BEFORE + on - 1, true],
      [BEFORE + on + window + AFTER - 1, false],
    ],
  };
}

/** Days that are left as the moment of the end, from the beginning of a test on; or as days, where watchbook tells them. */
function life(rule: Rule & Limit, signal: Signal): Timeline {
  if (signal.expires !== signal.series) return beside(signal.series, rule, rule);
  const { input, says } = beside(signal.expires, rule, rule);
  const moments = input.map(({ series: name, values }) => ({
    series: name,
    values: values.replaceAll(/([\d.]+)\+0x/g, (_, days: string) => `${Number(days) * 86_400}+0x`),
  }));
  return { input: moments, says };
}

/** A course of readings on which the rule fires, and is over. undefined: it cannot be made up. */
export function timelineOf(rule: Rule, check: CheckSpec, signals: (check: string) => Signal): Timeline | undefined {
  const signal = signals(rule.check);
  switch (rule.form) {
    case "compare":
      if (rule.of === "level") return level(rule, check, signal);
      if (signal.value.endsWith("86400")) return life(rule, { ...signal, expires: signal.series });
      return beside(signal.series, rule, rule);
    case "ratio":
      return ratio(rule, signal, signals(rule.whole));
    case "absence":
      return absence(rule, signal.state?.series.startsWith("probe_success") ? signal.state.series : signal.series);
    case "forecast":
      return forecast(rule, signal.series);
    case "log-rate":
      return mean(rule, signal.series);
    case "age":
      return beside(signal.series, rule, rule);
    case "certificate-life":
      break;
  }
  return life(rule, signal);
}

/** The same with a longer end: an alert that is kept firing is over so many minutes later. */
export const lingering = ({ input, says }: Timeline, minutes: number): Timeline => ({
  input: input.map(({ series: name, values }) => ({
    series: name,
    values: values.replace(/x(\d+)$/, (_, count: string) => `x${Number(count) + minutes}`),
  })),
  says: [...says.slice(0, -1), [says.at(-1)![0] + minutes, says.at(-1)![1]]],
});
