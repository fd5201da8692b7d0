import { randomUUID } from "node:crypto";
import type { ExecResult, Reach } from "../../../model/target.ts";
import { folderOf, type AttemptId } from "./folder.ts";
import { Frames, type Trailer } from "./frames.ts";

export interface Asking {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Hears the output of the attempt. */
  readonly log?: (chunk: Uint8Array, stream: "out" | "err") => void;
  /** What the program reads, made with the token of the answer. */
  readonly stdin?: (token: string) => string;
}

export interface Answer {
  readonly result: ExecResult;
  /** The program spoke. */
  readonly seen: boolean;
  readonly trailer: Trailer | undefined;
}

/** Runs one of the programs about an attempt. Rejects as `exec` does. */
export async function ask(
  reach: Reach,
  program: string,
  id: AttemptId,
  args: readonly string[],
  { timeoutMs, signal, log, stdin }: Asking,
): Promise<Answer> {
  const token = randomUUID();
  const marked = (await id.marks?.has(reach.target)) ? "marked" : "-";
  const frames = new Frames(token, (chunk, stream) => log?.(chunk, stream));
  const result = await reach.exec(["sh", "-c", program, "watchbook", folderOf(id), token, marked, ...args], {
    // Timers of Node hold no more.
    timeoutMs: Math.min(timeoutMs, 2 ** 31 - 1),
    maxBytes: 4_096,
    ...(stdin && { stdin: stdin(token) }),
    ...(signal && { signal }),
    onOutput: (chunk, stream) => stream === "out" && frames.push(chunk),
  });
  return { result, seen: frames.seen, trailer: frames.trailer };
}
