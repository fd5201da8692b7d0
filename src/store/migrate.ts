import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { WatchbookError } from "../model/error.ts";
import { migrations as ours } from "./migrations/index.ts";

/** `PRAGMA user_version`: the number of the last step applied. */
export const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);

const digest = (sql: string): string => createHash("sha256").update(sql).digest("hex");

/**
 * Brings the file to our schema, forward only, each step in a transaction of its own. A newer schema than ours is
 * refused; a file whose applied steps are not ours byte by byte is refused too, before anything is written.
 */
export function migrate(db: DatabaseSync, file: string, now: number, steps: readonly string[] = ours): void {
  const version = versionOf(db);
  if (version > steps.length) throw new WatchbookError("STORE-NEWER", { file, version, ours: steps.length });
  if (version > 0) compare(db, file, steps);
  for (const [index, sql] of steps.entries()) {
    if (index < version) continue;
    db.exec("BEGIN IMMEDIATE");
    try {
      if (index === 0)
        db.exec(
          "CREATE TABLE migration (version INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
        );
      db.exec(sql);
      db.prepare("INSERT INTO migration VALUES (?, ?, ?)").run(index + 1, digest(sql), now);
      db.exec(`PRAGMA user_version = ${index + 1}`);
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }
}

/** Refuses a file that is not at our schema, for where it cannot be brought there: what is older is STORE-READ-ONLY. */
export function expectOurs(db: DatabaseSync, file: string, steps: readonly string[] = ours): void {
  const version = versionOf(db);
  if (version > steps.length) throw new WatchbookError("STORE-NEWER", { file, version, ours: steps.length });
  if (version > 0) compare(db, file, steps);
  if (version < steps.length)
    throw new WatchbookError("STORE-READ-ONLY", { file, detail: `${version} < ${steps.length}` });
}

function compare(db: DatabaseSync, file: string, steps: readonly string[]): void {
  const applied = db.prepare("SELECT version, sha256 FROM migration ORDER BY version").all();
  for (const row of applied) {
    const step = steps[Number(row["version"]) - 1];
    if (step === undefined || digest(step) !== row["sha256"])
      throw new WatchbookError("STORE-FOREIGN", { file, version: Number(row["version"]) });
  }
}
