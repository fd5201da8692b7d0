import { WatchbookError } from "../../../model/error.ts";
import { quote } from "../posix/quote.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Names whose values a shell or the loader reads as code or as its own state, or which it refuses to set: a value under one
 * of them would not be data any more. `WATCHBOOK_…` and `WB_OUTPUT` are ours.
 */
const RESERVED =
  /^(WATCHBOOK_\w*|WB_OUTPUT|BASH_ENV|ENV|PS[0-9]|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|IFS|PPID|UID|EUID|BASH_\w+|LD_PRELOAD|LD_AUDIT)$/;

/** Longest `NAME=value` that Linux passes to a program (MAX_ARG_STRLEN), bytes with its end. */
const MOST_BYTES = 131_072;

/** A text that a program of the target is given as data: a NUL cannot be carried. Throws WatchbookError VARIABLE-NUL. */
export function assigned(name: string, text: string): string {
  if (text.includes("\0")) throw new WatchbookError("VARIABLE-NUL", { name });
  return `${name}=${quote(text)}`;
}

/**
 * Lines that give a POSIX shell these variables and nothing else, whatever the values hold. Throws WatchbookError
 * VARIABLE-NAME, VARIABLE-RESERVED, VARIABLE-NUL, or VARIABLE-LONG {name, bytes, most} for what no program could be given.
 */
export function assignments(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      if (!NAME.test(name)) throw new WatchbookError("VARIABLE-NAME", { name });
      if (RESERVED.test(name)) throw new WatchbookError("VARIABLE-RESERVED", { name });
      const bytes = Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
      if (bytes > MOST_BYTES) throw new WatchbookError("VARIABLE-LONG", { name, bytes, most: MOST_BYTES });
      return `export ${assigned(name, value)}\n`;
    })
    .join("");
}
