import { lookUp } from "../answer/pointer.ts";

/** One JSON line of a log: its document, and its time where it carries one, milliseconds since the epoch. */
export interface Line {
  readonly document: object;
  readonly at: number | undefined;
}

const TIMES = [["time"], ["ts"], ["timestamp"], ["@timestamp"]] as const;
/** A zone at the end of a time: `Z`, `+08:00`. */
const ZONED = /(?:[Zz]|[+-]\d\d:?\d\d)$/;

/** Milliseconds of a time in any of the usual units: what it counts shows in how large it is (1e10 s is the year 2286). */
function fromNumber(value: number): number {
  let scaled = value;
  if (scaled < 1e11) return scaled * 1_000;
  while (scaled > 1e14) scaled /= 1_000;
  return scaled;
}

/** A text without a zone is UTC, as loggers for machines write it. */
function fromText(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromNumber(Number(text));
  const at = Date.parse(ZONED.test(text) ? text : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function timeOf(document: object, field: readonly string[] | undefined): number | undefined {
  for (const path of field === undefined ? TIMES : [field]) {
    const value = lookUp(document, path);
    if (typeof value === "number") return fromNumber(value);
    if (typeof value === "string") return fromText(value);
  }
  return undefined;
}

/** Undefined: the line is no JSON object. */
export function lineOf(text: string, time: readonly string[] | undefined): Line | undefined {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document !== "object" || document === null || Array.isArray(document)) return undefined;
    return { document, at: timeOf(document, time) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
