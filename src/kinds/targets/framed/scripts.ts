import { SURROUNDINGS } from "../receipt/surroundings.ts";
import { randomUUID } from "node:crypto";
import type { AttemptEnd } from "../../../model/journal.ts";
import type { SharedRead } from "../../../model/step.ts";
import { ReachError, type Reach } from "../../../model/target.ts";
import { quoted } from "../posix/quote.ts";
import { assigned, assignments } from "../receipt/assign.ts";
import { endOf } from "../receipt/ending.ts";
import { folderOf } from "../receipt/folder.ts";
import { outputsOf } from "../receipt/frames.ts";
import { TOOLS, toolsIn, toolsOf } from "../receipt/tools.ts";
import { Parts } from "./parts.ts";

/**
 * Runs scripts that only read, one after the other, until one fails that the others depend on. Standard input: for each, its
 * text and variables and a line `one NUMBER ON FOLDER CWD INTERPRETER …`; `: TOKEN` as the last line. Says on standard output
 * where each ends (`TOKEN NUMBER HOW STATUS BEGUN ENDED`, hundredths of a second), what it was executed with and `TOKEN +`, what it gave
 * out and `TOKEN -`; on standard error `TOKEN NUMBER`. They leave nothing: their folder is gone when they end.
 */
export const TOGETHER = `${TOOLS}
umask 077
token=$1
script='' values='' used=''
input=$(cat)
case $input in *": $token") ;; *) exit 92 ;; esac
top=$(mktemp -d) || exit 90
trap 'rm -rf "$top"' EXIT
trap 'exit 71' HUP INT TERM
clock() {
  read -r now _ </proc/uptime
  now="\${now%.*}\${now#*.}"
}
one() {
  number=$1 on=$2 dir=$top/$3 cwd=$4 how=exit status=1
  shift 4
  mkdir -p "$dir" && printf '%s' "$script" >"$dir/script" && : >"$dir/output" || exit 90
  clock
  begun=$now
  if ! command -v -- "$1" >/dev/null; then
    how='tool-missing'
  elif ! [ -d "$cwd" ] || ! [ -x "$cwd" ]; then
    how='no-directory'
  else
    {
      (
        cd "$cwd" || exit 1
${SURROUNDINGS}
        exec "$@" 3>&-
      ) </dev/null
    } 2>&3
    status=$?
  fi
  clock
  echo "$token $number $how $status $begun $now"
  # shellcheck disable=SC2086 # names
  [ -z "$used" ] || (cd "$cwd" && record_tools "$top/.tools" $used)
  echo "$token +"
  head -c 65537 "$dir/output"
  echo "$token -"
  echo "$token $number" >&3
  rm -rf "$dir"
  [ "$status" = 0 ] || [ "$on" = yes ] || exit 0
}
# What a shell says of a command that a signal ended is no output of it.
exec 3>&2 2>/dev/null
eval "$input"
exit 0
`;

/** What a step may give out, bytes. */
const MOST_GIVEN = 65_536;
/** What the limit of the exec is longer than theirs, milliseconds. */
const LATER_MS = 5_000;
const LONGEST_MS = 3_600_000;

const inputOf = (reads: readonly SharedRead[], token: string): string =>
  [
    ...reads.flatMap(({ attempt, script, env, cwd = ".", interpreter, goesOn }, number) => [
      assigned("script", script),
      assigned("used", toolsOf(interpreter, script).join(" ")),
      assigned("values", `${assignments(env)}:`),
      `one ${number} ${goesOn ? "yes" : "no"} ${quoted([folderOf(attempt), cwd, ...interpreter])}`,
    ]),
    `: ${token}\n`,
  ].join("\n");

/** One of them, as far as it was heard. */
class Reading {
  readonly #read: SharedRead;
  /** What came behind its end: what it was executed with, then what it gave out. */
  readonly #behind: [used: Buffer[], given: Buffer[]] = [[], []];
  #at: 0 | 1 = 0;
  #said: { readonly how: string; readonly code: number; readonly seconds: number } | undefined;
  #open = 2;
  over = false;

  constructor(read: SharedRead) {
    this.#read = read;
  }

  hear(chunk: Uint8Array, stream: "out" | "err"): void {
    if (stream === "out" && this.#said) this.#behind[this.#at].push(Buffer.from(chunk));
    else this.#read.hear(chunk, stream);
  }

  say([number, how = "", status, begun, ended]: readonly string[]): void {
    if (number === "+") this.#at = 1;
    if (number === "+") return;
    this.#said = { how, code: Number(status), seconds: (Number(ended) - Number(begun)) / 100 };
  }

  /** One of its two outputs has ended. */
  close(): void {
    this.#open -= 1;
    if (this.#open > 0 || !this.#said) return;
    const { how, code, seconds } = this.#said;
    const [used, given] = this.#behind.map((chunks) => Buffer.concat(chunks)) as [Buffer, Buffer];
    const tools = toolsIn(used.toString("utf8"));
    const long = given.length > MOST_GIVEN;
    const outputs = given.length === 0 || long ? {} : outputsOf(given.toString("utf8"));
    const detail = how === "tool-missing" && { args: { detail: this.#read.interpreter[0]! } };
    const end = endOf(
      {
        state: "ended",
        code,
        cause: long ? "outputs-too-long" : how,
        more: 0,
        left: 0,
        outputs,
        ...(tools.length > 0 && { tools }),
      },
      seconds,
    );
    this.end(detail ? { ending: "failed", reason: how, seconds, ...detail } : end);
  }

  end(end: AttemptEnd | undefined): void {
    if (this.over) return;
    this.over = true;
    this.#read.ended(end);
  }
}

/**
 * Runs reads over one exec, in order, each with its own limit and end. What did not come to its own end (another one took too
 * long, the target was lost, the signal) is told so and may be done alone. Resolves when nothing of them runs any more; rejects
 * with WatchbookError for variables that cannot be given.
 */
export async function readTogether(
  reach: Pick<Reach, "exec">,
  reads: readonly SharedRead[],
  signal: AbortSignal,
): Promise<void> {
  const token = randomUUID();
  const stdin = inputOf(reads, token);
  const readings = reads.map((read) => new Reading(read));
  const stop = new AbortController();
  const at = { out: 0, err: 0 };
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    const limit = reads[at.out]?.limitMs;
    if (limit === undefined) return;
    timer = setTimeout(() => {
      readings[at.out]?.end({ ending: "timeout", reason: "timeout", seconds: limit / 1_000 });
      stop.abort();
    }, limit);
  };
  const out = new Parts(
    token,
    (chunk) => readings[at.out]?.hear(chunk, "out"),
    (words) => {
      if (words[0] !== "-") return readings[at.out]?.say(words);
      readings[at.out]?.close();
      at.out += 1;
      watch();
    },
  );
  const err = new Parts(
    token,
    (chunk) => readings[at.err]?.hear(chunk, "err"),
    () => {
      readings[at.err]?.close();
      at.err += 1;
    },
  );
  const ending = AbortSignal.any([signal, stop.signal]);
  const sum = reads.reduce((total, { limitMs }) => total + limitMs, LATER_MS);
  watch();
  try {
    await reach.exec(["sh", "-c", TOGETHER, "watchbook", token], {
      stdin,
      timeoutMs: Math.min(sum, LONGEST_MS),
      maxBytes: 0,
      signal: ending,
      onOutput: (chunk, stream) => !ending.aborted && (stream === "out" ? out : err).push(chunk),
    });
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
  } finally {
    clearTimeout(timer);
    for (const reading of readings) reading.end(undefined);
  }
}
