import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { ExecEnd, ExecOptions, ExecResult } from "../../../model/target.ts";
import { deadMan } from "./dead-man.ts";
import { environment } from "./environment.ts";
import { endAll, endGroup } from "./group.ts";

/** Where commands start and what they find. */
export interface Place {
  readonly directory: string;
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_BYTES = 1_048_576;
/** A command that ended may have children which still hold its output: this long we listen to them, milliseconds. */
const LINGER_MS = 1_000;

const nothing = (end: ExecEnd): ExecResult => ({ end, out: "", err: "", truncated: false });

/** Keeps the first `limit` bytes and lets the rest flow away, so that a chatty command still ends by itself. */
function keep(
  stream: Readable,
  limit: number,
  hear: ((chunk: Uint8Array) => void) | undefined,
): () => { readonly text: string; readonly truncated: boolean } {
  const chunks: Buffer[] = [];
  let kept = 0;
  let truncated = false;
  stream.on("data", (chunk: Buffer) => {
    hear?.(chunk);
    const part = chunk.subarray(0, limit - kept);
    truncated ||= part.length < chunk.length;
    kept += part.length;
    if (part.length > 0) chunks.push(part);
  });
  return () => ({ text: Buffer.concat(chunks).toString("utf8"), truncated });
}

function spawnEnd(error: NodeJS.ErrnoException): ExecEnd {
  const reasons: Record<string, "not-found" | "no-permission"> = { ENOENT: "not-found", EACCES: "no-permission" };
  return { kind: "spawn", reason: reasons[error.code ?? ""] ?? "other", detail: error.message };
}

function start(argv: readonly string[], options: ExecOptions, place: Place, mark: string): ChildProcess | ExecEnd {
  const [command = "", ...rest] = argv;
  try {
    return spawn(command, rest, {
      cwd: options.cwd ?? place.directory,
      env: environment(place.path, { ...place.env, ...options.env }, mark),
      detached: true,
      stdio: [options.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
  } catch (error) {
    // Node refuses some arguments before it spawns (empty command, NUL bytes): the caller's input, not our bug.
    return spawnEnd(error as NodeJS.ErrnoException);
  }
}

const ended = (child: ChildProcess): Promise<ExecEnd> =>
  new Promise((resolve) => {
    child.once("error", (error) => resolve(spawnEnd(error)));
    child.once("exit", (code, signal) =>
      resolve(signal === null ? { kind: "exit", code: code ?? 0 } : { kind: "signal", signal }),
    );
  });

/** Resolves at the time limit or the abort, whichever is first; `forget` releases timer and listener. */
function limit(ms: number, signal: AbortSignal | undefined): { readonly reached: Promise<ExecEnd>; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<ExecEnd>();
  const abort = () => resolve({ kind: "aborted" });
  const timer = setTimeout(() => resolve({ kind: "timeout", ms }), ms);
  signal?.addEventListener("abort", abort, { once: true });
  const forget = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  return { reached: promise, forget };
}

/** Waits for the end and leaves nothing of the command's own group behind. */
async function attend(child: ChildProcess, mark: string, ms: number, signal?: AbortSignal): Promise<ExecEnd> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = limit(ms, signal);
  try {
    const end = await Promise.race([ended(child), stop.reached]);
    if (child.pid === undefined) return end;
    if (end.kind === "timeout" || end.kind === "aborted") {
      await endAll(child.pid, mark);
      return end;
    }
    const listened = limit(LINGER_MS, undefined);
    await Promise.race([closed, listened.reached, stop.reached]);
    listened.forget();
    await endGroup(child.pid);
    return end;
  } finally {
    stop.forget();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** Runs one command without a shell, in a process group of its own. Never rejects for what the command did. */
export async function exec(argv: readonly string[], options: ExecOptions, place: Place): Promise<ExecResult> {
  if (options.signal?.aborted) return nothing({ kind: "aborted" });
  const life = deadMan();
  const child = start(argv, options, place, life.mark);
  life.began("kind" in child ? undefined : child.pid);
  if ("kind" in child) return nothing(child);
  const bytes = options.maxBytes ?? DEFAULT_BYTES;
  const hear = options.onOutput;
  const out = keep(child.stdout!, bytes, hear && ((chunk) => hear(chunk, "out")));
  const err = keep(child.stderr!, bytes, hear && ((chunk) => hear(chunk, "err")));
  // A command may end without reading its input: the broken pipe is its business.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.stdin);
  const end = await attend(child, life.mark, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
  life.ended();
  const [kept, errors] = [out(), err()];
  return { end, out: kept.text, err: errors.text, truncated: kept.truncated || errors.truncated };
}
