import type { StepContext } from "../../../model/step.ts";
import { withSudo } from "../../targets/posix/sudo.ts";

/** A copy of hours is not silent; one of seconds says nothing. */
const EVERY_MS = 30_000;
/** A tree that takes longer to measure is not measured: a look must cost less than the work. */
const LOOK_S = 10;

interface Growing {
  readonly part: string;
  /** Folder on the target that grows. */
  readonly folder: string;
  readonly sudo: boolean;
}

/** Bytes that lie there by now; undefined when nobody can tell in time. */
async function weighed({ folder, sudo }: Growing, { reach }: StepContext, signal: AbortSignal) {
  const words = ["timeout", String(LOOK_S), "du", "-sb", "--", folder];
  const { out } = await reach.exec(withSudo(sudo, words), {
    timeoutMs: (LOOK_S + 5) * 1_000,
    maxBytes: 4_096,
    signal,
  });
  // Files that go while they are counted make it complain, and are no reason to be silent.
  const [, bytes] = /^(\d+)\t/.exec(out) ?? [];
  return bytes === undefined ? undefined : Number(bytes);
}

/** Does the work, and says in its output how much lies in its folder by now, for as long as it takes. */
export async function telling<T>(growing: Growing, context: StepContext, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const told = (async () => {
    for (;;) {
      await context.clock.sleep(EVERY_MS, signal);
      // A look that fails is none of the work's failures.
      const bytes = await weighed(growing, context, signal).catch(() => undefined);
      signal.throwIfAborted();
      if (bytes !== undefined) context.log(Buffer.from(`${JSON.stringify({ part: growing.part, bytes })}\n`), "out");
    }
  })().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
    await told;
  }
}
