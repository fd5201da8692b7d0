import type { Answer } from "../../engine/inspect.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { DutyItem } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import { questions } from "../questions.ts";
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
  const terminal = questions(world);
  let number = 0;
  return {
    ask: async (item) => {
      number += 1;
      if (number === 1) world.stderr.write(`${format(said.askIntro, { count })}\n`);
      let given = await terminal.ask(format(said.ask, { number, count, text: item.text, place: at(item.source) }));
      for (;;) {
        const letter = given?.trim().toLowerCase();
        if (letter === undefined || letter === "") return undefined;
        const outcome = OUTCOMES.find((name) => answers[name] === letter);
        if (outcome !== undefined) {
          const note = (await terminal.ask(said.note))?.trim();
          return { outcome, ...(note && { note }) };
        }
        given = await terminal.ask(said.askAgain);
      }
    },
    [Symbol.dispose]: () => terminal[Symbol.dispose](),
  };
}
