import type { Action } from "../../engine/run/act.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Wait } from "../../engine/run/core/view.ts";
import type { Kept } from "../../engine/run/kept.ts";
import { outputsAsked, type Tick } from "../../engine/run/tick.ts";
import { format } from "../../i18n/format.ts";
import { sayError, texts } from "../../i18n/texts.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { RUN_SCOPE, type PlanStep } from "../../model/plan.ts";
import type { Questions } from "../questions.ts";
import type { World } from "../verb.ts";
import { askedStep } from "./hand.ts";
import { titleOf } from "./waits.ts";

export interface TickParts {
  readonly world: Pick<World, "stderr">;
  readonly run: RunShown;
  readonly lang: Lang;
  readonly terminal: Questions;
  /** Keeps a file that the person names. */
  readonly give: (path: string) => Promise<Kept>;
  /** One of the letters; undefined when the person leaves it. */
  readonly choose: (question: string) => Promise<"yes" | "no" | undefined>;
}

/** Line that ends what is pasted. */
const END = ".";

/** A person leaves a question: nothing of the step is told. */
class Left extends Error {}

/** Asked again until something is given. */
async function must({ terminal, lang }: TickParts, text: string): Promise<string> {
  for (let question = text; ; question = `${texts(lang).run.said.hand.must}${text}`) {
    const given = (await terminal.ask(question))?.trim();
    if (given === undefined) throw new Left();
    if (given !== "") return given;
  }
}

async function file(parts: TickParts): Promise<Kept> {
  for (;;) {
    const path = await must(parts, texts(parts.lang).run.said.hand.fileAsk);
    try {
      return await parts.give(path);
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
      const { say, fix } = sayError(error, parts.lang);
      parts.world.stderr.write(`  ${say} ${fix}\n`);
    }
  }
}

async function outputs(parts: TickParts, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const told: Record<string, string> = {};
  for (const name of names) told[name] = await must(parts, format(texts(parts.lang).run.said.hand.outputAsk, { name }));
  return told;
}

async function seen({ terminal, lang }: TickParts): Promise<string> {
  const lines = await terminal.lines(texts(lang).run.said.hand.seenAsk, END);
  if (!lines) throw new Left();
  return lines.join("\n");
}

async function note(parts: TickParts, needed: boolean): Promise<string> {
  const text = texts(parts.lang).run.said.noteAsk;
  return needed ? must(parts, text) : ((await parts.terminal.ask(text))?.trim() ?? "");
}

const questionOf = (parts: TickParts, purpose: Wait["purpose"], step: string, target: string): string => {
  const { said } = texts(parts.lang).run;
  const words = { do: said.tickAsk, verify: said.lookAsk, undo: said.undoAsk, "undo-verify": said.undoneAsk };
  return format(words[purpose ?? "do"], { step: titleOf(parts.run, step, RUN_SCOPE, parts.lang), target });
};

async function told(parts: TickParts, step: PlanStep, wait: Wait, done: boolean): Promise<Omit<Tick, "do" | "done">> {
  const params = step.byHand ? {} : ((step.params ?? {}) as Readonly<Record<string, unknown>>);
  const names = done ? outputsAsked(step, { purpose: wait.purpose ?? "do" }) : [];
  const values = await outputs(parts, names);
  const kept = done && params["file"] === "required" ? await file(parts) : undefined;
  const shown = step.byHand ? await seen(parts) : "";
  return {
    note: await note(parts, done && params["note"] === "required"),
    ...(names.length > 0 && { outputs: values }),
    ...(kept && { file: kept }),
    ...(shown !== "" && { seen: shown }),
  };
}

/** Whether a person did, saw or undid a step, and all that it asks for; undefined when they leave it. */
export async function askTick(parts: TickParts, wait: Wait): Promise<Action | undefined> {
  const { step = "", target = RUN_SCOPE } = wait;
  const asked = askedStep(parts.run, wait);
  const choice = await parts.choose(questionOf(parts, asked?.purpose, step, target));
  if (!choice || !asked) return undefined;
  const done = choice === "yes";
  try {
    const more = await told(parts, asked.step, { ...wait, purpose: asked.purpose }, done);
    return { do: "tick", step, target, done, ...more };
  } catch (error) {
    if (error instanceof Left) return undefined;
    throw error;
  }
}
