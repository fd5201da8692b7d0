import { questionsOf } from "../../engine/run/evidence/approval.ts";
import type { Wait } from "../../engine/run/core/view.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import { isEnded } from "../../model/run.ts";
import { momentSay } from "../../report/inspection/say.ts";
import type { Call } from "../verb.ts";
import { outputsAsked } from "../../engine/run/tick.ts";
import { askedStep, handLines } from "./hand.ts";
import { placeSay } from "../../api/view/run.ts";
import { commandLine } from "./words.ts";

/** Something that a run waits for, in words, and the command lines that answer it. */
export interface WaitSaid {
  readonly kind: Wait["kind"] | "resume";
  readonly step?: string;
  readonly target?: string;
  readonly gate?: string;
  readonly say: string;
  /** At a console: where it is done, the exact bytes, what is to be seen. */
  readonly shown?: readonly string[];
  readonly commands: readonly string[];
}

interface Parts {
  readonly call: Call;
  readonly run: RunShown;
  readonly lang: Lang;
  readonly zone: string;
}

/** A person who may be asked: what stands for it where a command is shown. */
const PERSON = "NAME";

function approvalSay(wait: Wait, { run, lang, zone }: Parts): string {
  const { said } = texts(lang).run;
  const question = questionsOf(run).find(({ gate }) => gate === wait.gate);
  const roles = question?.of.roles ?? [];
  return format(said.wait.approval, {
    gate: wait.gate ?? "",
    given: question?.agreed.length ?? 0,
    quorum: question?.of.quorum ?? 1,
    roles: roles.length === 0 ? said.wait.anybody : format(said.wait.roles, { roles }),
    until: momentSay(wait.expires ?? 0, zone),
  });
}

/** `--step` and `--target`, as far as the wait has them. */
const where = ({ step, target }: Wait): readonly string[] => [
  ...(step === undefined ? [] : ["--step", step]),
  ...(target === undefined ? [] : ["--target", target]),
];

/** Done at a console: whoever sits there sees nothing else of the manual. */
const isSeated = ({ plan }: RunShown, { target }: Wait): boolean =>
  plan.targets.some(({ name, seat }) => name === target && seat !== undefined);

/** `--output NAME=VALUE` for each value that the person is to tell. */
function outputsWanted(run: RunShown, wait: Wait): readonly string[] {
  const asked = askedStep(run, wait);
  return asked ? outputsAsked(asked.step, asked).flatMap((name) => ["--output", `${name}=VALUE`]) : [];
}

function commandsOf(wait: Wait, { call, run }: Parts): readonly string[] {
  const { id } = run.record;
  const line = (...words: readonly string[]): string => commandLine(call, "runs", ...words);
  const gates = run.view.waits.filter(({ kind }) => kind === "approval").length;
  const gate = gates > 1 && wait.gate !== undefined ? ["--gate", wait.gate] : [];
  switch (wait.kind) {
    case "approval":
      return [line("approve", id, "--as", PERSON, ...gate)];
    case "key":
      return [line("go", id, ...(wait.step === undefined ? [] : ["--step", wait.step]))];
    case "tick":
      return [
        line("tick", id, ...where(wait), ...outputsWanted(run, wait)),
        line("tick", id, ...where(wait), "--failed"),
      ];
    case "answer":
      return ["retry", "skip", "undo", "stop"].map((choice) => line("answer", id, ...where(wait), "--choice", choice));
    case "decision":
      return ["yes", "no", "redo"].map((happened) => line("decide", id, ...where(wait), "--happened", happened));
    default:
      return [];
  }
}

function sayOf(wait: Wait, parts: Parts): string {
  const { lang, zone } = parts;
  const words = texts(lang).run.said.wait;
  const { step = "", target = "-", until = 0 } = wait;
  if (wait.kind === "approval") return approvalSay(wait, parts);
  if (wait.kind === "timer") return format(words.timer, { step, target, until: momentSay(until, zone) });
  if (wait.kind !== "tick") return format(words[wait.kind], { step, target });
  const asked = { do: words.tick, verify: words.look, undo: words.undo, "undo-verify": words.undone };
  return format(asked[wait.purpose ?? "do"], { step, target });
}

/** What a run waits for, each with the exact command lines that answer it; empty for one that has ended or goes on. */
export function waitsSaid(call: Call, run: RunShown, lang: Lang, zone: string): readonly WaitSaid[] {
  const { record, view } = run;
  if (isEnded(record.state)) return [];
  const parts: Parts = { call, run, lang, zone };
  const paused = view.paused;
  const resume: readonly WaitSaid[] = paused
    ? [
        {
          kind: "resume",
          say: format(texts(lang).run.said.wait.paused, { by: paused.by, reason: paused.reason || "–" }),
          commands: [commandLine(call, "runs", "resume", record.id), commandLine(call, "runs", "cancel", record.id)],
        },
      ]
    : [];
  const waits = view.waits.map((wait): WaitSaid => ({
    kind: wait.kind,
    ...(wait.step !== undefined && { step: wait.step }),
    ...(wait.target !== undefined && { target: wait.target }),
    ...(wait.gate !== undefined && { gate: wait.gate }),
    say: sayOf(wait, parts),
    ...(wait.kind === "tick" && isSeated(run, wait) && { shown: handLines(run, wait, lang) }),
    commands: commandsOf(wait, parts),
  }));
  return [...resume, ...waits];
}

/** The same as lines. */
export const waitLines = (waits: readonly WaitSaid[], lang: Lang): readonly string[] =>
  waits.length === 0
    ? []
    : [
        texts(lang).run.said.waits,
        ...waits.flatMap(({ say, shown = [], commands }) => [
          `  ${say}`,
          ...shown.map((line) => `    ${line}`),
          ...commands.map((line) => `      ${line}`),
        ]),
      ];

/** A step in the words of the plan, for people: its title where it has one. */
export function titleOf({ plan }: Pick<RunShown, "plan">, step: string, target: string, lang: Lang): string {
  const title = plan.steps.find(({ id }) => id === step)?.title ?? "";
  const place = placeSay(step, target, lang);
  return title === "" || title === step ? place : `${title} (${place})`;
}
