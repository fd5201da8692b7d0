import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { instant } from "../site/instant.ts";

/** Lines of what a gateway sees of its front, from its folder. */
export const PROBE_LOG = join("runtime", "reconnect_probe.log");

/** A state that lasts is told every second at first, then once a minute; a log that was put aside begins with it. */
const [SOON_MS, SOON, SELDOM] = [1_000, 10, 60];

/**
 * One line for every change and every call that led nowhere:
 * `[health] ts_ns=… state=healthy|unhealthy mono_ns=… boot=… reason=…`. Says whether it changed.
 */
export function probeLog(site: string): (state: "healthy" | "unhealthy", reason?: string) => boolean {
  const file = join(site, PROBE_LOG);
  mkdirSync(dirname(file), { recursive: true });
  let now: "healthy" | "unhealthy" | undefined;
  let turns = 0;
  const write = (reason = ""): void => {
    const { ts, mono, boot } = instant();
    const why = reason === "" ? "" : ` reason=${reason}`;
    appendFileSync(file, `[health] ts_ns=${ts} state=${now} mono_ns=${mono} boot=${boot}${why}\n`);
  };
  setInterval(() => {
    turns += 1;
    if (now !== undefined && (turns <= SOON || turns % SELDOM === 0 || !existsSync(file))) write();
  }, SOON_MS).unref();
  return (state, reason) => {
    const changed = state !== now;
    if (changed) turns = 0;
    now = state;
    write(reason);
    return changed;
  };
}
