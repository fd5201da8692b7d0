import { readDuration } from "../../words/duration.ts";

/** Seconds of an annotation's `for=5m`; undefined when it is absent or no duration. */
export function parseHold(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const read = readDuration(text);
  return read.kind === "value" ? read.seconds : undefined;
}
