import {
  GOOD_ACKS,
  LEDGER_FORMAT,
  MOST_BYTES,
  MOST_TIMES,
  type CutLedger,
  type LedgerFile,
} from "../../model/ledger.ts";
import { rangesText, textOfRanges, type Ranges } from "../../model/ranges.ts";
import { goodRows, lastError, missingOf, SECOND_NS, type Ledger, type Row } from "./ledger.ts";

/** What a ledger is held against. */
export interface Held {
  /** Rows that were found on the new primary. */
  readonly there: Ranges;
  /** Monotonic nanoseconds just before the fault's call. */
  readonly fault: bigint;
  /** Branch of history of the new primary. */
  readonly history: string;
}

const idsOf = (rows: readonly Pick<Row, "id">[]): string => rangesText(rows.map(({ id }) => id));

/** A ledger as it goes into the evidence: lossless for everything that is counted. */
export function ledgerFile(ledger: Ledger, { there, fault, history }: Held): LedgerFile {
  const all = [...ledger.rows.values()];
  const acked = all.filter((row): row is Required<Row> => row.acked !== undefined);
  const after = (ns: bigint): number => Number(ns - fault);
  const good = goodRows(ledger, history);
  const shown = good.length > GOOD_ACKS ? [...good.slice(0, GOOD_ACKS), good.at(-1)!] : good;
  const lost = missingOf(ledger, there).toSorted((a, b) => after(a.acked) - after(b.acked));
  const error = lastError(ledger);
  return {
    acked: {
      before: idsOf(acked.filter((row) => row.acked <= fault - SECOND_NS)),
      last_second: idsOf(acked.filter((row) => row.acked > fault - SECOND_NS && row.acked <= fault)),
      later: idsOf(acked.filter((row) => row.acked > fault)),
    },
    fault_ns: String(fault),
    format: LEDGER_FORMAT,
    good: shown.map((row) => [row.id, after(row.sent), after(row.acked)]),
    history,
    last_error: error === undefined ? null : after(error),
    lost: lost.slice(0, MOST_TIMES).map((row) => [row.id, after(row.acked)]),
    sent: idsOf(all),
    there: textOfRanges(there),
  };
}

/** Its bytes, canonical JSON; of one that is too long what `CutLedger` says. `notes`: digest of the writers' notes. */
export function ledgerBytes(file: LedgerFile, rows: number, notes: string): { bytes: Buffer; whole: boolean } {
  const bytes = Buffer.from(JSON.stringify(file));
  if (bytes.length <= MOST_BYTES) return { bytes, whole: true };
  const cut: CutLedger = { format: LEDGER_FORMAT, notes, rows };
  return { bytes: Buffer.from(JSON.stringify(cut)), whole: false };
}
