import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { Failure } from "../failure.ts";

/**
 * What the load knows of its orders, one line each. `over` counts connections; times are nanoseconds of the monotonic clock
 * of this machine.
 */
export type Line =
  | { readonly what: "joined"; readonly over: number; readonly at: bigint }
  | { readonly what: "sent" | "acked"; readonly id: string; readonly over: number; readonly at: bigint }
  /** A connection ended, or could not be made. */
  | { readonly what: "lost"; readonly over: number; readonly reason: string; readonly at: bigint };

type Untimed<T> = T extends unknown ? Omit<T, "at"> : never;

export interface Ledger {
  note(line: Untimed<Line>): void;
  /** To the file. */
  flush(): void;
  /** To the disk. */
  sync(): void;
  close(): void;
}

/** Begins a new ledger. */
export function writeLedger(file: string): Ledger {
  const handle = openSync(file, "w");
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) writeSync(handle, lines.join(""));
    lines = [];
  };
  const sync = (): void => {
    flush();
    fsyncSync(handle);
  };
  return {
    note: (line) => void lines.push(`${JSON.stringify({ ...line, at: String(process.hrtime.bigint()) })}\n`),
    flush,
    sync,
    close: () => {
      sync();
      closeSync(handle);
    },
  };
}

/** The whole lines of a ledger. Throws Failure ledger-unreadable. */
export function readLedger(file: string): readonly Line[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((text) => {
        const { at, ...line } = JSON.parse(text) as Untimed<Line> & { readonly at: string };
        return { ...line, at: BigInt(at) };
      });
  } catch (error) {
    throw new Failure("ledger-unreadable", { file, reason: (error as Error).message }, 2);
  }
}
