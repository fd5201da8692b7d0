import { z } from "zod";
import type { StepContext } from "../../../model/step.ts";
import { refused } from "../ending/ended.ts";

/** Name of a parameter or output, as an environment has it. */
export const valueName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "value-name");

/** A text as it stands, or the value of a parameter or output: `{value: NAME}`. */
export const textOrValue = z.union([z.string(), z.strictObject({ value: valueName })]);
export type TextOrValue = z.infer<typeof textOrValue>;

/** The value of that name. Throws Ended `value-missing`. */
export function valueOf({ env }: Pick<StepContext, "env">, name: string): string {
  if (!Object.hasOwn(env, name)) throw refused("value-missing", { name });
  return env[name]!;
}

export const textOf = (context: Pick<StepContext, "env">, given: TextOrValue): string =>
  typeof given === "string" ? given : valueOf(context, given.value);

/** How a plan shows it: values by their name. */
export const shown = (given: TextOrValue): string => (typeof given === "string" ? given : `$${given.value}`);

/** Where it stands in its run: given to every step. */
const ALWAYS = /^WB_/;

/** Variables that a shell or an interpreter takes for code or loads code from: a value must never become that. */
const CODE =
  /^(BASH_ENV|ENV|PS4|PROMPT_COMMAND|BASH_FUNC_.*|LD_(PRELOAD|AUDIT|LIBRARY_PATH)|NODE_OPTIONS|PYTHONSTARTUP|PERL5OPT|RUBYOPT)$/;

/** The environment of a step that names what it needs; one that names nothing gets all. Throws Ended. */
export function chosen(context: Pick<StepContext, "env">, names: readonly string[] | undefined): StepContext["env"] {
  const code = (names ?? Object.keys(context.env)).find((name) => CODE.test(name));
  if (code !== undefined) throw refused("value-is-code", { name: code });
  if (names === undefined) return context.env;
  const always = Object.entries(context.env).filter(([name]) => ALWAYS.test(name));
  return { ...Object.fromEntries(always), ...Object.fromEntries(names.map((name) => [name, valueOf(context, name)])) };
}
