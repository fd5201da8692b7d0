import type { ExecEnd, Reach } from "../../../model/target.ts";
import { readAll, type ReadAnswer, type ReadCommand } from "./read-all.ts";

/** How long a command may take in company before it is asked again alone, milliseconds. */
const COMPANY_MS = 1_500;
/** What has waited so long for the commands before it goes without them, milliseconds. */
const WAIT_MS = 50;

export interface Gathered {
  readonly end: ExecEnd;
  readonly out: Buffer;
  readonly err: Buffer;
  readonly truncated: boolean;
}

export type Read = (
  argv: readonly string[],
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<Gathered>;

interface Waiting {
  readonly command: Required<ReadCommand>;
  readonly answer: (gathered: Gathered | PromiseLike<Gathered>) => void;
  readonly fail: (error: unknown) => void;
}

const gathered = ({ end, raw, truncated }: ReadAnswer): Gathered => ({ end, ...raw, truncated });

/**
 * Reads that are asked for while others are going on share one exec, as commits share one write. `alone` does a single
 * one. What hangs in company costs the others `COMPANY_MS`; it is then asked again alone, with the limit it was given.
 */
export function gather(reach: Pick<Reach, "exec" | "target">, alone: Read): Read {
  let waiting: Waiting[] = [];
  let going = 0;
  let timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  const single = ({ command, answer }: Waiting): void => answer(alone(command.argv, command));

  async function together(all: readonly Waiting[]): Promise<void> {
    try {
      const limited = all.map(({ command }) => ({
        ...command,
        timeoutMs: Math.min(command.timeoutMs, COMPANY_MS),
      }));
      const answers = await readAll(reach, limited);
      for (const [at, one] of all.entries()) {
        const got = answers[at]!;
        if (got.end.kind === "timeout" && one.command.timeoutMs > COMPANY_MS) single(one);
        else one.answer(gathered(got));
      }
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  }

  function send(): void {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
    timer = undefined;
    const all = waiting;
    waiting = [];
    const [first] = all;
    if (!first) return;
    going += 1;
    const over = (): void => {
      going -= 1;
      if (going === 0) send();
    };
    if (all.length > 1) void together(all).finally(over);
    else alone(first.command.argv, first.command).then(first.answer, first.fail).finally(over);
  }

  return (argv, limits) => {
    const { promise, resolve, reject } = Promise.withResolvers<Gathered>();
    waiting.push({ command: { argv, ...limits }, answer: resolve, fail: reject });
    timer ??= going === 0 ? setImmediate(send) : setTimeout(send, WAIT_MS);
    return promise;
  };
}
