import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeFolder } from "./folder.ts";
import { keepPrivate } from "./private.ts";
import { isUnwritten, openRefusal } from "./refusal.ts";

/** A lock that is held until it is disposed or the process ends, however it ends. */
export interface Lock extends Disposable {
  readonly file: string;
}

/**
 * Takes the exclusive lock of `file`, or gives undefined when another process, or another part of this one, holds it.
 * The lock is the operating system's (an exclusive SQLite transaction that is never committed), so kill -9 frees it at
 * once and nothing stale stays behind. The file is empty: opening it with anything but SQLite in the owning process
 * would drop the lock (POSIX), so nothing is ever written there.
 */
export function lockFile(file: string): Lock | undefined {
  let db: DatabaseSync | undefined;
  try {
    makeFolder(dirname(file), 0o700);
    keepPrivate(file);
    db = new DatabaseSync(file, { timeout: 0 });
    // No journal on the disk: a lock must be had on a full one too.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    const held = db;
    return { file, [Symbol.dispose]: () => held.isOpen && held.close() };
  } catch (error) {
    db?.close();
    const refused = openRefusal(error, file);
    if (refused?.code === "STORE-BUSY") return undefined;
    throw refused ?? error;
  }
}

/** Whether somebody holds the lock of `file`, which must be there; told also where nothing can be written. */
export function isHeld(file: string): boolean {
  try {
    const free = lockFile(file);
    free?.[Symbol.dispose]();
    return free === undefined;
  } catch (error) {
    if (!isUnwritten(error)) throw error;
    return keepsReadersOut(file);
  }
}

/** The lock is exclusive: where it is held nobody else may even read. */
function keepsReadersOut(file: string): boolean {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    db.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    if (openRefusal(error, file)?.code !== "STORE-BUSY") throw openRefusal(error, file) ?? error;
    return true;
  } finally {
    db.close();
  }
}
