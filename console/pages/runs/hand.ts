import type { RunShown } from "../../../src/api/contract.ts";
import type { Texts } from "../../i18n/texts.ts";
import type { Asked } from "../../ui/asking.tsx";

type Step = RunShown["plan"]["steps"][number];

/** What a person is asked to do by hand, and where. */
export interface Hand {
  readonly step: Step;
  readonly seat: { readonly where: string; readonly login?: string | undefined } | undefined;
}

interface Ticked {
  readonly step?: string | undefined;
  readonly target?: string | undefined;
  readonly purpose?: string | undefined;
}

/** The step that a tick is about: itself, what sees that it is right, or what undoes it. Pure. */
export function handOf(
  { plan }: Pick<RunShown, "plan">,
  { step: id, target, purpose = "do" }: Ticked,
): Hand | undefined {
  const own = plan.steps.find((one) => one.id === id);
  const name = purpose === "undo" ? own?.undo : own?.verify;
  const step = purpose === "do" ? own : plan.others.find((one) => one.id === name);
  const seat = plan.targets.find((one) => one.name === target)?.seat;
  return step && { step, seat };
}

/** What is to be told of a step that was done by hand: what later steps need of it, and what the console showed. */
export const toldOf = ({ step }: Hand, words: Texts["runs"]["hand"]): readonly Asked[] => [
  ...step.outputs.map((name) => ({ as: `output ${name}`, label: name, hint: words.outputHint, must: true })),
  ...(step.byHand
    ? [{ as: "seen", label: words.seen, hint: words.seenHint, type: "code", most: 1_000_000 } as const]
    : []),
];

/** What is sent of it. Pure. */
export function tickOf(values: Readonly<Record<string, string>>): object {
  const { note = "", seen = "", ...rest } = values;
  const outputs = Object.entries(rest).map(([name, value]) => [name.slice("output ".length), value]);
  return {
    ...(note !== "" && { note }),
    ...(seen !== "" && { seen }),
    ...(outputs.length > 0 && { outputs: Object.fromEntries(outputs) as object }),
  };
}
