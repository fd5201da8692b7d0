import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { WatchbookError } from "../../model/error.ts";
import { makeFolder } from "../folder.ts";
import { systemRefusal } from "../refusal.ts";
import { encodeMarks, LineCounter, START } from "./lines.ts";
import { Mask } from "./mask.ts";
import type { Place } from "./place.ts";

/** Bytes gathered before they are written, at the latest when the turn of the event loop ends. */
const GATHER = 1 << 16;

/** Digest of an output without a byte. */
const OF_NOTHING = createHash("sha256").digest("hex");

/** A fresh output finds no folder. */
function openText(path: string): number {
  try {
    return openSync(path, "a", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    makeFolder(dirname(path), 0o700);
    return openSync(path, "a", 0o600);
  }
}

/** What is in the file already: its digest so far, its lines, its size; without them it is empty. */
export interface Past {
  readonly hash?: Hash;
  readonly counter?: LineCounter;
  readonly kept: number;
}

/** Bytes of output: seen (after masking), kept, and the digest in hex of all that was seen. */
export interface OutputTotals {
  readonly bytes: number;
  readonly kept: number;
  readonly sha256: string;
}

/**
 * The output of one attempt on its way to its file. Only its head is kept, up to the cap; all of it is hashed. What a
 * write cannot put into the file is not lost silently: `close` rejects. Not synced to the disk: the journal's outcome
 * has size and digest, so that a text cut by a power loss is noticed.
 */
export class Output {
  readonly #place: Place;
  readonly #room: number;
  readonly #secrets: ReadonlySet<string>;
  // Made with the first byte: most attempts say nothing.
  readonly #masks: { out?: Mask; err?: Mask } = {};
  #hash: Hash | undefined;
  #counter: LineCounter | undefined;
  #bytes: number;
  #kept: number;
  #gathered: Buffer[] = [];
  #size = 0;
  #files: { readonly text: number; index?: number } | undefined;
  #failure: WatchbookError | undefined;
  #totals: OutputTotals | undefined;

  constructor(place: Place, cap: number, secrets: ReadonlySet<string>, past: Past) {
    this.#place = place;
    this.#room = cap;
    this.#secrets = secrets;
    this.#hash = past.hash;
    this.#counter = past.counter;
    this.#bytes = past.kept;
    this.#kept = past.kept;
  }

  /** Takes what came, in the order it came. Never throws for the disk's sake: the step goes on, `close` tells. */
  write(chunk: Uint8Array, stream: "out" | "err" = "out"): void {
    if (this.#totals) throw new TypeError("the output is closed");
    this.#take((this.#masks[stream] ??= new Mask(this.#secrets)).push(chunk));
  }

  /** Writes what is left. Rejects with WatchbookError when not everything that should be kept could be; see `totals`. */
  async close(): Promise<OutputTotals> {
    const totals = this.#totals ?? this.#finish();
    if (this.#failure) throw this.#failure;
    return totals;
  }

  /** Also after a close that rejected. */
  totals(): OutputTotals {
    if (!this.#totals) throw new TypeError("the output is open");
    return this.#totals;
  }

  #finish(): OutputTotals {
    for (const mask of [this.#masks.out, this.#masks.err]) if (mask) this.#take(mask.end());
    this.#flush();
    for (const file of Object.values(this.#files ?? {})) closeSync(file);
    this.#totals = { bytes: this.#bytes, kept: this.#kept, sha256: this.#hash?.digest("hex") ?? OF_NOTHING };
    return this.#totals;
  }

  #take(clean: Buffer): void {
    if (clean.length === 0) return;
    this.#hash ??= createHash("sha256");
    this.#hash.update(clean);
    this.#bytes += clean.length;
    const keep = clean.subarray(0, Math.max(0, this.#room - this.#kept - this.#size));
    if (keep.length === 0 || this.#failure) return;
    if (this.#size === 0) setImmediate(() => this.#flush());
    this.#gathered.push(keep);
    this.#size += keep.length;
    if (this.#size >= GATHER) this.#flush();
  }

  #flush(): void {
    const bytes = this.#gathered.length === 1 ? this.#gathered[0]! : Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#size = 0;
    if (bytes.length === 0 || this.#failure) return;
    try {
      this.#files ??= { text: openText(this.#place.text) };
      this.#append(this.#files.text, bytes, (written) => (this.#kept += written));
      this.#counter ??= new LineCounter(START);
      const marks = this.#counter.add(bytes);
      if (marks.length === 0) return;
      this.#files.index ??= openSync(this.#place.index, "a", 0o600);
      this.#append(this.#files.index, encodeMarks(marks));
    } catch (error) {
      this.#failure = systemRefusal(error, this.#place.text);
      if (!this.#failure) throw error;
    }
  }

  #append(file: number, bytes: Buffer, wrote: (bytes: number) => void = () => undefined): void {
    for (let at = 0; at < bytes.length;) {
      const written = writeSync(file, bytes, at);
      wrote(written);
      at += written;
    }
  }
}
