import type { Action } from "../../engine/run/act.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Wait } from "../../engine/run/core/view.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { RUN_SCOPE } from "../../model/plan.ts";
import { linesOf, signed } from "../../report/plan/say.ts";
import { questions, type Questions } from "../questions.ts";
import type { World } from "../verb.ts";
import { handLines } from "./hand.ts";
import { askTick, type TickParts } from "./tick.ts";
import { titleOf } from "./waits.ts";

type Letters = Partial<Record<"yes" | "no" | "pause" | "retry" | "skip" | "undo" | "stop" | "redo", string>>;

interface Asking {
  readonly give: TickParts["give"];
  readonly world: Pick<World, "stdin" | "stderr" | "signal">;
  readonly run: RunShown;
  readonly lang: Lang;
  readonly terminal: Questions;
}

/** One of the answers by its letter; undefined when the person leaves it. */
async function choose<K extends keyof Letters>(
  { lang, terminal }: Asking,
  question: string,
  kinds: readonly K[],
): Promise<K | undefined> {
  const { letters, said } = texts(lang).run;
  for (let text = question; ;) {
    const given = (await terminal.ask(text))?.trim().toLowerCase();
    if (given === undefined || given === "") return undefined;
    const found = kinds.find((kind) => letters[kind] === given);
    if (found !== undefined) return found;
    text = format(said.askAgain, { letters: kinds.map((kind) => letters[kind]) });
  }
}

const noteOf = async ({ lang, terminal }: Asking): Promise<string> =>
  (await terminal.ask(texts(lang).run.said.noteAsk))?.trim() ?? "";

/** The exact bytes of the step, and what to mind, before a person decides about it. */
function show({ world, run, lang }: Asking, wait: Wait): void {
  const found = run.plan.steps.find(({ id }) => id === wait.step);
  if (!found) return;
  const { labels } = texts(lang).plan;
  const colon = texts(lang).cli.colon;
  if (found.banner !== undefined) world.stderr.write(`  ${labels.banner}${colon}${linesOf(found.banner).join(" ")}\n`);
  const lines = wait.kind === "tick" ? handLines(run, wait, lang) : signed(found);
  for (const line of lines) world.stderr.write(`  ${line}\n`);
}

async function askOne(asking: Asking, wait: Wait): Promise<Action | undefined> {
  const { run, lang } = asking;
  const { said } = texts(lang).run;
  const { step = "", target = RUN_SCOPE } = wait;
  const question = (text: string): string => format(text, { step: titleOf(run, step, RUN_SCOPE, lang), target });
  show(asking, wait);
  switch (wait.kind) {
    case "key": {
      const choice = await choose(asking, question(said.keyAsk), ["yes", "pause"]);
      return choice === "yes" ? { do: "key", step } : choice && { do: "pause", reason: "" };
    }
    case "tick":
      return askTick({ ...asking, choose: (text) => choose(asking, text, ["yes", "no"]) }, wait);
    case "answer": {
      const choice = await choose(asking, question(said.answerAsk), ["retry", "skip", "undo", "stop"]);
      return choice && { do: "answer", step, target, choice, note: await noteOf(asking) };
    }
    case "decision": {
      const happened = await choose(asking, question(said.decisionAsk), ["yes", "no", "redo"]);
      return happened && { do: "decide", step, target, happened, note: await noteOf(asking) };
    }
    default:
      return undefined;
  }
}

/** What a person at the terminal can answer at once; an approval is another person's. */
const ASKED: ReadonlySet<Wait["kind"]> = new Set(["key", "tick", "answer", "decision"]);

/** Puts the first thing that a run waits for to the person at the terminal; undefined when they leave it. */
export async function askFor(
  at: Pick<Asking, "world" | "lang" | "give">,
  run: RunShown,
  withdrawn: AbortSignal,
): Promise<Action | undefined> {
  const wait = run.view.waits.find(({ kind }) => ASKED.has(kind));
  if (!wait || run.view.paused) return undefined;
  const { stdin, stderr, signal } = at.world;
  const world = { stdin, stderr, signal: AbortSignal.any([signal, withdrawn]) };
  using terminal = questions(world, { unread: texts(at.lang).cli.typedAhead });
  return await askOne({ ...at, world, run, terminal }, wait);
}

/** What a person types for a protected environment; undefined when they leave. */
export async function askTyped(world: Asking["world"], question: string, lang: Lang): Promise<string | undefined> {
  using terminal = questions(world, { unread: texts(lang).cli.typedAhead });
  return (await terminal.ask(question))?.trim();
}
