import { createInterface } from "node:readline/promises";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { nearest } from "../../model/nearest.ts";
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

/** Asks on the terminal what stands in the book; Enter takes what is in brackets. */
export async function askAll(
  world: Pick<World, "stdin" | "stderr" | "signal">,
  lang: Lang,
  usual: Wanted,
  template: Template | undefined,
): Promise<Wanted> {
  const { asks } = texts(lang).demo.init;
  const lines = createInterface({ input: world.stdin, output: world.stderr });
  const ask = async (question: string, given: string): Promise<string> =>
    (await lines.question(`${format(question, { usual: given })} `, { signal: world.signal })).trim() || given;
  const askUntil = async (question: string, given: string, right: (answer: string) => boolean): Promise<string> => {
    for (;;) {
      const answer = await ask(question, given);
      if (right(answer)) return answer;
    }
  };
  try {
    const isTemplate = (answer: string): boolean => TEMPLATES.some((name) => name === answer);
    const chosen = template ?? templateOf(await askUntil(asks.template, usual.template, isTemplate))!;
    const title = await askUntil(asks.title, usual.title, isLine);
    const service = await askUntil(asks.service, usual.service, (answer) => ID.test(answer));
    const owner = await askUntil(asks.owner, usual.owner, isLine);
    return { template: chosen, title, service, owner, zone: usual.zone };
  } finally {
    lines.close();
  }
}
