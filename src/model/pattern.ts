import { createContext, Script, type Context } from "node:vm";

/** The longest one regular expression may work on one text, milliseconds. */
const LIMIT_MS = 1_000;

/** A regular expression of the book that does not come to an end (`(a+)+$` on the wrong line). */
export class SlowPattern extends Error {
  constructor(source: string) {
    super(`/${source}/: ${LIMIT_MS} ms`);
    this.name = "SlowPattern";
  }
}

/** A search that would stall everything else is cut off: only node:vm can interrupt a regular expression. */
const inTime = new Script("work()");
let sandbox: Context | undefined;

/** Runs work that applies expressions of the book; throws SlowPattern when one of them takes too long. */
export function bounded<T>(source: string, work: () => T): T {
  sandbox ??= createContext({});
  sandbox["work"] = work;
  try {
    return inTime.runInContext(sandbox, { timeout: LIMIT_MS }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new SlowPattern(source);
    throw error;
  } finally {
    sandbox["work"] = undefined;
  }
}

/** The first match of a regular expression from the book, in Unicode mode. */
export const search = (source: string, text: string): RegExpExecArray | null =>
  bounded(source, () => new RegExp(source, "u").exec(text));
