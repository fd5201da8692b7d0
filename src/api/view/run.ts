import type { RunShown } from "../../engine/run/control/shown.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { worded } from "../../i18n/worded.ts";
import type { Lang } from "../../model/lang.ts";
import { RUN_SCOPE } from "../../model/plan.ts";
import { isEnded } from "../../model/run.ts";

type Task = RunShown["view"]["tasks"][number];

/** A step, and its target when it is done on targets. */
export const placeSay = (step: string, target: string, lang: Lang): string =>
  target === RUN_SCOPE ? step : format(texts(lang).run.said.onTarget, { step, target });

/** How a step ended, in the words of its kind. */
export function endSay({ end: last, failure: end = last }: Pick<Task, "end" | "failure">, lang: Lang): string {
  const reasons: Readonly<Record<string, string>> = texts(lang).steps.reasons;
  if (end?.reason === undefined) return end?.ending ?? "";
  return format(reasons[end.reason] ?? end.reason, end.args ?? {});
}

/** What a run left behind: said after why it ended. */
const LEFT: ReadonlySet<string> = new Set(["left", "no-undo"]);

/** Why it ended as it did, one line each, the cause first; a step's own failure with its own words. */
export function reasonLines(run: RunShown, lang: Lang): readonly string[] {
  const { verdict, view } = run;
  if (!isEnded(run.record.state)) return [];
  const words: Readonly<Record<string, string>> = texts(lang).runs.reasons;
  const reasons = verdict.reasons.toSorted((a, b) => Number(LEFT.has(a.code)) - Number(LEFT.has(b.code)));
  return reasons.map(({ code, args }) => {
    const task = view.tasks.find(({ step, target }) => step === args["step"] && target === args["target"]);
    if (code === "step-failed" && task)
      return `${placeSay(task.step, task.target, lang)}${texts(lang).cli.colon}${endSay(task, lang)}`;
    return format(words[code] ?? code, worded(args, texts(lang).words));
  });
}

/** What steps that ended well have to say all the same. */
export const remarkLines = ({ view }: RunShown, lang: Lang): readonly string[] =>
  view.tasks.flatMap((task) => {
    if (task.end?.ending !== "ok" || task.end.reason === undefined || task.failure) return [];
    return [`${placeSay(task.step, task.target, lang)}${texts(lang).cli.colon}${endSay(task, lang)}`];
  });

/** What of a run is said in words. */
export interface RunSaid {
  readonly reasons: readonly string[];
  readonly remarks: readonly string[];
  /** Why steps are not good. */
  readonly tasks: readonly { readonly step: string; readonly target: string; readonly why: string }[];
}

export const runSaid = (run: RunShown, lang: Lang): RunSaid => ({
  reasons: reasonLines(run, lang),
  remarks: remarkLines(run, lang),
  tasks: run.view.tasks.flatMap((task) => {
    const { step, target, failure, end } = task;
    const isBad = failure !== undefined || (end !== undefined && end.ending !== "ok");
    return isBad ? [{ step, target, why: endSay(task, lang) }] : [];
  }),
});
