import { WatchbookError } from "../../../model/error.ts";
import type { Observed } from "../../../model/driver.ts";

/** One thing in a few words: what plan and errors show. */
export function saidOf(thing: Observed): string {
  const version = thing.version === null ? "-" : shortOf(thing.version);
  const config = thing.config === null ? "" : ` config ${shortOf(thing.config)}`;
  const replicas = thing.replicas ? ` ${thing.replicas.ready}/${thing.replicas.wanted}` : "";
  return `${thing.state} ${version}${config}${replicas}`;
}

/** Digests by their first twelve digits, everything else whole. */
export const shortOf = (text: string): string => text.replace(/\b([0-9a-f]{12})[0-9a-f]{20,}\b/g, "$1");

/** What only time changes is no change: that something which was starting runs by now, and how many of it are ready. */
function settledOf({ version, config, state, replicas }: Observed): string {
  return JSON.stringify([version, config, state === "starting" ? "running" : state, replicas?.wanted]);
}

/** Refuses (TARGET-CHANGED) when something is no longer as it was when the intention was made. */
export function mustBeAs(target: string, before: readonly Observed[], now: readonly Observed[]): void {
  for (const was of before) {
    const is = now.find((thing) => thing.name === was.name);
    if (is && settledOf(is) === settledOf(was)) continue;
    throw new WatchbookError("TARGET-CHANGED", {
      target,
      name: was.name,
      was: saidOf(was),
      is: is ? saidOf(is) : "-",
    });
  }
}
