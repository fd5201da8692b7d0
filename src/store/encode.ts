import type { Sample } from "../model/check.ts";
import { isEnded, type Lock, type RunRecord } from "../model/run.ts";
import type { Journalled } from "../model/journal.ts";
import { deskCells } from "./desk.ts";
import type { Cell, Op } from "./protocol.ts";
import type { Change } from "./store.ts";

const finite = (what: string, value: number): number => {
  if (!Number.isFinite(value)) throw new TypeError(`${what} must be a finite number, got ${value}`);
  return value;
};

/** From the best to the worst: what could not be seen is worse than a warning. */
export const OUTCOME_RANKS = ["pass", "warn", "unknown", "fail"] as const;

/** Samples travel as columns, six cells each. */
const sampleCells = (sample: Sample): Cell[] => [
  sample.check,
  sample.target,
  Math.trunc(finite("sample.at", sample.at)),
  finite("sample.value", sample.value),
  sample.facts === undefined ? null : JSON.stringify(sample.facts),
  sample.outcome === undefined ? null : OUTCOME_RANKS.indexOf(sample.outcome),
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
function encodeOne(change: Exclude<Change, Append>, plans: ReadonlySet<string>): Op {
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
    case "sample.roll":
      return [change.kind, moment("before", change.before), finite("bytes", change.bytes), moment("at", change.at)];
    case "event.add": {
      const { at, kind, subject, data } = change.event;
      return [change.kind, Math.trunc(finite("event.at", at)), kind, subject, JSON.stringify(data)];
    }
    case "book.put":
      return [change.kind, change.digest, change.json, Math.trunc(change.at)];
    case "desk.put":
      return [change.kind, ...deskCells(change)];
    case "desk.drop":
      return [change.kind, moment("before", change.before)];
    case "audit.append": {
      const { seq, at, person, action } = change.entry;
      return [change.kind, whole("seq", seq, 1), moment("entry.at", at), person, action, JSON.stringify(change.entry)];
    }
    case "value.set":
      return [change.kind, change.key, change.value];
    default:
      return encodeRun(change, plans);
  }
}

type Row = [Change["kind"], ...Cell[]];

/** The clock travels inside the entry; an entry always has a type, so a comma follows. */
function pushEntry(row: Row, { at, mono, entry }: Journalled): void {
  const json = JSON.stringify(entry);
  row.push(moment("entry.at", at), mono === undefined ? json : `{"mono":${JSON.stringify(mono)},${json.slice(1)}`);
}

const NO_PLANS: ReadonlySet<string> = new Set();

type Append = Extract<Change, { readonly kind: "journal.append" }>;

/** Whether an entry can travel with the one before it: the next one of the same run, under the same fence. */
const follows = (before: Append, after: Append): boolean =>
  after.run === before.run && after.entry.epoch === before.entry.epoch && after.entry.seq === before.entry.seq + 1;

/**
 * Changes as cells. Entries of a run that follow each other become one op, and pass their fence together; a plan whose
 * digest is among `plans` is in the store already and does not travel again. Throws TypeError for what no caller may commit.
 */
export function encode(changes: readonly Change[], plans: ReadonlySet<string> = NO_PLANS): readonly Op[] {
  const ops: Op[] = [];
  let before: Append | undefined;
  let row: Row = ["journal.append"];
  for (const change of changes) {
    if (change.kind !== "journal.append") {
      ops.push(encodeOne(change, plans));
      before = undefined;
      continue;
    }
    const { run, entry } = change;
    if (!before || !follows(before, change)) {
      row = [change.kind, run, whole("seq", entry.seq, 1), whole("epoch", entry.epoch, 0)];
      ops.push(row);
    }
    pushEntry(row, entry);
    before = change;
  }
  return ops;
}

/** Number of the change that op number `index` begins with. */
export const changeOf = (ops: readonly Op[], index: number): number =>
  ops.slice(0, index).reduce((at, op) => at + (op[0] === "journal.append" ? (op.length - ENTRIES_FROM) / 2 : 1), 0);

/** Cells of an op `journal.append` before its entries: kind, run, number of the first one, epoch. */
export const ENTRIES_FROM = 4;

type RunChange = Extract<Change, { readonly kind: `${"run" | "lock"}.${string}` }>;

function encodeRun(change: RunChange, plans: ReadonlySet<string>): Op {
  switch (change.kind) {
    case "run.insert": {
      const { digest, created } = change.record;
      const plan = plans.has(digest) ? null : change.plan;
      return [change.kind, ...runCells(change.record), moment("record.created", created), digest, plan];
    }
    case "run.claim":
      return [change.kind, change.run, whole("epoch", change.epoch, 1)];
    case "run.fence":
      return [change.kind, change.run, whole("epoch", change.epoch, 0)];
    case "run.update":
      return [change.kind, ...runCells(change.record), whole("epoch", change.epoch, 0)];
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
export const SAMPLE_CELLS = 6;
