import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../node/failure.ts";

/** Asks until `holds` is true; after `seconds` it says what was waited for. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  while (!(await holds())) {
    if (process.hrtime.bigint() > end)
      throw new Failure(`Waited ${seconds} s in vain: ${what}.`, "Read logs/ of the nodes.", 4);
    await sleep(100);
  }
}
