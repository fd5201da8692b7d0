import { createInterface } from "node:readline/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { World } from "./verb.ts";

/** Questions to the person at the terminal; dispose gives the terminal back. */
export interface Questions extends Disposable {
  /** The answer as typed; undefined when the person left: end of input (Ctrl-D) or Ctrl-C, which aborts `signal` too. */
  ask(text: string): Promise<string | undefined>;
  /**
   * Lines as they are typed or pasted, up to one that is `end` alone; an empty first line means that there are none.
   * Undefined when the person left.
   */
  lines(text: string, end: string): Promise<readonly string[] | undefined>;
}

export interface QuestionOptions {
  /**
   * What was typed before the first question stood there is not taken, and this is said of it: nobody decides about
   * what they have not read. Without it such lines answer the questions in their order.
   */
  readonly unread?: string;
}

/** Milliseconds in which the terminal hands over what was typed before. */
const HANDED = 50;

/** Takes a line; true when it has all it wants. */
type Taker = (line: string) => boolean;

export function questions(
  world: Pick<World, "stdin" | "stderr" | "signal">,
  { unread }: QuestionOptions = {},
): Questions {
  const terminal = createInterface({ input: world.stdin, output: world.stderr });
  const closed = Promise.withResolvers<undefined>();
  const waiting: string[] = [];
  let taker: Taker | undefined;
  let over = false;
  terminal.once("close", () => {
    over = true;
    closed.resolve(undefined);
  });
  // Ctrl-C at a question is the terminal's; it is handed on as the interrupt it is meant as.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  terminal.on("line", (line) => {
    if (taker === undefined) waiting.push(line);
    else if (taker(line)) taker = undefined;
  });

  /** Drops what was typed ahead, also a line without its end, and says so. */
  const drop = (): void => {
    if (unread === undefined || (waiting.length === 0 && terminal.line === "")) return;
    if (terminal.line !== "") terminal.write(null, { ctrl: true, name: "u" });
    waiting.length = 0;
    world.stderr.write(`${unread}\n`);
  };
  const ready =
    unread === undefined
      ? Promise.resolve()
      : pause(HANDED, undefined, { signal: world.signal }).then(drop, () => undefined);

  /** Shows the question and gives lines to `wanted` until it has enough; false when the person left. */
  const put = async (text: string, wanted: Taker): Promise<boolean> => {
    await ready;
    if (over || world.signal.aborted) return false;
    const enough = Promise.withResolvers<true>();
    const take: Taker = (line) => {
      if (!wanted(line)) return false;
      enough.resolve(true);
      return true;
    };
    terminal.setPrompt(text);
    terminal.prompt();
    terminal.setPrompt("");
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      world.stderr.write(`${line}\n`);
      if (take(line)) return true;
    }
    taker = take;
    const left = Promise.withResolvers<undefined>();
    const leave = (): void => left.resolve(undefined);
    world.signal.addEventListener("abort", leave, { once: true });
    try {
      if (await Promise.race([enough.promise, closed.promise, left.promise])) return true;
      // The prompt stands without an end of line; whatever is said next begins on a line of its own.
      world.stderr.write("\n");
      over = true;
      return false;
    } finally {
      world.signal.removeEventListener("abort", leave);
    }
  };

  return {
    ask: async (text) => {
      let given: string | undefined;
      await put(text, (line) => {
        given = line;
        return true;
      });
      return given;
    },
    lines: async (text, end) => {
      const given: string[] = [];
      const whole = await put(text, (line) => {
        const last = line === end || (line === "" && given.length === 0);
        if (!last) given.push(line);
        return last;
      });
      return whole ? given : undefined;
    },
    [Symbol.dispose]: () => {
      drop();
      terminal.close();
    },
  };
}
