import { setTimeout as sleep } from "node:timers/promises";
import { failure, words } from "../words/index.ts";

/** The reader is told what is waited for after the first of these seconds, and again after each ten more. */
const FIRST = 3;
const AGAIN = 10;

/** Asks until `holds` is true, telling standard error about it now and then; after `seconds` it fails with exit 4. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const begin = process.hrtime.bigint();
  let next = FIRST;
  while (!(await holds())) {
    const passed = Number(process.hrtime.bigint() - begin) / 1e9;
    if (passed > seconds) throw failure(words().failures.inVain(what, seconds), 4);
    if (passed >= next) {
      process.stderr.write(`${words().waits(what, next, seconds)}\n`);
      next += AGAIN;
    }
    await sleep(100);
  }
}
