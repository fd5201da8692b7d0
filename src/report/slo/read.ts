import { z } from "zod";
import { WatchbookError } from "../../model/error.ts";

/** A moment in nanoseconds: of the wall clock, and where the line has it of the monotonic clock since a boot. */
export interface Moment {
  readonly wall: bigint;
  readonly mono?: bigint;
  readonly boot?: string;
}

/** Line of the fault events: a fault is about to begin (apply), or about to be taken away (clear). */
export interface FaultEvent extends Moment {
  readonly line: number;
  readonly scenario: string;
  readonly phase: "apply" | "clear";
  /** It was done, not only planned. */
  readonly executed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Line of the probe log: the link is there or it is not, and why. */
export interface Probe extends Moment {
  readonly line: number;
  readonly healthy: boolean;
  readonly reason: string;
}

/** What a file holds. */
export interface Lines<T> {
  readonly all: readonly T[];
  readonly total: number;
  /** The last line, where it was being written when its writer died. */
  readonly torn?: number;
  /** Lines that are about something else. */
  readonly other: number;
}

/** A line of the file, undefined for one that is about something else; throws LineWrong. */
type Parse<T> = (text: string, line: number) => T | undefined;

class LineWrong extends Error {}

/** Far above any line of ours, characters: what is longer is not taken apart. */
const LONGEST = 65_536;

/** Every line; only the last one may be wrong. Throws SLO-LINE with the file and the line. */
function linesOf<T>(text: string, file: string, parse: Parse<T>): Lines<T> {
  const rows = text.split("\n");
  const last = rows.findLastIndex((row) => row.trim() !== "");
  const all: T[] = [];
  let [torn, total]: [number | undefined, number] = [undefined, 0];
  let other = 0;
  for (const [index, row] of rows.entries()) {
    if (row.trim() === "") continue;
    total += 1;
    try {
      const found = parse(row, index + 1);
      if (found === undefined) other += 1;
      else all.push(found);
    } catch (error) {
      if (!(error instanceof LineWrong)) throw error;
      if (index !== last)
        throw new WatchbookError(
          "SLO-LINE",
          { path: file, line: index + 1, problem: error.message },
          { source: { file, line: index + 1 } },
        );
      torn = index + 1;
    }
  }
  return { all, total, other, ...(torn !== undefined && { torn }) };
}

const NANOSECONDS = /^[1-9]\d{0,18}$/;
const nanoseconds = z.string().regex(NANOSECONDS);

const event = z.looseObject({
  ts_ns: nanoseconds,
  mono_ns: nanoseconds.optional(),
  boot: z.string().optional(),
  mode: z.string().min(1),
  scenario: z.string().min(1).max(200),
  phase: z.enum(["apply", "clear"]),
  execute: z.boolean().default(false),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** Nanoseconds since the epoch are more than a number holds: whole numbers of these keys come as their digits. */
const exact = (text: string): unknown =>
  (
    JSON.parse as (
      text: string,
      revive: (key: string, value: unknown, context: { source?: string }) => unknown,
    ) => unknown
  )(text, (key, value, { source }) => (typeof value === "number" && /^(?:ts|mono)_ns$/.test(key) ? source : value));

const momentOf = (wall: string, mono: string | undefined, boot: string | undefined): Moment => ({
  wall: BigInt(wall),
  ...(mono !== undefined && boot !== undefined && { mono: BigInt(mono), boot }),
});

function parseEvent(text: string, line: number): FaultEvent {
  if (text.length > LONGEST) throw new LineWrong("slo:long");
  let value: unknown;
  try {
    value = exact(text);
  } catch {
    throw new LineWrong("slo:json");
  }
  const read = event.safeParse(value);
  if (!read.success) throw new LineWrong(read.error.issues[0]!.path.join(".") || "slo:json");
  const { ts_ns: wall, mono_ns: mono, boot, scenario, phase, execute, parameters } = read.data;
  return {
    ...momentOf(wall, mono, boot),
    ...{ line, scenario, phase, executed: execute },
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, String(one)])),
  };
}

/** Fault events, a JSON object a line. Throws SLO-LINE. */
export const readEvents = (text: string, file: string): Lines<FaultEvent> => linesOf(text, file, parseEvent);

const FIELD = /(?:^| )(ts_ns|state|mono_ns|boot|reason)=(\S*)/g;

function parseProbe(text: string, line: number): Probe | undefined {
  const begin = text.indexOf("[health]");
  if (begin === -1) return undefined;
  if (text.length > LONGEST) throw new LineWrong("slo:long");
  const fields = Object.fromEntries(
    [...text.slice(begin + 8).matchAll(FIELD)].map(([, name, value]) => [name!, value!]),
  );
  const { ts_ns: wall = "", state, mono_ns: mono, boot, reason = "" } = fields as Partial<Record<string, string>>;
  if (!NANOSECONDS.test(wall)) throw new LineWrong("ts_ns");
  if (state !== "healthy" && state !== "unhealthy") throw new LineWrong("state");
  if (mono !== undefined && !NANOSECONDS.test(mono)) throw new LineWrong("mono_ns");
  return { ...momentOf(wall, mono, boot), line, healthy: state === "healthy", reason };
}

/** Lines `[health] ts_ns=… state=healthy|unhealthy` of a log; others are not ours. Throws SLO-LINE. */
export const readProbes = (text: string, file: string): Lines<Probe> => linesOf(text, file, parseProbe);
