import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
  /** Absolute path of its unix socket; null while it listens to nobody. */
  readonly socket: string | null;
  /** Stays until it is ended. Anybody else leaves when its own work is done. */
  readonly daemon: boolean;
  /** What it was told to do, without its options: `serve`, `run SOP-02`. */
  readonly command: string;
}

/** What an owner says of itself; `socket` alone means a daemon. */
export type About = Pick<Owner, "socket"> & Partial<Pick<Owner, "daemon" | "command">>;

/** This process owns the data directory until it disposes of this, or dies. */
export interface Ownership extends AsyncDisposable {
  readonly data: string;
  readonly mine: Owner;
  /** Others may come through this socket from now on, or not any more. Throws WatchbookError for what the disk refuses. */
  announce(socket: string | null): void;
}

/** How long a freshly taken lock may be without its owner.json, milliseconds. */
const WRITE_MS = 2_000;

/**
 * Takes the data directory for this process, or says who has it. Makes the directory (mode 0700). The lock is
 * data/owner.db; owner.json only tells who, and a dead owner's file counts for nothing.
 */
export async function own(
  data: string,
  about: About,
  clock: Clock = systemClock,
): Promise<Ownership | { readonly owner: Owner }> {
  const file = join(data, "owner.json");
  for (let waited = 0; ; waited += 25) {
    const lock = lockFile(join(data, "owner.db"));
    if (lock) return take(lock, data, file, ownerFrom({ pid: process.pid, since: clock.wall(), ...about }));
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

const ownerFrom = ({
  socket,
  daemon = socket !== null,
  command = "",
  ...who
}: About & Pick<Owner, "pid" | "since">): Owner => ({ ...who, socket, daemon, command });

/** Renamed into place: a reader sees the old one or the new one. Throws WatchbookError for what the disk refuses. */
function write(file: string, owner: Owner): void {
  const fresh = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    makeFolder(dirname(file), 0o700);
    writeFileSync(fresh, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (error) {
    if (existsSync(fresh)) rmSync(fresh);
    throw systemRefusal(error, file) ?? error;
  }
}

function take(lock: Lock, data: string, file: string, mine: Owner): Ownership {
  try {
    write(file, mine);
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
  return {
    data,
    mine,
    announce: (socket) => write(file, { ...mine, socket }),
    [Symbol.asyncDispose]: async () => {
      if (readOwner(file)?.pid === mine.pid) rmSync(file, { force: true });
      lock[Symbol.dispose]();
    },
  };
}

function readOwner(file: string): Owner | undefined {
  try {
    const { pid, since, socket, daemon, command } = JSON.parse(readFileSync(file, "utf8")) as Partial<Owner>;
    if (typeof pid !== "number" || typeof since !== "number") return undefined;
    return ownerFrom({
      ...{ pid, since, socket: typeof socket === "string" ? socket : null },
      ...(typeof daemon === "boolean" && { daemon }),
      ...(typeof command === "string" && { command }),
    });
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
