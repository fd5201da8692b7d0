import { statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { WatchbookError } from "../model/error.ts";
import { makeFolder } from "./folder.ts";
import { keepPrivate } from "./private.ts";
import { openRefusal } from "./refusal.ts";

/** Files up to this size are checked page by page at every opening (about 30 ms for 10 MB). */
const CHECK_BYTES = 32 * 1024 * 1024;

/** Milliseconds to wait for somebody else's lock; a backup or a reader with a terminal holds one shortly. */
const BUSY_MS = 5_000;

const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Opens a SQLite file so that a commit is on the disk when it returns: WAL with synchronous=FULL. After an unclean end
 * (its -wal file is still there), or when small, the file is checked first; a damaged one is refused.
 */
export function openDatabase(file: string): DatabaseSync {
  const memory = file === ":memory:";
  return opened(file, () => {
    if (!memory) {
      makeFolder(dirname(file), 0o700);
      keepPrivate(file);
    }
    const suspicious = !memory && size(file) > 0 && (size(`${file}-wal`) > 0 || size(file) <= CHECK_BYTES);
    const db = new DatabaseSync(file, { timeout: BUSY_MS });
    return [
      db,
      () => {
        if (suspicious) quickCheck(db, file);
        db.exec(
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
        );
      },
    ];
  });
}

/**
 * Opens a SQLite file for reading, where nothing can be written. What a process that was killed left in the -wal is
 * read too; without one the file is taken as it lies, for SQLite would make its -shm beside it.
 */
export function openToRead(file: string): DatabaseSync {
  return opened(file, () => {
    const path = size(`${file}-wal`) > 0 ? file : `${pathToFileURL(file).href}?immutable=1`;
    const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
    return [db, () => quickCheck(db, file)];
  });
}

/** A database whose first work went well; closed again when it did not. */
function opened(file: string, open: () => readonly [DatabaseSync, first: () => void]): DatabaseSync {
  try {
    const [db, first] = open();
    try {
      first();
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw openRefusal(error, file) ?? error;
  }
}

function quickCheck(db: DatabaseSync, file: string): void {
  const said = Object.values(db.prepare("PRAGMA quick_check(1)").get() ?? {})[0];
  if (said !== "ok") throw new WatchbookError("STORE-CORRUPT", { file, detail: String(said) });
}
