import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WatchbookError } from "../model/error.ts";
import { systemClock, type Clock } from "../model/time.ts";
import { makeFolder } from "./folder.ts";
import { isHeld, lockFile, type Lock } from "./lock.ts";
import { systemRefusal } from "./refusal.ts";

/** Who owns a data directory, as written in its owner.json. */
export interface Owner {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Absolute path of the daemon's unix socket; null when the owner is a verb that listens to nobody. */
  readonly socket: string | null;
}

/** This process owns the data directory until it disposes of this, or dies. */
export interface Ownership extends AsyncDisposable {
  readonly data: string;
  readonly mine: Owner;
}

/** How long a freshly taken lock may be without its owner.json, milliseconds. */
const WRITE_MS = 2_000;

/**
 * Takes the data directory for this process, or says who has it. Makes the directory (mode 0700). The lock is
 * data/owner.db; owner.json only tells who, and a dead owner's file counts for nothing.
 */
export async function own(
  data: string,
  about: { readonly socket: string | null },
  clock: Clock = systemClock,
): Promise<Ownership | { readonly owner: Owner }> {
  const file = join(data, "owner.json");
  for (let waited = 0; ; waited += 25) {
    const lock = lockFile(join(data, "owner.db"));
    if (lock) return take(lock, data, file, { pid: process.pid, since: clock.wall(), socket: about.socket });
    const owner = readOwner(file);
    if (owner && alive(owner.pid)) return { owner };
    if (waited >= WRITE_MS) throw new WatchbookError("STORE-OWNED", { path: data });
    await clock.sleep(25);
  }
}

/** True for the other process; false for `Ownership`. */
export const isOwned = (answer: Ownership | { readonly owner: Owner }): answer is { readonly owner: Owner } =>
  "owner" in answer;

/** Who owns the directory now, proven by the lock; undefined when nobody does. */
export function ownerOf(data: string): Owner | undefined {
  const owner = readOwner(join(data, "owner.json"));
  if (!owner || !alive(owner.pid) || !existsSync(join(data, "owner.db"))) return undefined;
  return isHeld(join(data, "owner.db")) ? owner : undefined;
}

function take(lock: Lock, data: string, file: string, mine: Owner): Ownership {
  const fresh = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    makeFolder(data, 0o700);
    writeFileSync(fresh, `${JSON.stringify(mine)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (error) {
    if (existsSync(fresh)) rmSync(fresh);
    lock[Symbol.dispose]();
    throw systemRefusal(error, file) ?? error;
  }
  return {
    data,
    mine,
    [Symbol.asyncDispose]: async () => {
      if (readOwner(file)?.pid === mine.pid) rmSync(file, { force: true });
      lock[Symbol.dispose]();
    },
  };
}

function readOwner(file: string): Owner | undefined {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Owner>;
    if (typeof read.pid !== "number" || typeof read.since !== "number") return undefined;
    return { pid: read.pid, since: read.since, socket: typeof read.socket === "string" ? read.socket : null };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw systemRefusal(error, file) ?? error;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
