import { Failure } from "../failure.ts";
import type { Line } from "./ledger.ts";

/** What the log of the gateway has after its restart. */
export interface Recovered {
  /** Ids in their order; the first `replayed` of them were there when it started. */
  readonly ids: readonly string[];
  readonly replayed: number;
}

export interface Judged {
  /** From the last order that was acknowledged before the fault to the first one after which all went well again. */
  readonly rtoSeconds: number;
  /** Orders that were acknowledged before the crash and not there after it, or later and not there now: by their ids. */
  readonly rpoEvents: number;
  /** Orders that were sent and not answered when it crashed, and how many of them were there after it. */
  readonly inDoubt: number;
  readonly inDoubtPresent: number;
  /** Orders that were acknowledged within the last second before the fault: what a loss of none says. */
  readonly ackedLastSecond: number;
}

const SECOND = 1_000_000_000n;
/** It is back when it stays back: so many acknowledgements over such a time, and not one connection lost. */
const [STEADY, HELD] = [20, 2n * SECOND];

type Order = Extract<Line, { readonly id: string }>;

const ordersOf = (lines: readonly Line[], what: Order["what"]): readonly Order[] =>
  lines.filter((line): line is Order => line.what === what);

/** When it was back for good; undefined while it is not. Throws Failure no-outage where nothing was ever lost. */
export function backAt(lines: readonly Line[], fault: bigint): bigint | undefined {
  const lost = lines.findLast(({ what, at }) => what === "lost" && at >= fault);
  if (!lost) throw new Failure("no-outage");
  const acked = ordersOf(lines, "acked").filter(({ at }) => at > lost.at);
  const first = acked[0]?.at;
  const last = acked.at(-1)?.at;
  if (first === undefined || last === undefined || last - first < HELD || acked.length < STEADY) return undefined;
  return first;
}

/** Rounded up to a millisecond: a duration is never flattered. */
const secondsOf = (nanoseconds: bigint): number => Number((nanoseconds + 999_999n) / 1_000_000n) / 1_000;

/**
 * What a crash cost. `fault`: monotonic clock before it. Throws Failure no-outage, not-back, never-sent: an order that
 * nobody sent is no recovery.
 */
export function judge(lines: readonly Line[], fault: bigint, { ids, replayed }: Recovered): Judged {
  const back = backAt(lines, fault);
  if (back === undefined) throw new Failure("not-back", { steady: STEADY });
  const joined = new Map(lines.flatMap((line) => (line.what === "joined" ? [[line.over, line.at] as const] : [])));
  const isOld = ({ over }: Order): boolean => (joined.get(over) ?? fault) < fault;
  const [sent, acked] = [ordersOf(lines, "sent"), ordersOf(lines, "acked")];
  const known = new Set(sent.map(({ id }) => id));
  const strange = sent[0] && ids.find((id) => id.startsWith(prefixOf(sent[0]!.id)) && !known.has(id));
  if (strange !== undefined) throw new Failure("never-sent", { id: strange });
  const [survived, there] = [new Set(ids.slice(0, replayed)), new Set(ids)];
  const promised = new Set(acked.filter(isOld).map(({ id }) => id));
  const doubtful = [...new Set(sent.filter(isOld).map(({ id }) => id))].filter((id) => !promised.has(id));
  // Promised after the crash, and gone with another one.
  const gone = new Set(acked.map(({ id }) => id).filter((id) => !promised.has(id) && !there.has(id)));
  const before = acked.filter(({ at }) => at <= fault);
  return {
    rtoSeconds: secondsOf(back - (before.at(-1)?.at ?? fault)),
    rpoEvents: [...promised].filter((id) => !survived.has(id)).length + gone.size,
    inDoubt: doubtful.length,
    inDoubtPresent: doubtful.filter((id) => survived.has(id)).length,
    ackedLastSecond: before.filter(({ at }) => at > fault - SECOND).length,
  };
}

/** Orders of one load are PREFIX-NUMBER. */
const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf("-") + 1);
