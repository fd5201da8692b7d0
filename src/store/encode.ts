import type { Sample } from "../model/check.ts";
import { isEnded, type Lock, type RunRecord } from "../model/run.ts";
import type { Journalled } from "../model/journal.ts";
import type { Cell, Op } from "./protocol.ts";
import type { Change } from "./store.ts";

const finite = (what: string, value: number): number => {
  if (!Number.isFinite(value)) throw new TypeError(`${what} must be a finite number, got ${value}`);
  return value;
};

/** Samples travel as columns, five cells each. */
const sampleCells = (sample: Sample): Cell[] => [
  sample.check,
  sample.target,
  Math.trunc(finite("sample.at", sample.at)),
  finite("sample.value", sample.value),
  sample.facts === undefined ? null : JSON.stringify(sample.facts),
];

const whole = (what: string, value: number, least: number): number => {
  if (!Number.isSafeInteger(value) || value < least) throw new TypeError(`${what} must be ≥ ${least}, got ${value}`);
  return value;
};

const moment = (what: string, value: number): number => Math.trunc(finite(what, value));

const runCells = (record: RunRecord): [id: string, runbook: string, open: number, record: string] => [
  record.id,
  record.runbook,
  isEnded(record.state) ? 0 : 1,
  JSON.stringify(record),
];

const lockCells = ({ key, run, by, reason, taken, expires }: Lock): Cell[] => [
  key,
  run,
  by,
  reason,
  moment("lock.taken", taken),
  moment("lock.expires", expires),
];

/** One change as cells. Throws TypeError for what no caller may commit: that is our bug, not a conflict. */
function encodeOne(change: Change): Op {
  switch (change.kind) {
    case "duty.insert":
    case "duty.update": {
      const { duty, period, revision } = change.record;
      if (change.kind === "duty.insert" && revision !== 1) throw new TypeError(`first revision is 1, got ${revision}`);
      return [change.kind, duty, period, revision, JSON.stringify(change.record)];
    }
    case "inspection.put": {
      const { id, duty, started } = change.inspection;
      return [change.kind, id, duty, Math.trunc(started), JSON.stringify(change.inspection)];
    }
    case "sample.add":
      return [change.kind, ...change.samples.flatMap(sampleCells)];
    case "sample.drop":
      return [change.kind, Math.trunc(finite("before", change.before))];
    case "event.add": {
      const { at, kind, subject, data } = change.event;
      return [change.kind, Math.trunc(finite("event.at", at)), kind, subject, JSON.stringify(data)];
    }
    case "book.put":
      return [change.kind, change.digest, change.json, Math.trunc(change.at)];
    case "value.set":
      return [change.kind, change.key, change.value];
    default:
      return encodeRun(change);
  }
}

/** The clock travels inside the entry; an entry always has a type, so a comma follows. */
function entryCells({ at, mono, entry }: Journalled): [at: number, json: string] {
  const json = JSON.stringify(entry);
  return [moment("entry.at", at), mono === undefined ? json : `{"mono":${JSON.stringify(mono)},${json.slice(1)}`];
}

type Append = Extract<Change, { readonly kind: "journal.append" }>;

/** Whether an entry can travel with the one before it: the next one of the same run, under the same fence. */
const follows = (before: Append, after: Append): boolean =>
  after.run === before.run && after.entry.epoch === before.entry.epoch && after.entry.seq === before.entry.seq + 1;

/**
 * Changes as cells. Entries of a run that follow each other become one op, and pass their fence together. Throws TypeError
 * for what no caller may commit.
 */
export function encode(changes: readonly Change[]): readonly Op[] {
  const ops: Op[] = [];
  let before: Append | undefined;
  let row: [Change["kind"], ...Cell[]] = ["journal.append"];
  for (const change of changes) {
    const append = change.kind === "journal.append" ? change : undefined;
    if (append && before && follows(before, append)) row.push(...entryCells(append.entry));
    else ops.push((row = [...encodeOne(change)]));
    before = append;
  }
  return ops;
}

/** Number of the change that op number `index` begins with. */
export const changeOf = (ops: readonly Op[], index: number): number =>
  ops.slice(0, index).reduce((at, op) => at + (op[0] === "journal.append" ? (op.length - ENTRIES_FROM) / 2 : 1), 0);

/** Cells of an op `journal.append` before its entries: kind, run, number of the first one, epoch. */
export const ENTRIES_FROM = 4;

type RunChange = Extract<Change, { readonly kind: `${"run" | "journal" | "lock"}.${string}` }>;

function encodeRun(change: RunChange): Op {
  switch (change.kind) {
    case "run.insert": {
      const { digest, created } = change.record;
      return [change.kind, ...runCells(change.record), moment("record.created", created), digest, change.plan];
    }
    case "run.claim":
      return [change.kind, change.run, whole("epoch", change.epoch, 1)];
    case "run.fence":
      return [change.kind, change.run, whole("epoch", change.epoch, 0)];
    case "run.update":
      return [change.kind, ...runCells(change.record), whole("epoch", change.epoch, 0)];
    case "journal.append": {
      const { seq, epoch } = change.entry;
      return [change.kind, change.run, whole("seq", seq, 1), whole("epoch", epoch, 0), ...entryCells(change.entry)];
    }
    case "lock.take":
      return [change.kind, ...lockCells(change.lock)];
    case "lock.seize":
      return [change.kind, ...lockCells(change.lock), change.from];
    case "lock.release":
      break;
  }
  return [change.kind, change.key, change.run];
}

/** Cells of one sample inside a `sample.add`. */
export const SAMPLE_CELLS = 5;
