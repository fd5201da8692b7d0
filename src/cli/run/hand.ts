import type { RunShown } from "../../engine/run/control/shown.ts";
import { performedBy } from "../../engine/run/core/shape.ts";
import type { Wait } from "../../engine/run/core/view.ts";
import { variablesOf } from "../../engine/run/environment.ts";
import { quote } from "../../i18n/program.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { RUN_SCOPE, type PlanStep } from "../../model/plan.ts";
import { linesOf, signed } from "../../report/plan/say.ts";

type Parts = Pick<RunShown, "plan" | "view" | "record">;

/** The step that a person is asked about, and what it is for: to do it, to look, to undo it. */
export function askedStep({ plan, view }: Pick<RunShown, "plan" | "view">, wait: Pick<Wait, "step" | "target">) {
  const open = view.tasks.find(({ step, target }) => step === wait.step && target === wait.target)?.open;
  return open && { step: performedBy(plan, open), purpose: open.purpose };
}

/** Only those that its lines name; a person types no more than is needed. */
function assignments(run: Parts, step: PlanStep, target: string, lang: Lang): readonly string[] {
  const { said } = texts(lang).run;
  const named = new Set([...step.command.matchAll(/\$\{?([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name));
  const place = { plan: run.plan, step, target, run: run.record.id, outputs: run.view.outputs };
  // What it gives out is seen, and told by the person.
  const given = { value: "/dev/stdout", secret: false };
  return [...variablesOf(place), ["WB_OUTPUT", given] as const]
    .filter(([name]) => named.has(name))
    .map(([name, { value, secret }]) =>
      secret ? format(said.hand.secret, { name, reference: value }) : `$ export ${name}=${quote(value)}`,
    );
}

/** Everything that a person at a console needs for a step: where, what to type, what is to be seen, what to tell. */
export function handLines(run: Parts, wait: Pick<Wait, "step" | "target">, lang: Lang): readonly string[] {
  const asked = askedStep(run, wait);
  const { step, purpose } = asked ?? {};
  const { target = RUN_SCOPE } = wait;
  if (!step) return [];
  const { hand } = texts(lang).run.said;
  const seat = run.plan.targets.find(({ name }) => name === target)?.seat;
  const { expect } = step.byHand ?? {};
  return [
    ...(seat ? [format(hand.where, { where: seat.where })] : []),
    ...(seat?.login === undefined ? [] : [format(hand.login, { login: seat.login })]),
    ...(step.byHand ? assignments(run, step, target, lang) : []),
    ...signed(step),
    ...(expect ? [hand.expect, ...expect.flatMap(linesOf).map((line) => `  | ${line}`)] : []),
    ...(purpose === "do" && step.outputs.length > 0 ? [format(hand.tell, { names: step.outputs })] : []),
  ];
}
