import { HELD_SECONDS, match, timelineOf, type Matched } from "./match.ts";
import type { FaultEvent, Lines, Probe } from "./read.ts";
import type { SloFault, SloInput, SloReport } from "./schema.ts";
import { inOrder, label, on, type SloClock } from "./time.ts";
import { windowsOf, type Window } from "./windows.ts";

/** A file as it was read: its name and digest, and what is in it. */
export interface SloFile<T> {
  readonly name: string;
  readonly sha256: string;
  readonly lines: Lines<T>;
}

export interface SloInputs {
  readonly events: SloFile<FaultEvent>;
  readonly probes: SloFile<Probe>;
  /** The 99th percentile of the recoveries must be below, seconds. */
  readonly target: number;
}

type Told = SloReport["reasons"][number];

/** Unmatched probes that are listed. */
const LISTED = 100;

/** Nearest rank. */
const p99 = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1]!;

const worst = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values));

const measured = (faults: readonly SloFault[], of: (fault: SloFault) => number | null): readonly number[] =>
  faults.flatMap((fault) => (fault.state === "recovered" ? (of(fault) ?? []) : []));

/** When the next fault begins after this one was gone: what the probe says then is about that one. */
function nextAfter(windows: readonly Window[], index: number, clock: SloClock): bigint | undefined {
  const { apply, clear } = windows[index]!;
  const [begun, gone] = [on(apply, clock), on(clear ?? apply, clock)];
  for (let next = index + 1; next < windows.length; next += 1) {
    const at = on(windows[next]!.apply, clock);
    if (at >= gone && at > begun) return at;
  }
  return undefined;
}

/** Probes and events that no fault explains. */
function unmatchedOf(probes: readonly Probe[], groups: readonly Group[]): SloReport["unmatched"] {
  const ours = new Set(groups.flatMap(({ matched }) => matched.flatMap((one) => one.probes)));
  const left = probes.filter((probe) => !probe.healthy && !ours.has(probe));
  return {
    count: left.length,
    probes: left.slice(0, LISTED).map((probe) => ({ line: probe.line, at: label(probe), reason: probe.reason })),
    events: groups
      .flatMap(({ unmatched }) => unmatched)
      .map((event) => ({ line: event.line, at: label(event), scenario: event.scenario, phase: event.phase })),
  };
}

interface Group {
  readonly matched: readonly Matched[];
  readonly unmatched: readonly FaultEvent[];
}

function groupOf(events: readonly FaultEvent[], probes: readonly Probe[], clock: SloClock): Group {
  const timeline = timelineOf(probes, clock);
  const { all, unmatched } = windowsOf(inOrder(events, clock));
  return { unmatched, matched: all.map((window, index) => match(window, timeline, nextAfter(all, index, clock))) };
}

/** A monotonic clock counts from a boot: what was in another one is compared with nothing of this one. */
function groupsOf(events: readonly FaultEvent[], probes: readonly Probe[], clock: SloClock): readonly Group[] {
  if (clock === "wall") return [groupOf(events, probes, clock)];
  const seen = Map.groupBy(probes, ({ boot }) => boot);
  return [...Map.groupBy(events, ({ boot }) => boot)].map(([boot, own]) => groupOf(own, seen.get(boot) ?? [], clock));
}

const inputOf = <T>({ name, sha256, lines }: SloFile<T>, other: number): SloInput => ({
  ...{ file: name, sha256, lines: lines.total, other },
  skipped: lines.torn === undefined ? 0 : 1,
});

const tornOf = ({ name, lines }: SloFile<unknown>): readonly Told[] =>
  lines.torn === undefined ? [] : [{ code: "torn-line", args: { file: name, line: lines.torn } }];

/** Why it is no pass: what missed the objective, and what proves nothing. */
function reasonsOf(
  faults: readonly SloFault[],
  clock: SloClock,
  target: number,
): { readonly failed: readonly Told[]; readonly unproven: readonly Told[] } {
  const value = p99(measured(faults, ({ recoverySeconds }) => recoverySeconds));
  const bad = faults.filter(({ state }) => state !== "recovered");
  const tell = ({ state, scenario, lines }: SloFault): Told => ({ code: state, args: { scenario, line: lines.apply } });
  return {
    failed: [
      ...bad.filter(({ state }) => state === "not-recovered").map(tell),
      ...(value !== null && value >= target ? [{ code: "too-slow", args: { value, target } }] : []),
    ],
    unproven: [
      ...bad.filter(({ state }) => state !== "not-recovered").map(tell),
      ...(faults.length === 0 ? [{ code: "no-fault", args: {} }] : []),
      ...(clock === "wall" ? [{ code: "wall-clock", args: {} }] : []),
    ],
  };
}

/**
 * The report of reconnects: each executed fault beside what the probe saw of it. The same files give the same report: it
 * has no time of its own. Pass only when every fault was seen to bite and to be recovered from, and in time.
 */
export function sloReport({ events, probes, target }: SloInputs): SloReport {
  const executed = events.lines.all.filter((event) => event.executed);
  const clock = executed.some(({ boot }) => boot === undefined) ? "wall" : "monotonic";
  const groups = groupsOf(executed, probes.lines.all, clock);
  const faults = groups.flatMap(({ matched }) => matched.map(({ fault }) => fault));
  const { failed, unproven } = reasonsOf(faults, clock, target);
  const newest = probes.lines.all.at(-1);
  const recoveries = measured(faults, ({ recoverySeconds }) => recoverySeconds);
  return {
    format: "watchbook-slo/1",
    verdict: failed.length > 0 ? "fail" : unproven.length > 0 ? "inconclusive" : "pass",
    reasons: [...failed, ...unproven],
    objective: { belowP99Seconds: target, heldSeconds: HELD_SECONDS },
    clock,
    summary: {
      faults: faults.length,
      recovered: faults.filter(({ state }) => state === "recovered").length,
      p99Seconds: p99(recoveries),
      worstSeconds: worst(recoveries),
      worstDownSeconds: worst(measured(faults, ({ downSeconds }) => downSeconds)),
    },
    link: {
      state: newest === undefined ? "unknown" : newest.healthy ? "healthy" : "unhealthy",
      at: newest ? label(newest) : null,
    },
    faults,
    unmatched: unmatchedOf(probes.lines.all, groups),
    inputs: {
      faultEvents: inputOf(events, events.lines.all.length - executed.length),
      probeLog: inputOf(probes, probes.lines.other),
    },
    warnings: [...tornOf(events), ...tornOf(probes)],
  };
}
