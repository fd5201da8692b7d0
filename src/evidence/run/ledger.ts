import { z } from "zod";
import {
  GOOD_ACKS,
  GOOD_NS,
  LEAST_ACKED,
  LEDGER_BACK_FILE,
  LEDGER_FILE,
  LEDGER_FORMAT,
  MOST_TIMES,
  type CutLedger,
  type LedgerFile,
} from "../../model/ledger.ts";
import { FAILBACK } from "../../model/failback.ts";
import { includes, isPlain, rangesIn, sizeOf, textOfRanges, without, type Ranges } from "../../model/ranges.ts";
import { readCanonical } from "../canonical.ts";
import { textOf } from "../disk.ts";
import { reason, Refusal, type Reason } from "../refusal.ts";
import type { Timed } from "./shape.ts";

/** The step that compares what was confirmed with what is there; on the way back of a drill that goes both ways another one does it. */
const COUNT = "cluster-count";
const BACK = "cluster-back";
const SECOND_NS = 1_000_000_000;

/** Ledgers of a run by its events, of each way that of the last count that ended well. */
export function ledgersOf(
  journal: readonly Pick<Timed, "entry">[],
): readonly { readonly file: string; readonly name: string; readonly sha256: string }[] {
  const kept = journal.flatMap(({ entry }) =>
    entry.type === "outcome" && entry.purpose === "do" && entry.ending === "ok" ? (entry.files ?? []) : [],
  );
  return [LEDGER_FILE, LEDGER_BACK_FILE].flatMap((file) => {
    const last = kept.findLast(({ name }) => name === file);
    return last ? [{ file, name: last.name, sha256: last.sha256 }] : [];
  });
}

const pair = z.tuple([z.int(), z.int()]);
const ledger = z.strictObject({
  acked: z.strictObject({ before: z.string(), last_second: z.string(), later: z.string() }),
  fault_ns: z.string().regex(/^\d{1,20}$/),
  format: z.literal(LEDGER_FORMAT),
  good: z.array(z.tuple([z.int(), z.int(), z.int()])).max(GOOD_ACKS + 1),
  history: z.string(),
  last_error: z.int().nullable(),
  lost: z.array(pair).max(MOST_TIMES),
  sent: z.string(),
  there: z.string(),
});
const cut = z.strictObject({ format: z.literal(LEDGER_FORMAT), notes: z.string(), rows: z.int() });

const wrong = (what: string): never => {
  throw new Refusal("ledger-shape", { file: LEDGER_FILE, what });
};

/** A set as there is only one text for it, so that no number counts twice. */
function setOf(text: string, what: string): Ranges {
  const found = rangesIn(text);
  return found && isPlain(found) ? found : wrong(what);
}

type Acked = LedgerFile["acked"];
type Sets = Readonly<Record<keyof Acked | "sent" | "there", Ranges>>;

function setsOf({ acked, sent, there }: LedgerFile): Sets {
  const sets: Sets = {
    before: setOf(acked.before, "acked.before"),
    last_second: setOf(acked.last_second, "acked.last_second"),
    later: setOf(acked.later, "acked.later"),
    sent: setOf(sent, "sent"),
    there: setOf(there, "there"),
  };
  for (const name of ["before", "last_second", "later", "there"] as const)
    if (sizeOf(without(sets[name], sets.sent)) > 0) wrong(`${name} - sent`);
  for (const [one, other] of [
    ["before", "last_second"],
    ["before", "later"],
    ["last_second", "later"],
  ] as const)
    if (sizeOf(without(sets[one], sets[other])) < sizeOf(sets[one])) wrong(`${one}, ${other}`);
  return sets;
}

/** Whether a row confirmed at this time after the fault is in the set of that time. */
function isTimed(sets: Sets, [id, at]: readonly [number, number]): boolean {
  const name = at > 0 ? "later" : at > -SECOND_NS ? "last_second" : "before";
  return includes(sets[name], id);
}

/** Nanoseconds as seconds, rounded up to a millisecond. */
const seconds = (ns: number): string => (Math.ceil(ns / 1_000_000) / 1000).toFixed(3);

const count = (all: readonly Ranges[]): number => all.reduce((sum, one) => sum + sizeOf(one), 0);

/** Everything that follows from a ledger, by its key of result.env. Throws Refusal for one that contradicts itself. */
function countedIn(file: LedgerFile, sets: Sets, applied: Ranges | undefined): ReadonlyMap<string, string> {
  const acked = [sets.before, sets.last_second, sets.later];
  const lost = acked.map((one) => without(one, sets.there));
  const doubt = acked.reduce(without, sets.sent);
  const times = file.lost;
  const inOrder = times.every(([, at], index) => at >= (times[index - 1]?.[1] ?? at));
  const ids = new Set(times.map(([id]) => id));
  const known = times.every((one) => isTimed(sets, one) && !includes(sets.there, one[0]));
  if (!inOrder || !known || ids.size !== Math.min(count(lost), MOST_TIMES) || ids.size !== times.length) wrong("lost");
  const oldest = times[0]?.[1] ?? 0;
  const lag = applied && count([sets.before, sets.last_second].map((one) => without(one, applied)));
  return new Map([
    ["LOST_ACKED", String(count(lost))],
    ["RPO_EVENTS", String(count(lost))],
    ["RPO_SECONDS", seconds(Math.max(0, -oldest))],
    ["IN_DOUBT", String(sizeOf(doubt))],
    ["IN_DOUBT_PRESENT", String(sizeOf(doubt) - sizeOf(without(doubt, sets.there)))],
    ["ACKED_LAST_SECOND", String(sizeOf(sets.last_second))],
    ["FAILOVER_SECONDS", seconds(goodFrom(file, sets))],
    ...(lag === undefined ? [] : (["DATA_SYNC_LAG_EVENTS", "DATA_LAG_EVENTS_AT_FAULT"] as const)).map(
      (key): [string, string] => [key, String(lag)],
    ),
  ]);
}

/** When it was good again, nanoseconds after the fault: rows enough behind the last error, over long enough. */
function goodFrom({ good, last_error: error }: LedgerFile, sets: Sets): number {
  const first = good[0];
  const last = good.at(-1);
  const sound = good.every(
    ([id, sent, acked], index) =>
      sent > (error ?? -Infinity) &&
      acked >= sent &&
      acked >= (good[index - 1]?.[2] ?? acked) &&
      isTimed(sets, [id, acked]),
  );
  if (!first || !last || !sound || new Set(good.map(([id]) => id)).size < GOOD_ACKS || last[2] - first[2] < GOOD_NS)
    return wrong("good");
  return first[2];
}

const read = (bytes: Buffer): LedgerFile | CutLedger => {
  const value = readCanonical(textOf(bytes, LEDGER_FILE), LEDGER_FILE);
  if (cut.safeParse(value).success) return value as CutLedger;
  return ledger.safeParse(value).success ? (value as LedgerFile) : wrong("");
};

/** What a run states, beside what its plan says a count was. */
export interface LedgerClaims {
  readonly outputs: Readonly<Record<string, string>>;
  /** Kinds of the steps whose outcome was good. */
  readonly done: readonly string[];
}

/** Outputs of the way back under the names that they have for the way there. */
const backOf = (outputs: LedgerClaims["outputs"]): LedgerClaims["outputs"] =>
  Object.fromEntries(
    Object.entries(FAILBACK).flatMap(([name, back]) =>
      outputs[back] === undefined ? [] : [[name, outputs[back]] as const],
    ),
  );

/** The same of every ledger that a run has; `bytesOf` a file of its evidence. */
export function ledgersDoubts(
  { outputs, done }: LedgerClaims,
  bytesOf: (file: string) => Buffer | undefined,
): readonly Reason[] {
  const back = { outputs: backOf(outputs), done: done.includes(BACK) ? [COUNT] : [] };
  return [
    ...ledgerDoubts({ outputs, done }, bytesOf(LEDGER_FILE)),
    ...ledgerDoubts(back, bytesOf(LEDGER_BACK_FILE), LEDGER_BACK_FILE),
  ];
}

/**
 * Counts again what was lost, from the ledger in the evidence, by difference of sets. Throws Refusal where the run states another
 * number than its ledger gives. What it gives proves less: no ledger (older evidence), one that was too long, or a zero that
 * nothing could have contradicted.
 */
export function ledgerDoubts(
  { outputs, done }: LedgerClaims,
  bytes: Buffer | undefined,
  name = LEDGER_FILE,
): readonly Reason[] {
  const counts = done.includes(COUNT) && ["LOST_ACKED", "RPO_EVENTS"].some((key) => outputs[key] !== undefined);
  if (!bytes) return counts ? [reason("ledger-absent", { file: name })] : [];
  const file = read(bytes);
  if (!("sent" in file)) return counts ? [reason("ledger-cut", { file: name, rows: file.rows })] : [];
  const same = (key: string, is: string): void => {
    const said = outputs[key];
    if (said !== undefined && said !== is) throw new Refusal("ledger-disagrees", { file: name, key, said, is });
  };
  same("FAULT_AT_NS", file.fault_ns);
  same("HISTORY", file.history);
  const applied = rangesIn(outputs["APPLIED_IDS"] ?? "-");
  const counted = countedIn(file, setsOf(file), applied && rangesIn(textOfRanges(applied)));
  for (const [key, is] of counted) same(key, is);
  const before = Number(counted.get("ACKED_LAST_SECOND"));
  if (outputs["LOST_ACKED"] !== "0" || before >= LEAST_ACKED) return [];
  return [reason("zero-undemonstrated", { acked: before, least: LEAST_ACKED })];
}
