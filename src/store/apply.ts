import type { DatabaseSync, StatementSync } from "node:sqlite";
import { SAMPLE_CELLS } from "./encode.ts";
import type { Op } from "./protocol.ts";

/** Thrown inside a commit; becomes Conflict in the caller's thread. */
export class Met extends Error {
  readonly index: number;
  constructor(index: number) {
    super(`conflict at change ${index}`);
    this.index = index;
  }
}

/** Statements of every change, prepared once. `value.set` with null takes `value.remove`. */
const SQL = {
  "duty.insert": "INSERT INTO duty (duty, period, revision, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  "duty.update": "UPDATE duty SET revision = ?3, record = ?4 WHERE duty = ?1 AND period = ?2 AND revision = ?3 - 1",
  "inspection.put":
    "INSERT INTO inspection (id, duty, started, record) VALUES (?, ?, ?, ?) " +
    "ON CONFLICT (id) DO UPDATE SET duty = excluded.duty, started = excluded.started, record = excluded.record",
  "sample.add": "INSERT INTO sample (probe, target, at, value, facts) VALUES (?, ?, ?, ?, ?)",
  "sample.drop": "INSERT INTO floor (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = max(at, excluded.at)",
  "event.add": "INSERT INTO event (at, kind, subject, data) VALUES (?, ?, ?, ?)",
  "book.put": "INSERT INTO book (digest, json, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  "value.set": "INSERT INTO value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  "value.remove": "DELETE FROM value WHERE key = ?",
} as const;

/** What an applied change did beyond its row: samples added, a new floor. */
export interface Applied {
  samples: number;
  floor: boolean;
}

/** Gives a function that applies one op inside the running transaction, or throws Met. */
export function applier(db: DatabaseSync): (op: Op, index: number, applied: Applied) => void {
  const statements = new Map<string, StatementSync>(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]));
  const run = (name: keyof typeof SQL, cells: readonly (string | number | null)[]): number =>
    Number(statements.get(name)!.run(...cells).changes);
  return ([kind, ...cells], index, applied) => {
    if (kind === "sample.add") {
      for (let at = 0; at < cells.length; at += SAMPLE_CELLS) run(kind, cells.slice(at, at + SAMPLE_CELLS));
      applied.samples += cells.length / SAMPLE_CELLS;
    } else if (kind === "value.set" && cells[1] === null) {
      run("value.remove", cells.slice(0, 1));
    } else {
      const changed = run(kind, cells);
      if (changed === 0 && (kind === "duty.insert" || kind === "duty.update")) throw new Met(index);
      if (kind === "sample.drop") applied.floor = true;
    }
  };
}
