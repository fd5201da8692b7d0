// A drill's load for tests: what its writers noted, what is there afterwards, and the run that counted it.
import { createHash } from "node:crypto";
import { ledgerBytes, ledgerFile, type Held } from "../../src/kinds/load/file.ts";
import { ackedBefore, countedIn, ledgerIn, missingOf, recoveredAt } from "../../src/kinds/load/ledger.ts";
import { backName } from "../../src/model/failback.ts";
import { LEDGER_BACK_FILE, LEDGER_FILE } from "../../src/model/ledger.ts";
import { rangesIn, rangesText } from "../../src/model/ranges.ts";
import { secondsText } from "../../src/kinds/steps/cluster/load.ts";
import type { EvidenceInput } from "../../src/model/evidence.ts";
import { bound, inputOfRun } from "./run-evidence.ts";
import { play, type Play } from "./run-play.ts";

export const MS = 1_000_000n;

/** A row as writers note it, milliseconds; `acked` undefined: in doubt. */
export interface Noted {
  readonly id: number;
  readonly sent: number;
  readonly acked?: number;
  readonly mark?: string;
}

export const notesOf = (rows: readonly Noted[]): string =>
  rows
    .map(({ id, sent, acked, mark = "1" }) => {
      const first = `s ${id} ${BigInt(sent) * MS}\n`;
      return `${first}${acked === undefined ? `d ${id} ${BigInt(sent + 1) * MS} gone` : `a ${id} ${BigInt(acked) * MS} ${mark}`}\n`;
    })
    .join("");

/** Rows of a sound load: `rate` a second for 3 s before the fault (at 10 s), the last in doubt, then 3 s on the new branch. */
export const soundRows = (rate = 100): readonly Noted[] => {
  const each = 1000 / rate;
  const before = Array.from({ length: 3 * rate }, (_, n) => {
    const sent = Math.round(7_000 + n * each);
    return { id: n + 1, sent, acked: sent + 1 };
  });
  const doubt = { id: before.length + 1, sent: 10_050 };
  const after = Array.from({ length: 90 }, (_, n) => {
    const sent = 11_000 + n * 33;
    return { id: before.length + 2 + n, sent, acked: sent + 2, mark: "2" };
  });
  return [...before, doubt, ...after];
};

export const FAULT = 10_000n * MS;

/** What the count tells of such a ledger, and the ledger as it goes into the evidence. `lost`: numbers that are not there. */
export function countOf(rows: readonly Noted[], lost: readonly number[], appliedLost = lost) {
  const ledger = ledgerIn(notesOf(rows));
  const confirmed = rows.filter(({ acked }) => acked !== undefined).map(({ id }) => id);
  const there = rangesIn(rangesText(confirmed.filter((id) => !lost.includes(id))))!;
  const held: Held = { there, fault: FAULT, history: "2" };
  const counted = countedIn(ledger, there);
  const applied = rangesText(confirmed.filter((id) => !appliedLost.includes(id) && rows[id - 1]!.mark !== "2"));
  const oldest = counted.lost.map(({ acked }) => acked).toSorted((a, b) => (a < b ? -1 : 1))[0];
  const { bytes, whole } = ledgerBytes(ledgerFile(ledger, held), counted.sent, "0".repeat(64));
  const lostText = String(counted.lost.length);
  const outputs: Record<string, string> = {
    FAULT_AT_NS: String(FAULT),
    HISTORY: "2",
    APPLIED_IDS: applied,
    DATA_SYNC_LAG_EVENTS: String(missingOf(ledger, rangesIn(applied)!, FAULT).length),
    FAILOVER_SECONDS: secondsText(FAULT, recoveredAt(ledger, "2") ?? FAULT),
    IN_DOUBT: String(counted.doubt.length),
    IN_DOUBT_PRESENT: String(counted.doubtThere.length),
    ACKED_LAST_SECOND: String(ackedBefore(ledger, FAULT)),
    LOST_ACKED: lostText,
    RPO_EVENTS: lostText,
    RPO_SECONDS: secondsText(0n, oldest === undefined || oldest > FAULT ? 0n : FAULT - oldest),
    LEDGER_SHA256: createHash("sha256").update(bytes).digest("hex"),
  };
  return { outputs, bytes, whole };
}

type Count = Pick<ReturnType<typeof countOf>, "outputs" | "bytes">;

/** A run that counted so, as it is recorded. `kept: false`: as it was before ledgers went into the evidence. */
export function countingRun({ outputs, bytes }: Count, kept = true): EvidenceInput {
  const plan = bound({ steps: [{ id: "count", kind: "cluster-count", risk: "write", outputs: Object.keys(outputs) }] });
  const run: Play = play(plan);
  run.go();
  run.now += 1_500;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  run.end("count@a", { outputs, ...(kept && { files: [{ name: LEDGER_FILE, sha256, bytes: bytes.length }] }) });
  return { ...inputOfRun(run), ...(kept && { attachments: new Map([[LEDGER_FILE, bytes]]) }) };
}

/** A drill that goes both ways: what it counted there, and on the way back. */
export function bothWays(there: Count, back: Count): EvidenceInput {
  const renamed = Object.fromEntries(Object.entries(back.outputs).map(([name, value]) => [backName(name), value]));
  const plan = bound({
    steps: [
      { id: "count", kind: "cluster-count", risk: "write", outputs: Object.keys(there.outputs) },
      { id: "back-count", kind: "cluster-back", risk: "write", outputs: Object.keys(renamed) },
    ],
  });
  const run: Play = play(plan);
  run.go();
  for (const [id, name, { bytes }, outputs] of [
    ["count@a", LEDGER_FILE, there, there.outputs],
    ["back-count@a", LEDGER_BACK_FILE, back, renamed],
  ] as const) {
    run.now += 1_500;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    run.end(id, { outputs, files: [{ name, sha256, bytes: bytes.length }] });
  }
  const attachments = new Map([
    [LEDGER_FILE, there.bytes],
    [LEDGER_BACK_FILE, back.bytes],
  ]);
  return { ...inputOfRun(run), attachments };
}
