import type { Command, Placeholder } from "../../../model/block.ts";
import type { Blank } from "../../../model/runbook.ts";
import { spotsOf } from "../../shell/spots.ts";
import { openVariables } from "../../shell/variables.ts";
import { nameFor, paramsOf } from "../fence/hazards.ts";

/** A text that the book names as a parameter's: of wb-params, or of watchbook.yaml. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/** Environment variable of a value that is put where a placeholder stands; letters of other scripts become a digest. */
export function variableFor(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  const whole = plain !== "" && /^[\w .-]+$/.test(name);
  return `WB_${(whole ? plain : shortDigest(name)).toUpperCase()}`;
}

/** Loads node:crypto when first wanted: names of other scripts are rare, and it is a tenth of a start. */
const shortDigest = (name: string): string =>
  process.getBuiltinModule("node:crypto").createHash("sha256").update(name).digest("hex").slice(0, 8);

/**
 * Everything in the commands of one step that a run must be given a value for: placeholders, the literal texts that
 * parameters are declared for, and variables that the step uses and does not set (steps share no shell).
 */
export function blanksOf(commands: readonly Command[], params: string, more: readonly Named[] = []): readonly Blank[] {
  const open = commands.some(({ text, placeholders }) => placeholders.length > 0 || text.includes("$"));
  if (!open && params === "" && more.length === 0) return [];
  const declared = paramsOf(params);
  const named: readonly Named[] = [...[...declared].map(([name, text]) => ({ name, text })), ...more];
  const blanks = commands.flatMap((command, index) => inCommand(command, index, named, declared));
  return [...blanks, ...variables(commands, named, declared)];
}

function inCommand(
  command: Command,
  index: number,
  named: readonly Named[],
  declared: ReadonlyMap<string, string>,
): readonly Blank[] {
  const texts = new Map<string, Placeholder["kind"]>();
  for (const { text, kind } of command.placeholders) if (kind !== "variable") texts.set(text, kind);
  for (const { text } of named)
    if (!texts.has(text) && !text.startsWith("$") && isText(text) && command.text.includes(text))
      texts.set(text, "angle");
  return [...texts]
    .filter(([text]) => !holdsAnother(text, texts))
    .map(([text, kind]) => {
      const name = named.find((one) => one.text === text)?.name ?? nameFor(text);
      const spots = spotsOf(command.text, text);
      return {
        name,
        variable: variableFor(name),
        text,
        kind,
        line: command.line,
        command: index,
        declared: declared.has(name) || [...declared.values()].includes(text),
        ...(spots && { spots }),
      };
    });
}

/** A word that was found for the placeholder in it: `/etc/<name>` beside `<name>`. */
const holdsAnother = (text: string, all: ReadonlyMap<string, unknown>): boolean =>
  [...all.keys()].some((other) => other !== text && /^<[^<>]+>$/.test(other) && text.includes(other));

/** A bare name of wb-params is the name of a placeholder or a variable, no text to be looked for. */
const isText = (text: string): boolean => /[^\p{L}_-]/u.test(text);

function variables(
  commands: readonly Command[],
  named: readonly Named[],
  declared: ReadonlyMap<string, string>,
): readonly Blank[] {
  const found: Blank[] = [];
  if (!commands.some((command) => command.text.includes("$"))) return found;
  const text = commands.map((command) => command.text).join("\n");
  for (const { text: use, line } of openVariables(text)) {
    const variable = use.slice(1);
    if (!/^[A-Za-z_]/.test(variable)) continue;
    const name = named.find((one) => one.text === use || one.text === variable)?.name ?? nameFor(use);
    const index = commandAt(commands, line);
    const at = commands[index]?.line ?? 0;
    found.push({
      name,
      variable,
      text: use,
      kind: "variable",
      line: at,
      command: index,
      declared: declared.has(name) || [...declared.values()].includes(use),
      spots: [],
    });
  }
  return found;
}

/** Index of the command that a line of the joined text belongs to. */
function commandAt(commands: readonly Command[], line: number): number {
  let first = 1;
  for (const [index, { text }] of commands.entries()) {
    const next = first + text.split("\n").length;
    if (line < next) return index;
    first = next;
  }
  return 0;
}
