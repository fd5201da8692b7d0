import type { Probe } from "./read.ts";
import type { FaultState, SloFault } from "./schema.ts";
import { inOrder, label, on, secondsBetween, type SloClock } from "./time.ts";
import type { Window } from "./windows.ts";

/** So long a link must be back without a break, seconds. */
export const HELD_SECONDS = 2;
const HELD = BigInt(HELD_SECONDS) * 1_000_000_000n;

/** Probes in the order of time, with their time on the report's clock. */
export interface Timeline {
  readonly probes: readonly Probe[];
  readonly times: readonly bigint[];
  readonly clock: SloClock;
}

export function timelineOf(probes: readonly Probe[], clock: SloClock): Timeline {
  const ordered = inOrder(probes, clock);
  return { probes: ordered, times: ordered.map((probe) => on(probe, clock)), clock };
}

/** Index of the first probe that is not before this moment. */
function indexAt(times: readonly bigint[], at: bigint): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Outage {
  /** Indexes of probes; absent: never seen. */
  readonly gone?: number;
  readonly back?: number;
  readonly state: FaultState;
}

/** Index of the first probe in [from, to) that is so; `to` where none is. */
function firstThat(probes: readonly Probe[], healthy: boolean, from: number, to: number): number {
  let index = from;
  while (index < to && probes[index]!.healthy !== healthy) index += 1;
  return index;
}

/** The first probe from `from` that has the link back, and it held; `to` where none does. */
function backFrom({ probes, times }: Timeline, from: number, to: number): number {
  for (let broken = from; ;) {
    const back = firstThat(probes, true, broken, to);
    if (back === to) return to;
    broken = firstThat(probes, false, back, probes.length);
    const until = times[broken] ?? times.at(-1)!;
    if (until - times[back]! >= HELD) return back;
    if (broken >= to) return to;
  }
}

/** Seen well so long after the fault was gone: what comes then is none of it. */
const isOver = (seen: bigint | undefined, cleared: bigint | undefined): boolean =>
  seen !== undefined && cleared !== undefined && seen - cleared >= HELD;

function outageOf(line: Timeline, from: bigint, cleared: bigint | undefined, until: bigint | undefined): Outage {
  const { probes, times } = line;
  const [begin, end] = [indexAt(times, from), until === undefined ? times.length : indexAt(times, until)];
  if (begin >= end) return { state: "not-probed" };
  // What nobody saw before the fault is not taken for well: it cannot be said then that the fault bit.
  if (probes[begin - 1]?.healthy !== true) return { state: "down-before" };
  const gone = firstThat(probes, false, begin, end);
  if (gone === end || isOver(times[gone - 1], cleared)) return { state: "not-bitten" };
  const back = backFrom(line, gone, end);
  if (back < end) return { gone, back, state: "recovered" };
  return { gone, state: firstThat(probes, true, gone, end) === end ? "not-recovered" : "not-held" };
}

export interface Matched {
  readonly fault: SloFault;
  /** Probes that are about it. */
  readonly probes: readonly Probe[];
}

/** What the probe log says of one fault. `next`: when another one began after this one was gone. */
export function match({ apply, clear }: Window, line: Timeline, next: bigint | undefined): Matched {
  const { probes, times, clock } = line;
  const [from, cleared] = [on(apply, clock), clear && on(clear, clock)];
  const { gone, back, state } = outageOf(line, from, cleared, next);
  const at = (index: number | undefined): string | null => (index === undefined ? null : label(probes[index]!));
  const down = gone === undefined || back === undefined ? null : secondsBetween(times[gone]!, times[back]!);
  const recovery =
    down === null || cleared === undefined || times[back!]! < cleared ? down : secondsBetween(cleared, times[back!]!);
  const about = gone === undefined ? [] : probes.slice(gone, (back ?? probes.length) + 1);
  const fault: SloFault = {
    scenario: apply.scenario,
    parameters: apply.parameters,
    state: state === "recovered" && !clear ? "not-cleared" : state,
    appliedAt: label(apply),
    clearedAt: clear ? label(clear) : null,
    disconnectedAt: at(gone),
    reconnectedAt: at(back),
    seen: [...new Set(about.map(({ reason }) => reason))].filter((reason) => reason !== ""),
    detectSeconds: gone === undefined ? null : secondsBetween(from, times[gone]!),
    downSeconds: down,
    recoverySeconds: recovery,
    lines: {
      apply: apply.line,
      clear: clear?.line ?? null,
      disconnect: gone === undefined ? null : probes[gone]!.line,
      reconnect: back === undefined ? null : probes[back]!.line,
    },
  };
  return { fault, probes: about };
}
