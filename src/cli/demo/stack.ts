import { join } from "node:path";
import type { Lang } from "../../model/lang.ts";
import { must, type Tool } from "./tool.ts";

/** One node as the stack of the example tells it. */
export interface StackNode {
  readonly name: string;
  readonly pid: number | null;
  readonly port: number;
  readonly healthPort: number;
  readonly status: string;
}

/** `src/stack.ts` of an example: `up` and `down` in a work directory, one JSON document on standard output. */
export interface Stack {
  /** Starts what does not run and waits until all of it works together. */
  up(signal: AbortSignal): Promise<readonly StackNode[]>;
  /** Ends what belongs to this work directory; processes of others are never touched. */
  down(): Promise<void>;
}

/** `lang` is the language its commands in `bin` speak; without it the locale decides. */
export function stackOf(example: string, dir: string, tool: Tool, lang?: Lang): Stack {
  const run = (verb: string, signal?: AbortSignal): Promise<string> => {
    const argv = [
      process.execPath,
      join(example, "src", "stack.ts"),
      verb,
      "--dir",
      dir,
      ...(lang ? ["--lang", lang] : []),
    ];
    const options = { cwd: dir, timeoutMs: 120_000, ...(signal === undefined ? {} : { signal }) };
    return must(tool(argv, options), "DEMO-STACK", { verb, dir }, signal);
  };
  return {
    up: async (signal) => (JSON.parse(await run("up", signal)) as { readonly nodes: readonly StackNode[] }).nodes,
    down: async () => void (await run("down")),
  };
}
