import type { RunJudged } from "../../evidence/run/judge.ts";
import type { Timed } from "../../evidence/run/shape.ts";
import { outcomeOf, type Task } from "../../evidence/run/tasks.ts";
import { missedReasons } from "../../evidence/run/drill.ts";
import { format } from "../../i18n/format.ts";
import { worded } from "../../i18n/worded.ts";
import { texts } from "../../i18n/texts.ts";
import type { Args } from "../../model/finding.ts";
import type { EndReason } from "../../model/journal.ts";
import type { Lang } from "../../model/lang.ts";
import { code, markdown } from "../escape.ts";

/** Values as they may stand in a Markdown sentence. */
const escaped = (args: Args): Record<string, string> =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, markdown(String(value)) || "–"]));

/** A sentence by its key; a key without a sentence shows itself rather than nothing. */
const sentence = (words: object, key: string, args: Args): string =>
  format((words as Readonly<Record<string, string>>)[key] ?? key, escaped(args));

/** A step, and where it is done when it is done on each target. */
export const where = (step: string, target: string, lang: Lang): string =>
  target === "-" ? code(step) : format(texts(lang).runPage.at, { step: code(step), target: code(target) });

/** Why one step is not good: in the words of its kind, or how it ended. */
function taskSay(task: Task, lang: Lang): string {
  const end = task.state === "undo-failed" ? task.end : (task.failure ?? task.end);
  const why =
    end?.reason === undefined
      ? (end?.ending ?? task.state)
      : sentence(texts(lang).steps.reasons, end.reason, end.args ?? {});
  return `${where(task.step.id, task.target, lang)}${texts(lang).cli.colon}${why}`;
}

/** What did not end well, and what a person let be after it had failed. */
const isBad = (task: Task): boolean =>
  !["pass", "open"].includes(outcomeOf(task)) || (task.state === "skipped" && task.end !== undefined);

/** Reasons that name a step are said with the step itself; the others as the run gave them. */
const isOfRun = ({ args }: EndReason): boolean => args["step"] === undefined;

/** What a reader must know before anything else, one line each; empty when every step ended well. */
export function whySay(run: RunJudged, lang: Lang): readonly string[] {
  const words = texts(lang);
  return [
    ...(run.plan.rehearsal ? [words.runPage.rehearsal] : []),
    ...(run.started.only === null
      ? []
      : [format(words.runPage.partial, { only: markdown(run.started.only.join(", ")) })]),
    ...(run.drill ? missedReasons(run.drill) : []).map(({ code: key, args }) =>
      sentence(words.runs.reasons, key, worded(args, words.words)),
    ),
    ...run.reasons.filter(isOfRun).map((reason) => sentence(words.runs.reasons, reason.code, reason.args)),
    ...run.tasks.filter(isBad).map((task) => taskSay(task, lang)),
    ...run.reasons
      .filter((reason) => ["skipped", "decided", "left", "no-undo"].includes(reason.code))
      .map((reason) => sentence(words.runs.reasons, reason.code, reason.args)),
  ];
}

/** What steps that ended well have to say all the same: a copy that shrank, a window that closed meanwhile. */
export const remarksSay = ({ journal }: RunJudged, lang: Lang): readonly string[] =>
  journal.flatMap(({ entry }) => {
    if (entry.type !== "outcome" || entry.purpose !== "do" || entry.ending !== "ok" || entry.reason === undefined)
      return [];
    const say = sentence(texts(lang).steps.reasons, entry.reason, entry.args ?? {});
    return [`${where(entry.step, entry.target, lang)}${texts(lang).cli.colon}${say}`];
  });

type TickKey =
  | "ticked"
  | "notTicked"
  | "saw"
  | "notSaw"
  | "tickedUndo"
  | "notTickedUndo"
  | "sawUndone"
  | "notSawUndone";

/** A word of a person about one step. */
interface Noted {
  readonly step: string;
  readonly target: string;
  readonly note: string;
}

/** What a tick was about: doing the step, looking at it, undoing it, looking at that. */
function tickKey({ journal }: RunJudged, tick: Extract<Timed["entry"], { type: "tick" }>): TickKey {
  const at = journal.findIndex(({ entry }) => entry === tick);
  const asked = journal
    .slice(0, at)
    .findLast(({ entry }) => entry.type === "intent" && entry.step === tick.step && entry.target === tick.target);
  const purpose = asked?.entry.type === "intent" ? asked.entry.purpose : "do";
  if (purpose === "do") return tick.done ? "ticked" : "notTicked";
  if (purpose === "undo") return tick.done ? "tickedUndo" : "notTickedUndo";
  if (purpose === "verify") return tick.done ? "saw" : "notSaw";
  return tick.done ? "sawUndone" : "notSawUndone";
}

/** What a person did in one entry; undefined for what the program did. */
export function actSay(
  { entry }: Timed,
  run: RunJudged,
  lang: Lang,
): { readonly by: string; readonly say: string } | undefined {
  const { acts, choices } = texts(lang).runPage;
  const named = (args: Args, key: keyof typeof acts): string => sentence(acts, key, args);
  const about = (one: Noted, args: Readonly<Record<string, string>>, key: keyof typeof acts): string =>
    format(acts[key], { ...args, what: where(one.step, one.target, lang), note: markdown(one.note) || "–" });
  switch (entry.type) {
    case "run.created":
      return { by: entry.by, say: acts["run.created"] };
    case "approval.given": {
      const counted = run.approvals.find(({ by, gate }) => by === entry.by && gate === entry.gate);
      if (!counted) return undefined;
      const args = { gate: entry.gate, key: counted.fingerprint, methods: counted.console ?? "" };
      return { by: entry.by, say: named(args, counted.console === undefined ? entry.type : "approval.console") };
    }
    case "approval.rejected":
      return { by: entry.by, say: named({ gate: entry.gate, reason: entry.reason }, entry.type) };
    case "key":
      return { by: entry.by, say: named({ step: entry.step }, "key") };
    case "tick":
      return { by: entry.by, say: about(entry, {}, tickKey(run, entry)) };
    case "answer":
      return { by: entry.by, say: about(entry, { choice: choices[entry.choice] }, "answer") };
    case "decided":
      return { by: entry.by, say: about(entry, { happened: choices[entry.happened] }, "decided") };
    case "pause":
    case "cancel":
      return { by: entry.by, say: named({ reason: entry.reason }, entry.type) };
    case "resume":
      return { by: entry.by, say: acts.resume };
    default:
      return undefined;
  }
}
