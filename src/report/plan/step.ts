import { format } from "../../i18n/format.ts";
import type { Texts } from "../../i18n/texts.ts";
import type { Plan, PlanStep } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import type { Risk } from "../../model/states.ts";
import { gateOf, linesOf, signed, timeOf } from "./say.ts";

/** Paints a word on a terminal; the identity elsewhere. */
export type Paint = (what: Risk | "head" | "dim" | "missing", text: string) => string;

/** What the reader of a plan is shown it with. */
export interface Shown {
  readonly plan: Plan;
  readonly words: Texts["plan"];
  readonly paint: Paint;
  /** Between a label and what it labels. */
  readonly colon: string;
}

const IN = "     ";

/** One step: what it is, where, its exact bytes, and what verifies and undoes it. */
export function stepText(step: PlanStep, number: number, shown: Shown): readonly string[] {
  const { plan, words, paint, colon } = shown;
  const { labels } = words;
  const other = (id: string | undefined): PlanStep | undefined => plan.others.find((one) => one.id === id);
  const [verify, undo] = [other(step.verify), other(step.undo)];
  const label = (name: string, text: string): string => `${IN}${name}${colon}${text}`;
  return [
    `${String(number).padStart(3)}. ${paint("head", printable(step.title))}  ${paint("dim", printable(step.id))}`,
    `${IN}${traits(step, shown).join(" · ")}`,
    ...(step.banner === undefined
      ? []
      : [`${IN}${paint("missing", labels.banner)}${colon}${linesOf(step.banner).join(" ")}`]),
    ...bytes(step, IN, words, colon),
    ...(verify
      ? [label(labels.verify, beside(verify, step.within, shown)), ...bytes(verify, `${IN}  `, words, colon)]
      : []),
    ...(undo ? [label(labels.undo, beside(undo, undo.within, shown)), ...bytes(undo, `${IN}  `, words, colon)] : []),
    ...(step.gate ? [label(labels.gate, gateOf(step.gate, words))] : []),
    ...(step.source ? [`${IN}${paint("dim", printable(at(step.source)))}`] : []),
  ];
}

function bytes(step: PlanStep, indent: string, words: Shown["words"], colon: string): readonly string[] {
  const expect = step.byHand?.expect ?? [];
  return [
    ...signed(step, words).map((line) => `${indent}${line}`),
    ...(expect.length > 0 ? [`${indent}${words.expect}${colon}`.trimEnd()] : []),
    ...expect.flatMap((line) => linesOf(line)).map((line) => `${indent}  | ${line}`),
  ];
}

/** How a verify or an undo is done, in a few words. */
const beside = (step: PlanStep, within: number, { words, paint }: Shown): string =>
  [
    printable(step.title),
    ...(step.byHand ? [format(words.kinds.console, { kind: step.byHand.kind })] : []),
    paint(step.risk, words.risks[step.risk]),
    ...(step.sudo ? [words.sudo] : []),
    ...(within > 0 ? [format(words.within, { time: timeOf(within * 1000, words) })] : []),
    ...place(step, words),
  ].join(" · ");

/** Directory of a shell; its mode is part of the command. */
function place(step: PlanStep, words: Texts["plan"]): readonly string[] {
  const { cwd } = (step.params ?? {}) as Readonly<Record<string, unknown>>;
  return typeof cwd === "string" ? [format(words.cwd, { directory: cwd })] : [];
}

function traits(step: PlanStep, shown: Shown): readonly string[] {
  const { words, paint } = shown;
  const manual = step.kind === "manual";
  return [
    where(step, shown),
    step.byHand ? format(words.kinds.console, { kind: step.byHand.kind }) : manual ? words.kinds.manual : step.kind,
    paint(step.risk, words.risks[step.risk]),
    ...(step.sudo ? [words.sudo] : []),
    ...place(step, words),
    ...(manual ? [] : [format(words.limit, { time: timeOf(step.timeoutMs, words) })]),
    ...(step.retry ? [format(words.retry, { times: step.retry.times })] : []),
    ...(step.idempotent ? [words.idempotent] : []),
    ...(step.until === undefined ? [] : [format(words.until, { step: step.until })]),
    ...(step.outputs.length === 0 ? [] : [format(words.outputs, { names: step.outputs.join(", ") })]),
    words.onFail[step.onFail],
  ];
}

function where(step: PlanStep, { plan, words }: Shown): string {
  if (step.scope === "run") return words.once;
  if (step.scope === "batch") return words.perBatch;
  const names = plan.targets.map(({ name }) => name).filter((name) => step.targets?.includes(name) ?? true);
  return names.length === 0 ? words.nowhere : format(words.on, { targets: names.join(", ") });
}
