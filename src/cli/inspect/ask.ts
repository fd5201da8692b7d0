import { createInterface } from "node:readline/promises";
import type { Answer } from "../../engine/inspect.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { DutyItem } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import type { World } from "../verb.ts";

export type Asked = Pick<DutyItem, "id" | "text" | "source">;

/** Asks at a terminal; `end` gives the terminal back. */
export interface Asking extends Disposable {
  ask(item: Asked): Promise<Answer | undefined>;
}

const OUTCOMES = ["pass", "fail", "skipped"] as const;

/**
 * Puts items to the person at the terminal, `count` in all, in the book's language. Enter, the end of input and Ctrl-C
 * leave an item open.
 */
export function asking(world: Pick<World, "stdin" | "stderr" | "signal">, lang: Lang, count: number): Asking {
  const { said, answers } = texts(lang).inspect;
  const terminal = createInterface({ input: world.stdin, output: world.stderr });
  const closed = Promise.withResolvers<undefined>();
  let over = false;
  terminal.once("close", () => {
    over = true;
    closed.resolve(undefined);
  });
  // Ctrl-C at a question is the terminal's; it is handed on as the interrupt it is meant as.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const question = async (text: string): Promise<string | undefined> => {
    if (over) return undefined;
    try {
      return await Promise.race([terminal.question(text, { signal: world.signal }), closed.promise]);
    } catch (error) {
      if (world.signal.aborted) return undefined;
      throw error;
    }
  };
  let number = 0;
  return {
    ask: async (item) => {
      number += 1;
      if (number === 1) world.stderr.write(`${format(said.askIntro, { count })}\n`);
      let given = await question(format(said.ask, { number, count, text: item.text, place: at(item.source) }));
      for (;;) {
        const letter = given?.trim().toLowerCase();
        if (letter === undefined || letter === "") return undefined;
        const outcome = OUTCOMES.find((name) => answers[name] === letter);
        if (outcome !== undefined) {
          const note = (await question(said.note))?.trim();
          return { outcome, ...(note && { note }) };
        }
        given = await question(said.askAgain);
      }
    },
    [Symbol.dispose]: () => terminal.close(),
  };
}
