import { resolve } from "node:path";
import type { Reach } from "../../../model/target.ts";
import { exec, type Place } from "./exec.ts";
import { files } from "./files.ts";

/** Where commands start and what they find, relative paths from the root. */
export interface LocalPlace {
  readonly directory?: string | undefined;
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Made once: without a reason Node makes one for each hand, with a stack. */
const CLOSED = new DOMException("closed", "AbortError");

/**
 * A hand on this machine; `root` is absolute. It stands apart from the kind, which brings the reader of its parameters: who
 * only asks git something needs none.
 */
export function localReach(target: string, params: LocalPlace, root: string): Reach {
  const directory = resolve(root, params.directory ?? ".");
  const place: Place = { directory, path: params.path.map((part) => resolve(directory, part)), env: params.env };
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    target,
    exec: (argv, options = {}) => {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
      const run = exec(argv, { ...options, signal }, place);
      running.add(run);
      return run.finally(() => running.delete(run));
    },
    ...files(directory),
    [Symbol.asyncDispose]: async () => {
      closing.abort(CLOSED);
      await Promise.allSettled(running);
    },
  };
}
