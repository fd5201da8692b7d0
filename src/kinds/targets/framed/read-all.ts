import { randomUUID } from "node:crypto";
import { ReachError, type ExecEnd, type Reach } from "../../../model/target.ts";
import { Keep } from "../posix/keep.ts";
import { signalOf } from "../posix/signals.ts";
import { Parts } from "./parts.ts";
import { programOf } from "./program.ts";

/** One command that only reads. */
export interface ReadCommand {
  readonly argv: readonly string[];
  /** Hard limit, milliseconds; default 10 000. */
  readonly timeoutMs?: number;
  /** Bytes kept of each of stdout and stderr; default 1 MiB. */
  readonly maxBytes?: number;
}

export interface ReadAnswer {
  readonly end: ExecEnd;
  readonly out: string;
  readonly err: string;
  /** The same, byte for byte. */
  readonly raw: { readonly out: Buffer; readonly err: Buffer };
  readonly truncated: boolean;
  /** Bytes that came, kept or not. */
  readonly bytes: { readonly out: number; readonly err: number };
  /** By the target's clock, in steps of a hundredth. Absent when it was not seen to end. */
  readonly seconds?: number;
}

export interface ReadHooks {
  readonly signal?: AbortSignal;
  /** Longest of all together, milliseconds; default: the sum of their limits, at most ten minutes. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_BYTES = 1_048_576;
const LONGEST_MS = 600_000;
/** What the limit of the exec is longer than ours, milliseconds: ours is the one that is seen. */
const LATER_MS = 2_000;
/** Beyond this many bytes of arguments the commands are sent in several parts: Linux takes 128 KiB for one. */
const MOST_PROGRAM = 100_000;

/** What has come of one command. */
class Reading {
  readonly out: Keep;
  readonly err: Keep;
  readonly bytes = { out: 0, err: 0 };
  end: ExecEnd | undefined;
  seconds: number | undefined;

  constructor(most: number) {
    [this.out, this.err] = [new Keep(most), new Keep(most)];
  }

  hear(stream: "out" | "err", chunk: Buffer): void {
    this.bytes[stream] += chunk.length;
    this[stream].push(chunk);
  }

  answer(end: ExecEnd): ReadAnswer {
    return new Answer(end, this);
  }
}

/** Texts are made of the bytes when somebody asks. */
class Answer implements ReadAnswer {
  readonly end: ExecEnd;
  readonly raw: ReadAnswer["raw"];
  readonly truncated: boolean;
  readonly bytes: ReadAnswer["bytes"];
  readonly seconds?: number;

  constructor(end: ExecEnd, { out, err, bytes, seconds }: Reading) {
    this.end = end;
    this.raw = { out: out.bytes, err: err.bytes };
    this.truncated = out.truncated || err.truncated;
    this.bytes = bytes;
    if (seconds !== undefined) this.seconds = seconds;
  }

  get out(): string {
    return this.raw.out.toString("utf8");
  }

  get err(): string {
    return this.raw.err.toString("utf8");
  }
}

function endOf(how: string, status: number, command: string): ExecEnd {
  if (how === "not-found" || how === "no-permission")
    return { kind: "spawn", reason: how, detail: `${command}: ${how}` };
  const signal = signalOf(status - 128);
  return signal === undefined ? { kind: "exit", code: status } : { kind: "signal", signal };
}

interface Batch {
  readonly commands: readonly ReadCommand[];
  readonly readings: readonly Reading[];
  /** Numbers of the commands to run now. */
  readonly numbers: readonly number[];
}

/** How a batch stopped: at a command that took too long, or for all of them. */
interface Stopped {
  readonly late: number | undefined;
  readonly end: ExecEnd;
}

async function runBatch(
  reach: Pick<Reach, "exec" | "target">,
  { commands, readings, numbers }: Batch,
  ms: number,
  signal?: AbortSignal,
): Promise<Stopped> {
  const token = randomUUID();
  const stop = new AbortController();
  let at = { out: 0, err: 0 };
  let timer: NodeJS.Timeout | undefined;
  let late: number | undefined;
  const whole = setTimeout(() => stop.abort(), ms);
  const limit = (): void => {
    clearTimeout(timer);
    const number = numbers[at.out];
    if (number === undefined) return;
    timer = setTimeout(() => {
      late = number;
      stop.abort();
    }, limitOf(commands[number]!));
  };
  const hear = (stream: "out" | "err") => (chunk: Buffer) => readings[numbers[at[stream]] ?? -1]?.hear(stream, chunk);
  const out = new Parts(token, hear("out"), ([number = "", how = "", status, begun, ended]) => {
    if (number === "-") return limit();
    const reading = readings[Number(number)];
    if (!reading) throw new TypeError(`no command ${number}`);
    reading.end = endOf(how, Number(status), commands[Number(number)]!.argv[0] ?? "");
    reading.seconds = (Number(ended) - Number(begun)) / 100;
    at = { ...at, out: at.out + 1 };
    limit();
  });
  const err = new Parts(token, hear("err"), () => (at = { ...at, err: at.err + 1 }));
  const program = programOf(numbers.map((number) => ({ number, argv: commands[number]!.argv })));
  const ending = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  try {
    const { end } = await reach.exec(["sh", "-c", program, "watchbook", token], {
      timeoutMs: ms + LATER_MS,
      maxBytes: 0,
      signal: ending,
      // Who is ended may say that it ended well.
      onOutput: (chunk, stream) => !ending.aborted && (stream === "out" ? out : err).push(chunk),
    });
    if (signal?.aborted) return { end: { kind: "aborted" }, late: undefined };
    return { end: stop.signal.aborted ? { kind: "timeout", ms } : end, late };
  } finally {
    clearTimeout(timer);
    clearTimeout(whole);
  }
}

const limitOf = ({ timeoutMs }: ReadCommand): number => timeoutMs ?? DEFAULT_TIMEOUT_MS;

/** The next commands that fit into one program. */
function nextNumbers(commands: readonly ReadCommand[], from: number): readonly number[] {
  const numbers: number[] = [];
  let length = 0;
  for (let number = from; number < commands.length; number += 1) {
    length += commands[number]!.argv.reduce((sum, word) => sum + Buffer.byteLength(word) * 2 + 3, 20);
    if (numbers.length > 0 && length > MOST_PROGRAM) break;
    numbers.push(number);
  }
  return numbers;
}

/**
 * Runs many reads over one exec, in order, each answered by itself. One that hangs costs its own limit: it is ended, and
 * those behind it are run in a new exec. Rejects with ReachError when the target is not reached or lost.
 */
export async function readAll(
  reach: Pick<Reach, "exec" | "target">,
  commands: readonly ReadCommand[],
  hooks: ReadHooks = {},
): Promise<readonly ReadAnswer[]> {
  for (const { argv } of commands)
    if (argv.length === 0 || argv.some((word) => word.includes("\0")))
      throw new TypeError(`no command: ${JSON.stringify(argv)}`);
  const readings = commands.map(({ maxBytes }) => new Reading(maxBytes ?? DEFAULT_BYTES));
  const sum = commands.reduce((total, command) => total + limitOf(command), 0);
  let left = Math.min(hooks.timeoutMs ?? sum, LONGEST_MS);
  const total = left;
  for (let from = 0; from < commands.length && left > 0;) {
    const numbers = nextNumbers(commands, from);
    const began = process.uptime();
    const { late, end } = await runBatch(reach, { commands, readings, numbers }, left, hooks.signal);
    left -= (process.uptime() - began) * 1_000;
    const last = numbers.at(-1)!;
    if (late !== undefined) {
      readings[late]!.end ??= { kind: "timeout", ms: limitOf(commands[late]!) };
      from = readings.findIndex(({ end: known }) => known === undefined);
      if (from < 0) break;
      // It may just have ended: then the next one was interrupted, and begins anew.
      readings[from] = new Reading(commands[from]!.maxBytes ?? DEFAULT_BYTES);
    } else if (end.kind === "exit" && readings[last]!.end) from = last + 1;
    else if (end.kind === "timeout" || end.kind === "aborted") {
      const rest = end.kind === "timeout" ? ({ kind: "timeout", ms: total } as const) : end;
      return readings.map((reading) => reading.answer(reading.end ?? rest));
    } else throw new ReachError("other", `${reach.target}: the reads ended early: ${JSON.stringify(end)}`);
  }
  return readings.map((reading) => reading.answer(reading.end ?? { kind: "timeout", ms: total }));
}
