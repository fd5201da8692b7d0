import { EXIT, WatchbookError } from "../../../model/error.ts";
import { ReachError, type ExecOptions, type Reach } from "../../../model/target.ts";
import { quoted } from "../posix/quote.ts";

/** What a command's error output says when not the wish but the way there is at fault. */
export interface Tool {
  readonly unreachable: RegExp;
  /** What it says of things that are not there, where that is an answer. */
  readonly absent?: RegExp;
}

const MOST_BYTES = 16_777_216;

/** The last lines of what a command said against it. */
const lastLines = (text: string): string => text.trim().split("\n").slice(-3).join(" | ").slice(0, 600);

/**
 * Standard output of a command that must succeed. Rejects with the signal's reason on abort, ReachError when the target
 * or its service could not be asked, WatchbookError TARGET-REFUSED when it was asked and said no.
 */
export async function told(
  reach: Reach,
  argv: readonly string[],
  signal: AbortSignal,
  tool: Tool,
  options: Omit<ExecOptions, "signal"> = {},
): Promise<string> {
  signal.throwIfAborted();
  const { end, out, err, truncated } = await reach.exec(argv, {
    maxBytes: MOST_BYTES,
    timeoutMs: 30_000,
    ...options,
    signal,
  });
  const command = quoted(argv);
  if (end.kind === "aborted") {
    signal.throwIfAborted();
    throw new ReachError("unreachable", `${reach.target}: ${command}: closed`);
  }
  if (end.kind === "timeout") throw new ReachError("timeout", `${reach.target}: ${command}: ${end.ms} ms`);
  if (end.kind === "spawn")
    throw new ReachError(end.reason === "not-found" ? "absent" : "other", `${reach.target}: ${argv[0]}: ${end.detail}`);
  if (end.kind === "exit" && end.code === 0) {
    if (truncated) throw new ReachError("other", `${reach.target}: ${command}: more than ${MOST_BYTES} bytes`);
    return out;
  }
  const detail = lastLines(err.trim() === "" ? out : err);
  if (tool.unreachable.test(err)) throw new ReachError("unreachable", `${reach.target}: ${detail}`);
  if (tool.absent && err.split("\n").every((line) => line === "" || tool.absent?.test(line))) return out;
  const status = end.kind === "exit" ? `${end.code}` : end.signal;
  throw new WatchbookError("TARGET-REFUSED", { target: reach.target, command, status, detail }, { exit: EXIT.failed });
}

/** Calls `log` for every whole line of the chunks it is given. */
export function lines(log: (line: string) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = "";
  return (chunk) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const line of parts) if (line.trim() !== "") log(line.trimEnd());
  };
}
