import type { Sample } from "../model/check.ts";
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
      break;
  }
  return [change.kind, change.key, change.value];
}

/** Cells of one sample inside a `sample.add`. */
export const SAMPLE_CELLS = 5;
