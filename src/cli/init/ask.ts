import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { nearest } from "../../model/nearest.ts";
import { questions } from "../questions.ts";
import type { World } from "../verb.ts";
import { TEMPLATES, type Answers, type Template } from "./template.ts";

/** An id as watchbook.yaml allows it. */
const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** What fits into a heading and a table cell. */
const isLine = (answer: string): boolean => !/[|`<>\p{Cc}]/u.test(answer);

/** The template named, or undefined when none is. Throws INIT-TEMPLATE for a name there is none of. */
export function templateOf(name: unknown): Template | undefined {
  if (typeof name !== "string") return undefined;
  const found = TEMPLATES.find((template) => template === name);
  if (found === undefined)
    throw new WatchbookError("INIT-TEMPLATE", {
      name,
      near: nearest(name, TEMPLATES) ?? TEMPLATES[0],
      names: TEMPLATES,
    });
  return found;
}

export interface Wanted extends Omit<Answers, "date"> {
  readonly template: Template;
}

/**
 * Asks on the terminal what stands in the book; Enter takes what is in brackets, an answer that cannot be used is asked
 * again. Rejects with the signal's reason at Ctrl-C, with WatchbookError INIT-LEFT at the end of input.
 */
export async function askAll(
  world: Pick<World, "stdin" | "stderr" | "signal">,
  lang: Lang,
  usual: Wanted,
  template: Template | undefined,
): Promise<Wanted> {
  const { asks, again } = texts(lang).demo.init;
  using person = questions(world);
  const ask = async (name: keyof typeof asks, given: string, right: (answer: string) => boolean): Promise<string> => {
    for (;;) {
      const typed = await person.ask(`${format(asks[name], { usual: given })} `);
      if (typed === undefined) throw left(world.signal);
      const answer = typed.trim() || given;
      if (right(answer)) return answer;
      world.stderr.write(`  ${format(again[name], { names: TEMPLATES })}\n`);
    }
  };
  const isTemplate = (answer: string): boolean => TEMPLATES.some((name) => name === answer);
  const chosen = template ?? templateOf(await ask("template", usual.template, isTemplate))!;
  const title = await ask("title", usual.title, isLine);
  const service = await ask("service", usual.service, (answer) => ID.test(answer));
  const owner = await ask("owner", usual.owner, isLine);
  return { template: chosen, title, service, owner, zone: usual.zone };
}

/** The person left before the last answer: Ctrl-C says nothing more, the end of input is said. */
function left(signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : new WatchbookError("INIT-LEFT", {}, { exit: EXIT.interrupted });
}
