import type { AttemptEnd } from "../../../model/journal.ts";
import { Leave, type Recall } from "../../../model/step.ts";
import { ReachError, type Reach } from "../../../model/target.ts";
import { secondsBetween, type Clock } from "../../../model/time.ts";
import { Lost } from "../posix/lost.ts";
import { ask, type Answer } from "./ask.ts";
import { assigned, assignments } from "./assign.ts";
import { endOf, NEVER_BEGAN, RECEIPTS_LOST } from "./ending.ts";
import { runFolderOf, type AttemptId } from "./folder.ts";
import { LEADER } from "./leader.ts";
import { toolsOf } from "./tools.ts";
import { ATTACH, BEGIN, CANCEL, MARK, RECALL, SWEEP } from "./program.ts";

/** A command to be done once on a target. */
export interface Order {
  readonly id: AttemptId;
  /** `["bash", "-eu", "-o", "pipefail"]`: the script's file is its last argument. */
  readonly interpreter: readonly string[];
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default: where the target stands. */
  readonly cwd?: string;
  /** After this the command is ended, milliseconds; five seconds later by the target itself. */
  readonly limitMs: number;
  /** Bytes of each of out and err kept on the target, in steps of 512; more is counted. Default 64 MiB. */
  readonly capBytes?: number;
}

export interface Hooks {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  log(chunk: Uint8Array, stream: "out" | "err"): void;
  /** Bytes of output that the caller has already, when it attaches again. Default: none. */
  readonly seen?: { readonly out: number; readonly err: number };
}

const CAP_BYTES = 64 * 1_048_576;
/** What the limit on the target is longer than ours, seconds: ours is the one that is seen. */
const LATER_S = 5;
/** How long before a lost connection is tried again, milliseconds. */
const AGAIN_MS = 1_000;
/** How long one question may take, and how often a cancel asks when the target is not reached. */
const ASK_MS = 20_000;
const CANCEL_TRIES = 3;

/** Exit codes of BEGIN after which nothing began. */
const NOT_BEGUN: Readonly<Record<number, string>> = { 90: "receipt-not-created", 94: "tool-missing" };
const THERE = 91;
const NOT_THERE = 93;
const NO_MARK = 95;
const LOST = 96;
/** Exit code of SWEEP when something stays. */
const LEFT = 75;

const exitOf = ({ result: { end } }: Answer): number | undefined => (end.kind === "exit" ? end.code : undefined);

/** Not a word, no number of our own: the target's shell itself says it cannot. */
const detailOf = ({ result: { end, err } }: Answer): string =>
  err.trim().slice(0, 200) || (end.kind === "spawn" ? end.detail : end.kind);

/** What BEGIN is given: everything but the limits travels on standard input. Throws WatchbookError for bad variables. */
function beginning(order: Order): { readonly args: readonly string[]; readonly stdin: (token: string) => string } {
  const seconds = Math.ceil(order.limitMs / 1_000) + LATER_S;
  const input = [
    assigned("script", order.script),
    assigned("used", toolsOf(order.interpreter, order.script).join(" ")),
    assigned("program", LEADER),
    assigned("values", `${assignments(order.env)}: end`),
  ].join("\n");
  return {
    args: [String(seconds), String(order.capBytes ?? CAP_BYTES), order.cwd ?? ".", ...order.interpreter],
    stdin: (token) => `${input}\n: ${token}\n`,
  };
}

/** No answer: the target is not there, or may have heard. */
interface Missed {
  readonly missed: "not-reached" | "lost";
  readonly detail: string;
}

async function tried(asking: Promise<Answer>): Promise<Answer | Missed> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof ReachError) || error.reason !== "unreachable") throw error;
    return { missed: error instanceof Lost ? "lost" : "not-reached", detail: error.message };
  }
}

/** Leaves the mark of the attempt's run; gives why it cannot be left, and then nothing may begin. */
async function leaveMark(reach: Reach, { run, marks }: AttemptId): Promise<Omit<AttemptEnd, "seconds"> | undefined> {
  if (!marks) return undefined;
  const asked = reach.exec(["sh", "-c", MARK, "watchbook", runFolderOf(run)], { timeoutMs: ASK_MS });
  const answer = await tried(asked.then((result) => ({ result, seen: true, trailer: undefined })));
  if ("missed" in answer) return { ending: "unreachable", reason: "unreachable", args: { detail: answer.detail } };
  if (exitOf(answer) !== 0)
    return { ending: "failed", reason: "receipt-not-created", args: { detail: detailOf(answer) } };
  await marks.left(reach.target);
  return undefined;
}

/** Whether our own limit was what aborted. */
const isOver = (seconds: number, { limitMs }: Order): boolean => seconds * 1_000 >= limitMs - 50;

/**
 * Does a command under a receipt, or attaches to the same attempt when it was begun before. A lost connection is tried
 * again until the signal; an abort ends the command and everything of it, unless its reason is Leave: then it runs on.
 * Ending `unreachable` only when nothing began. Rejects with WatchbookError for variables that cannot be given.
 */
export async function perform(reach: Reach, order: Order, hooks: Hooks): Promise<AttemptEnd> {
  const { clock, signal } = hooks;
  const start = clock.monotonic();
  const seconds = (): number => secondsBetween(start, clock.monotonic());
  const seen = { out: hooks.seen?.out ?? 0, err: hooks.seen?.err ?? 0 };
  const log: Hooks["log"] = (chunk, stream) => {
    seen[stream] += chunk.length;
    hooks.log(chunk, stream);
  };
  const { args, stdin } = beginning(order);
  const asking = { timeoutMs: order.limitMs + 60_000, signal, log };
  let began = hooks.seen !== undefined;
  let unmarked = !began && order.id.marks !== undefined && !(await order.id.marks.has(reach.target));
  while (!signal.aborted) {
    const refused = unmarked && (await leaveMark(reach, order.id));
    if (refused) return { ...refused, seconds: seconds() };
    if (signal.aborted) break;
    unmarked = false;
    const offsets = [String(seen.out), String(seen.err)];
    const answer = await tried(
      began ? ask(reach, ATTACH, order.id, offsets, asking) : ask(reach, BEGIN, order.id, args, { ...asking, stdin }),
    );
    if (signal.aborted) break;
    if ("missed" in answer) {
      const { missed, detail } = answer;
      if (missed === "not-reached" && !began)
        return { ending: "unreachable", seconds: seconds(), reason: "unreachable", args: { detail } };
      began = true;
    } else {
      const end = concluded(answer, began, seconds());
      if (end) return end;
      // The target was made anew, or tidied up, since the run wrote there last.
      unmarked = exitOf(answer) === NO_MARK;
      if (unmarked) continue;
      // Not there: the connection was cut before anything began. It may be begun now.
      began = exitOf(answer) !== NOT_THERE;
      if (exitOf(answer) === THERE) continue;
    }
    await clock.sleep(AGAIN_MS, signal).catch(() => undefined);
  }
  if (signal.reason instanceof Leave) return { ending: "unknown", seconds: seconds(), reason: "left-running" };
  const ended = await end(reach, order.id, isOver(seconds(), order) ? "timeout" : "cancelled");
  return { ...ended, seconds: seconds() };
}

/** What an answer settles; undefined: the same is to be asked again. */
function concluded(answer: Answer, began: boolean, seconds: number): AttemptEnd | undefined {
  const { trailer, result } = answer;
  if (trailer) {
    const end = endOf(trailer, seconds);
    // Who does the work says so as "not reached": nothing began, and this attempt cannot any more.
    return end.reason === NEVER_BEGAN ? { ...end, ending: "unreachable" } : end;
  }
  // The hand on the target was let go, and nobody said so to us: the command runs on.
  if (result.end.kind === "aborted") return { ending: "unknown", seconds, reason: "left-running" };
  const code = exitOf(answer);
  if (code === LOST) return { ending: "unknown", seconds, reason: RECEIPTS_LOST };
  const args = { detail: detailOf(answer) };
  if (!began && code !== undefined && NOT_BEGUN[code] !== undefined)
    return { ending: "failed", seconds, reason: NOT_BEGUN[code], args };
  if (result.end.kind === "spawn")
    return { ending: began ? "unknown" : "failed", seconds, reason: "tool-missing", args };
  return undefined;
}

/**
 * Ends an attempt and proves that nothing of it is left; what had ended before keeps its receipt, and what never began
 * never will. Ending `unknown` with reason `unreachable` or `processes-left` {left} when there is no proof.
 */
export async function end(
  reach: Reach,
  id: AttemptId,
  cause: "cancelled" | "timeout" = "cancelled",
): Promise<AttemptEnd> {
  for (let tries = 0; tries < CANCEL_TRIES; tries += 1) {
    const answer = await tried(ask(reach, CANCEL, id, [cause], { timeoutMs: ASK_MS }));
    if ("missed" in answer || !answer.trailer) continue;
    const ended = endOf(answer.trailer, 0);
    return ended.reason === NEVER_BEGAN ? { ending: cause, seconds: 0, reason: cause } : ended;
  }
  return { ending: "unknown", seconds: 0, reason: "unreachable" };
}

/** What the target says of an attempt. One that has not begun cannot begin any more. Rejects with ReachError. */
export async function recall(reach: Reach, id: AttemptId, signal: AbortSignal): Promise<Recall> {
  const answer = await ask(reach, RECALL, id, [], { timeoutMs: ASK_MS, signal });
  const { trailer } = answer;
  if (!trailer) throw new ReachError("unreachable", `${reach.target}: ${detailOf(answer)}`);
  if (id.marks && !(await id.marks.has(reach.target))) await id.marks.left(reach.target);
  if (trailer.state === "running") return { state: "running" };
  if (trailer.state === "lost") return { state: "unknown" };
  const ended = endOf(trailer, 0);
  return ended.reason === NEVER_BEGAN ? { state: "absent" } : { state: "ended", end: ended };
}

/**
 * Removes what an ended run left on a target. False: something of it still runs there, or could not be removed, and is there
 * still. Rejects with ReachError.
 */
export async function sweep(reach: Reach, run: string): Promise<boolean> {
  const argv = ["sh", "-c", SWEEP, "watchbook", runFolderOf(run), "-", "-"];
  const { end, err } = await reach.exec(argv, { timeoutMs: ASK_MS });
  if (end.kind === "exit" && end.code === LEFT) return false;
  if (end.kind === "exit" && end.code === 0) return true;
  throw new ReachError("other", `${reach.target}: ${err.trim().slice(0, 200) || end.kind}`);
}
