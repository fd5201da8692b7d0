import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import { Failure } from "../failure.ts";
import { PROBE_LOG } from "../node/probe-log.ts";
import { instant } from "../site/instant.ts";
import { until } from "../site/process.ts";

/** Faults that were begun and taken away, from the folder of a gateway. */
export const EVENTS = join("runtime", "fault_events.jsonl");

/** Notes that a fault is about to begin, or about to be taken away: never later than it is so. Throws Failure event-form. */
export function noteEvent(site: string, scenario: string, phase: string): object {
  if (!/^[\w-]+$/.test(scenario) || (phase !== "apply" && phase !== "clear"))
    throw new Failure("event-form", { scenario, phase, known: "apply clear" }, 2);
  const file = join(site, EVENTS);
  mkdirSync(dirname(file), { recursive: true });
  const { ts, mono, boot } = instant();
  const told = { mode: "gateway", scenario, phase, execute: true, parameters: {}, boot };
  // Nanoseconds since the epoch are more than a JavaScript number holds.
  appendFileSync(file, `${JSON.stringify(told).slice(0, -1)},"ts_ns":${ts},"mono_ns":${mono}}\n`);
  return { noted: scenario, phase };
}

interface Probe {
  readonly state: string;
  readonly mono: bigint;
}

/** Newest lines of the probe log. */
function newest(site: string): readonly Probe[] {
  const file = join(site, PROBE_LOG);
  const lines = existsSync(file) ? readFileSync(file, "latin1").split("\n").slice(-200, -1) : [];
  return lines.flatMap((line) => {
    const [, state, mono] = /state=(\w+) mono_ns=(\d+)/.exec(line) ?? [];
    return state === undefined || mono === undefined ? [] : [{ state, mono: BigInt(mono) }];
  });
}

/** For so long the link must have been there without a break, nanoseconds. */
const HELD = 3_000_000_000n;

const isLost = (site: string): boolean => newest(site).at(-1)?.state === "unhealthy";

function isBack(site: string): boolean {
  const probes = newest(site);
  const last = probes.at(-1);
  const first = probes[probes.findLastIndex(({ state }) => state !== "healthy") + 1];
  return last !== undefined && first !== undefined && last.mono - first.mono >= HELD;
}

/**
 * Puts what was told so far aside, dated, so that a drill is reported by itself; nothing is thrown away. Waits until the
 * gateway has begun a new log: what it was before the first fault must stand there. Throws Failure link-not-told.
 */
export async function freshFiles(site: string, seconds: number): Promise<object> {
  const day = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = [EVENTS, PROBE_LOG].flatMap((name) => {
    const { dir, name: stem, ext } = parse(name);
    const kept = join(dir, `${stem}-${day}${ext}`);
    if (!existsSync(join(site, name))) return [];
    renameSync(join(site, name), join(site, kept));
    return [kept];
  });
  await until(() => newest(site).length > 0, seconds, "link-not-told");
  return { aside };
}

/** Waits until the gateway itself sees that its front is gone, or that it has been back for a while. Throws Failure not-so. */
export async function awaitLink(site: string, word: string, seconds: number): Promise<object> {
  if (word !== "lost" && word !== "back") throw new Failure("word-unknown", { word, known: "lost back" }, 2);
  await until(() => (word === "lost" ? isLost(site) : isBack(site)), seconds, `link-not-${word}`);
  return { link: word };
}
