import { createInterface } from "node:readline/promises";
import type { World } from "./verb.ts";

/** Questions to the person at the terminal; dispose gives the terminal back. */
export interface Questions extends Disposable {
  /** The answer as typed; undefined when the person left: end of input (Ctrl-D) or Ctrl-C, which aborts `signal` too. */
  ask(text: string): Promise<string | undefined>;
}

export function questions(world: Pick<World, "stdin" | "stderr" | "signal">): Questions {
  const terminal = createInterface({ input: world.stdin, output: world.stderr });
  const closed = Promise.withResolvers<undefined>();
  let over = false;
  terminal.once("close", () => {
    over = true;
    closed.resolve(undefined);
  });
  // Ctrl-C at a question is the terminal's; it is handed on as the interrupt it is meant as.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  return {
    ask: async (text) => {
      if (over) return undefined;
      try {
        return await Promise.race([terminal.question(text, { signal: world.signal }), closed.promise]);
      } catch (error) {
        if ((error as Error).name !== "AbortError" && !world.signal.aborted) throw error;
        // The prompt stands without an end of line; whatever is said next begins on a line of its own.
        world.stderr.write("\n");
        over = true;
        return undefined;
      }
    },
    [Symbol.dispose]: () => terminal.close(),
  };
}
