import { GOOD_ACKS, GOOD_NS } from "../../model/ledger.ts";
import { includes, sizeOf, type Ranges } from "../../model/ranges.ts";

/** One row that a writer sent. Times are nanoseconds of the monotonic clock of the machine that writes. */
export interface Row {
  readonly id: number;
  readonly sent: bigint;
  /** When the server said that it is committed, and the branch of history it went to. */
  readonly acked?: bigint;
  readonly mark?: string;
}

/** What writers noted: rows by their number, and when one of them met an error. */
export interface Ledger {
  readonly rows: ReadonlyMap<number, Row>;
  readonly errors: readonly bigint[];
  /** The writers ended because they were asked to, and everything is noted. */
  readonly whole: boolean;
  /** What went wrong last, in the client's words. */
  readonly detail: string;
}

export const SECOND_NS = 1_000_000_000n;

/**
 * Reads a ledger: `s ID NS` sent, `a ID NS MARK` confirmed, `d ID NS DETAIL` in doubt, `e NS DETAIL` not connected, `z NS` the end. A
 * last line without its end was not yet noted, and counts as nothing.
 */
export function ledgerIn(text: string): Ledger {
  const rows = new Map<number, Row>();
  const errors: bigint[] = [];
  let [whole, detail] = [false, ""];
  for (const line of text.slice(0, text.lastIndexOf("\n") + 1).split("\n")) {
    const [what, first = "", second = "", ...rest] = line.split(" ");
    if (what === "s") rows.set(Number(first), { id: Number(first), sent: BigInt(second) });
    else if (what === "a")
      rows.set(Number(first), { ...rows.get(Number(first))!, acked: BigInt(second), mark: rest.join(" ") });
    else if (what === "d" || what === "e") {
      errors.push(BigInt(what === "d" ? second : first));
      detail = (what === "d" ? rest : [second, ...rest]).join(" ");
    } else if (what === "z") whole = true;
  }
  return { rows, errors, whole, detail };
}

const ackedIn = ({ rows }: Ledger): readonly Required<Row>[] =>
  [...rows.values()].filter((row): row is Required<Row> => row.acked !== undefined);

/** When a writer met an error for the last time. */
export const lastError = ({ errors }: Ledger): bigint | undefined =>
  errors.length === 0 ? undefined : errors.reduce((latest, at) => (at > latest ? at : latest));

/** Confirmed rows of branch `mark` that were sent behind the last error, by when they were confirmed. */
export function goodRows(ledger: Ledger, mark: string): readonly Required<Row>[] {
  const last = lastError(ledger) ?? -1n;
  return ackedIn(ledger)
    .filter((row) => row.mark === mark && row.sent > last)
    .toSorted((a, b) => (a.acked < b.acked ? -1 : 1));
}

/**
 * When it was good again: the first confirmed row of branch `mark` behind the last error, from which on there are GOOD_ACKS of
 * them over GOOD_NS. Undefined: it is not (yet). A relapse moves it.
 */
export function recoveredAt(ledger: Ledger, mark: string): bigint | undefined {
  const good = goodRows(ledger, mark);
  const first = good[0]?.acked;
  const long = first !== undefined && good.at(-1)!.acked - first >= BigInt(GOOD_NS);
  return long && good.length >= GOOD_ACKS ? first : undefined;
}

/** How many rows were confirmed, by branch of history: `1: 812, 2: 3`; and what went wrong last. */
export function saidOf(ledger: Ledger): string {
  const counts = new Map<string, number>();
  for (const { mark } of ackedIn(ledger)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  const rows = [...counts].map(([mark, count]) => `${mark}: ${count}`).join(", ") || "0";
  return ledger.detail === "" ? rows : `${rows}; ${ledger.detail}`;
}

/** Confirmed within one second before a time: what a claim of no loss rests on. */
export const ackedBefore = (ledger: Ledger, at: bigint): number =>
  ackedIn(ledger).filter(({ acked }) => acked <= at && acked > at - SECOND_NS).length;

/** Rows that were confirmed by a time and are not there. */
export const missingOf = (ledger: Ledger, there: Ranges, until?: bigint): readonly Required<Row>[] =>
  ackedIn(ledger).filter(({ id, acked }) => (until === undefined || acked <= until) && !includes(there, id));

export interface Counted {
  readonly sent: number;
  readonly acked: number;
  /** Confirmed, and not there. */
  readonly lost: readonly Required<Row>[];
  /** Sent, and never answered for: neither lost nor kept. */
  readonly doubt: readonly number[];
  readonly doubtThere: readonly number[];
  /** There, and never sent. */
  readonly extra: number;
}

/** Compares what was noted with the rows that are there, number by number. */
export function countedIn(ledger: Ledger, there: Ranges): Counted {
  const all = [...ledger.rows.values()];
  const doubt = all.filter(({ acked }) => acked === undefined).map(({ id }) => id);
  const known = all.filter(({ id }) => includes(there, id)).length;
  return {
    sent: all.length,
    acked: all.length - doubt.length,
    lost: missingOf(ledger, there),
    doubt,
    doubtThere: doubt.filter((id) => includes(there, id)),
    extra: sizeOf(there) - known,
  };
}
