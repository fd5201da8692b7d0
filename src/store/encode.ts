import type { Sample } from "../model/check.ts";
import { isEnded, type Lock, type RunRecord } from "../model/run.ts";
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

/** A change as cells. Throws TypeError for what no caller may commit: that is our bug, not a conflict. */
export function encode(change: Change): Op {
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

type RunChange = Extract<Change, { readonly kind: `${"run" | "journal" | "lock"}.${string}` }>;

function encodeRun(change: RunChange): Op {
  switch (change.kind) {
    case "run.insert": {
      const { digest, created } = change.record;
      return [change.kind, ...runCells(change.record), moment("record.created", created), digest, change.plan];
    }
    case "run.claim":
      return [change.kind, change.run, whole("epoch", change.epoch, 1)];
    case "run.update":
      return [change.kind, ...runCells(change.record), whole("epoch", change.epoch, 0)];
    case "journal.append": {
      const { seq, epoch, at, mono, entry } = change.entry;
      const kept = mono === undefined ? entry : { ...entry, mono };
      const cells = [whole("seq", seq, 1), whole("epoch", epoch, 0), moment("entry.at", at), JSON.stringify(kept)];
      return [change.kind, change.run, ...cells];
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
