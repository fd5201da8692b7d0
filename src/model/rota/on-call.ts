import type { Answer, Because, CalendarEnded, OnCall, Rota, RotaSwap, Shift } from "../rota.ts";
import { layerAt, layerChange } from "./layer.ts";

/** Days in which an end is looked for. */
const HORIZON_MS = 60 * 86_400_000;

const holds = ({ begins, ends }: { readonly begins: number; readonly ends: number }, at: number): boolean =>
  begins <= at && at < ends;

/** The other one of a swap; undefined for whoever is none of the two. */
const otherOf = ({ persons: [a, b] }: RotaSwap, person: string): string | undefined =>
  person === a ? b : person === b ? a : undefined;

/** Whom a swap puts in a person's place. */
function swapped({ swaps }: Rota, person: string, because: Because, at: number): Answer {
  const swap = swaps.findLast((one) => holds(one, at) && otherOf(one, person) !== undefined);
  if (swap === undefined) return { state: "on", person, because };
  const { id, reason, by } = swap;
  const why = { kind: "swap", id, reason, ...(by !== undefined && { by }), instead: person } as const;
  return { state: "on", person: otherOf(swap, person)!, because: why };
}

/** Who it is by layers and swaps. */
function planned(rota: Rota, at: number): Answer {
  const doubts: { readonly answer: Answer & { state: "on" }; readonly unless: CalendarEnded }[] = [];
  let sure: Answer = { state: "gap" };
  for (const layer of rota.layers) {
    const has = layerAt(layer, at);
    if (has === undefined) continue;
    const answer = swapped(rota, has.person, { kind: "layer", layer: layer.name }, at) as Answer & { state: "on" };
    if (has.unless === undefined) {
      sure = answer;
      break;
    }
    doubts.push({ answer, unless: has.unless });
  }
  const [first] = doubts;
  if (first === undefined) return sure;
  const may = [...doubts.map(({ answer }) => answer), ...(sure.state === "on" ? [sure] : [])];
  const candidates = [...new Set(may.map(({ person }) => person))];
  // Whatever the day is, it is this person.
  if (candidates.length === 1 && sure.state === "on") return sure;
  return { state: "unknown", candidates, because: first.unless };
}

/** Who it is at a moment, milliseconds since the epoch. Pure: every moment has exactly one answer. */
export function answerAt(rota: Rota, at: number): Answer {
  const override = rota.overrides.findLast((one) => holds(one, at));
  const plan = planned(rota, at);
  if (override === undefined) return plan;
  const { id, person, reason, by } = override;
  const instead = plan.state === "on" ? { instead: plan.person } : {};
  return {
    state: "on",
    person,
    because: { kind: "override", id, reason, ...(by !== undefined && { by }), ...instead },
  };
}

/** The first moment after `at` at which the answer may be another; Infinity when there is none. */
function change({ layers, overrides, swaps }: Rota, at: number): number {
  const spans = [...overrides, ...swaps].flatMap(({ begins, ends }) => [begins, ends]).filter((one) => one > at);
  return Math.min(...layers.map((layer) => layerChange(layer, at)), ...spans);
}

/** Whether whoever is called is the same. */
function isSame(a: Answer, b: Answer): boolean {
  if (a.state === "on") return b.state === "on" && a.person === b.person;
  if (a.state === "gap") return b.state === "gap";
  return b.state === "unknown" && a.candidates.join("\0") === b.candidates.join("\0");
}

const whyKey = (answer: Answer): string => (answer.state === "gap" ? "" : JSON.stringify(answer.because));

/** Who is on call at a moment, milliseconds since the epoch, and until when. Pure. */
export function onCall(rota: Rota, at: number): OnCall {
  const answer = answerAt(rota, at);
  for (let next = change(rota, at); next - at <= HORIZON_MS; next = change(rota, next))
    if (!isSame(answer, answerAt(rota, next))) return { ...answer, until: next };
  return answer;
}

/** Every shift between two moments, in order and without a hole: where nobody is on call, an interval says so. Pure. */
export function shifts(rota: Rota, from: number, to: number): readonly Shift[] {
  const found: Shift[] = [];
  for (let at = from; at < to;) {
    const until = Math.min(change(rota, at), to);
    const answer = answerAt(rota, at);
    const last = found.at(-1);
    if (last !== undefined && isSame(last.answer, answer) && whyKey(last.answer) === whyKey(answer))
      found[found.length - 1] = { ...last, until };
    else found.push({ from: at, until, answer });
    at = until;
  }
  return found;
}

/** The shift after this one that is another person's, or nobody's; undefined where no end is known. */
export const nextOnCall = (rota: Rota, { until }: OnCall): (OnCall & { readonly from: number }) | undefined =>
  until === undefined ? undefined : { ...onCall(rota, until), from: until };

/** Two who are on call at once. */
export interface Overlap {
  readonly from: number;
  readonly until: number;
  /** Names of two layers that both have hours or days of their own, or ids of two overrides. */
  readonly between: readonly [string, string];
  readonly persons: readonly [string, string];
}

/** Where two answers compete between two moments: the first of each pair. A layer for all hours below others is a fallback, no rival. */
export function overlaps(rota: Rota, from: number, to: number): readonly Overlap[] {
  const found = new Map<string, Overlap>();
  const add = (one: Overlap): void => {
    const key = one.between.join("\0");
    if (!found.has(key)) found.set(key, one);
  };
  for (const [index, a] of rota.overrides.entries())
    for (const b of rota.overrides.slice(index + 1)) {
      const [begins, ends] = [Math.max(a.begins, b.begins, from), Math.min(a.ends, b.ends, to)];
      if (begins < ends && a.person !== b.person)
        add({ from: begins, until: ends, between: [a.id, b.id], persons: [a.person, b.person] });
    }
  const bound = rota.layers.filter(({ days, hours }) => days !== undefined || hours !== undefined);
  if (bound.length < 2) return [...found.values()];
  for (let at = from; at < to;) {
    const until = Math.min(...bound.map((layer) => layerChange(layer, at)), to);
    const here = bound.flatMap((layer) => {
      const has = layerAt(layer, at);
      return has && has.unless === undefined ? [{ layer: layer.name, person: has.person }] : [];
    });
    const [a, b] = here;
    if (a && b && a.person !== b.person)
      add({ from: at, until, between: [a.layer, b.layer], persons: [a.person, b.person] });
    at = until;
  }
  return [...found.values()];
}
