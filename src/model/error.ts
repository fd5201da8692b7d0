import type { Args } from "./finding.ts";
import type { Source } from "./source.ts";

/** Exit codes of every verb; documented in each `--help`. */
export const EXIT = {
  ok: 0,
  /** Our bug: a stack is printed. */
  bug: 1,
  /** The manual or the input is wrong. */
  input: 2,
  /** A check, drill or evidence failed its limit. */
  failed: 3,
  /** A target cannot be reached or judged. */
  unreachable: 4,
  /** A human is waited for. */
  waiting: 5,
  interrupted: 130,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/**
 * An error of the user: said by i18n as one sentence and the next action (`errors.CODE.say`, `.fix`).
 * Anything else that is thrown is our bug and prints a stack.
 */
export class WatchbookError extends Error {
  readonly code: string;
  readonly args: Args;
  readonly exit: Exit;
  readonly source: Source | undefined;

  constructor(code: string, args: Args = {}, options: { exit?: Exit; source?: Source; cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(args)}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "WatchbookError";
    this.code = code;
    this.args = args;
    this.exit = options.exit ?? EXIT.input;
    this.source = options.source;
  }
}
