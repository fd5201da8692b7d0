import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import { makeFolder } from "../folder.ts";
import { systemRefusal } from "../refusal.ts";
import { absent } from "./absent.ts";
import { encodeMarks, LineCounter, START, type Mark } from "./lines.ts";
import { Output, type Past } from "./output.ts";
import { placeOf, type Place } from "./place.ts";

/** Bytes kept of one output: 64 MiB. */
const CAP = 64 << 20;

export interface OutputOptions {
  /** Bytes kept; what comes after is counted and hashed. */
  readonly cap?: number;
  /** Hidden before anything is kept or hashed; may grow while the output flows. */
  readonly secrets?: ReadonlySet<string>;
  /** What is done with an output of that name that is there already (its worker died): write on, or begin anew. */
  readonly existing?: "append" | "replace";
}

/**
 * Opens `folder/name.log` for appending; no file is made until the first byte comes. Beside a long one grows
 * `name.lines`, from which readers find any line. Rejects with WatchbookError STORE-FULL, STORE-READ-ONLY, STORE-IO or
 * STORE-CANNOT-OPEN (file, detail).
 */
export async function openOutput(folder: string, name: string, options: OutputOptions = {}): Promise<Output> {
  const { cap = CAP, secrets = new Set<string>(), existing = "append" } = options;
  const place = placeOf(folder, name);
  try {
    makeFolder(folder, 0o700);
    await rm(place.index, { force: true });
    if (existing === "replace") await rm(place.text, { force: true });
    return new Output(place, cap, secrets, await pastOf(place));
  } catch (error) {
    throw systemRefusal(error, place.text) ?? error;
  }
}

/** The same for a name that was never used: nothing is looked at, and folder and file are made with the first byte. */
export function freshOutput(folder: string, name: string, options: Omit<OutputOptions, "existing"> = {}): Output {
  const { cap = CAP, secrets = new Set<string>() } = options;
  return new Output(placeOf(folder, name), cap, secrets, { kept: 0 });
}

/** What a writer before left is hashed again, and its lines are counted again: a killed one may have left half an index. */
async function pastOf({ text, index }: Place): Promise<Past> {
  const past = { hash: createHash("sha256"), counter: new LineCounter(START), kept: 0 };
  const size = (await absent(stat(text)))?.size ?? 0;
  if (size === 0) return past;
  const marks: Mark[] = [];
  for await (const chunk of createReadStream(text, { end: size - 1 }) as AsyncIterable<Buffer>) {
    past.hash.update(chunk);
    past.kept += chunk.length;
    marks.push(...past.counter.add(chunk));
  }
  if (marks.length > 0) await writeFile(index, encodeMarks(marks), { mode: 0o600 });
  return past;
}
