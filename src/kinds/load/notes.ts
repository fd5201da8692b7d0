import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from "node:fs";
import type { Clock } from "../../model/time.ts";

/** How long a note may lie in memory alone, milliseconds. */
const SYNC_MS = 50;

/** Writes a ledger: every note is with the kernel before the next thing is done, and on disk soon after. */
export class Notes {
  readonly #file: number;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #dirty = false;
  #isSyncing = false;
  #isClosed = false;

  constructor(path: string, clock: Clock) {
    this.#file = openSync(path, "a", 0o600);
    this.#clock = clock;
    this.#timer = setInterval(() => this.#sync(), SYNC_MS);
  }

  /** Notes something with the time of now between its words; gives that time. */
  note(before: string, after = ""): bigint {
    const now = this.#clock.monotonic();
    const end = after === "" ? "" : ` ${after.replaceAll(/\s+/g, " ").slice(0, 200)}`;
    writeSync(this.#file, `${before} ${now}${end}\n`);
    this.#dirty = true;
    return now;
  }

  /** The writers do not wait for the disk: a loop that stands still confirms nothing. */
  #sync(): void {
    if (!this.#dirty || this.#isSyncing) return;
    this.#dirty = false;
    this.#isSyncing = true;
    fdatasync(this.#file, (error) => {
      this.#isSyncing = false;
      if (this.#isClosed) closeSync(this.#file);
      // A ledger that cannot be kept counts nothing.
      if (error) throw error;
    });
  }

  close(): void {
    clearInterval(this.#timer);
    fdatasyncSync(this.#file);
    this.#isClosed = true;
    if (!this.#isSyncing) closeSync(this.#file);
  }
}
