import type { BlockKind, Command, Placeholder } from "../../../model/block.ts";
import { datesIn } from "../../shell/assigned.ts";
import { firstProgram, looksLikeCommand } from "../../shell/lines.ts";
import { isKnown } from "../../shell/risk.ts";
import { wordsOf } from "../../shell/table.ts";
import { openVariables } from "../../shell/variables.ts";
import {
  EDITS,
  EXAMPLE_LABEL,
  LEFT_OUT,
  NO_MACHINE,
  ON_MACHINE,
  ON_WORKSTATION,
  ONLY_OUTPUT,
  OUTPUT_LABEL,
  REPLACE,
  ruins,
  RUN_LABEL,
  SAMPLE_LABEL,
  SYNTAX_LABEL,
  WORKSTATION,
  WORKSTATION_PATH,
} from "../../words/examples.ts";
import { GOES_INSIDE, isCase, isCircumstance, isInside, ONE_OF, ONE_WAY, UNSURE } from "../../words/circumstances.ts";
import { fold } from "../../words/matcher.ts";
import { ONE_STEP } from "../../words/procedures.ts";
import type { Node } from "../../parse/tree.ts";
import type { Part } from "../recogniser.ts";
import { banOf, sentencesOf } from "./bans.ts";
import { content } from "./content.ts";
import { choicesOf } from "./neighbours.ts";
import { ambiguous, evidence } from "./view.ts";
import type { Ruling, View } from "./view.ts";

/**
 * What is open besides the words of single commands: variables that they use and nobody sets, and remarks that stand for
 * commands left out. The output of a transcript does not count.
 */
export function openIn(view: View, commands: readonly Command[]): readonly Placeholder[] {
  const cut = view.shell().comments.find((comment) => LEFT_OUT.test(comment.text.slice(0, LONGEST)));
  const rest = cut ? [{ text: "...", kind: "ellipsis" as const, line: cut.line }] : [];
  return [...variablesOf(commands), ...datesIn(commands), ...rest];
}

function variablesOf(commands: readonly Command[]): readonly Placeholder[] {
  if (!commands.some((command) => command.text.includes("$"))) return [];
  const lines = commands.map((command) => command.text);
  const starts: number[] = [];
  let count = 1;
  for (const text of lines) {
    starts.push(count);
    count += text.split("\n").length;
  }
  return openVariables(lines.join("\n")).map(({ text, line }) => {
    const at = starts.findLastIndex((start) => start <= line);
    return { text, kind: "variable", line: commands[at]?.line ?? 0 };
  });
}

/** What stands around a block says that it is not to be run as it stands; undefined: nothing does. */
export const doubtOf = (view: View, ruling: Ruling): Ruling | undefined =>
  ruin(view, ruling) ??
  said(view, ruling) ??
  content(view, ruling, sentenceBefore(view)) ??
  stale(view, ruling) ??
  circumstance(view, ruling) ??
  chosen(view, ruling) ??
  replaced(view, ruling) ??
  elsewhere(view, ruling) ??
  machines(view, ruling) ??
  settingsOnly(view, ruling);

/** Nobody means to run what leaves no machine behind, however it got into a manual. */
function ruin(view: View, ruling: Ruling): Ruling | undefined {
  const found = (ruling.commands ?? []).find((command) => ruins(command.text.slice(0, 2_000)))?.text.slice(0, 120);
  return found === undefined ? undefined : held(view, ruling, "fence/ruin", "WB272", "text", found, { command: found });
}

/** Characters of the text around that are looked at. */
const LONGEST = 400;

const sentences = new WeakMap<View, string>();

/** The last sentence before the block: what stands above it speaks of something else. */
function sentenceBefore(view: View): string {
  const known = sentences.get(view) ?? lastSentence(view.label);
  sentences.set(view, known);
  return known;
}

const lastSentence = (label: string): string => sentencesOf(label).at(-1) ?? "";

function said(view: View, ruling: Ruling): Ruling | undefined {
  const label = sentenceBefore(view);
  if (label === "") return undefined;
  const said = ((): BlockKind | undefined => {
    if (EXAMPLE_LABEL.test(label) || SYNTAX_LABEL.test(label) || UNSURE.test(label)) return "text";
    if (ruling.kind === "transcript") return undefined;
    if (ONLY_OUTPUT.test(label)) return "text";
    const sample = SAMPLE_LABEL.test(label);
    if (!sample && !OUTPUT_LABEL.test(label)) return undefined;
    const known = (ruling.commands ?? []).every((command) => isKnown(firstProgram(command.text)));
    if (sample) return known && RUN_LABEL.test(label) ? undefined : "text";
    return known ? undefined : "text";
  })();
  return said && held(view, ruling, "fence/label", "WB267", said, label, { label: label.slice(0, 120) });
}

/** Sentences that say when, where and by whom the block is run: the last before it, and the titles of the steps around it. */
function occasions(view: View): readonly string[] {
  const known = asked.get(view) ?? occasionsOf(view);
  asked.set(view, known);
  return known;
}

const asked = new WeakMap<View, readonly string[]>();

function occasionsOf(view: View): readonly string[] {
  const { above, titles } = view.around;
  const items = [...titles, ...above].filter(({ form }) => form === "item").map(({ text }) => text);
  const heading = (view.part.section.path.at(-1) ?? "").slice(0, LONGEST);
  const steps = ONE_STEP.test(heading.trim()) ? [heading.trim().replace(ONE_STEP, "")] : [];
  return [sentenceBefore(view), ...[...items, ...steps].map((text) => sentencesOf(text.slice(0, LONGEST))[0] ?? "")];
}

/** What stands around it forbids it or calls it over, or the text before ties it to a case: not what one runs as it stands. */
function stale(view: View, ruling: Ruling): Ruling | undefined {
  const reads = (ruling.commands ?? []).every((command) => command.risk === "read");
  const reason =
    banOf(view, reads) ?? (reads ? undefined : occasions(view).find((text) => isCase(text) && !isCircumstance(text)));
  if (reason === undefined) return undefined;
  return held(view, ruling, "fence/label", "WB267", "text", reason, { label: reason.slice(0, 120) });
}

/**
 * The text before the block ties it to a case, a place, a person or the past; or it is one way of several. Looking is
 * harmless in any case, but not in any place.
 */
function circumstance(view: View, ruling: Ruling): Ruling | undefined {
  const label = sentenceBefore(view);
  const commands = ruling.commands ?? [];
  const reads = commands.every(({ risk }) => risk === "read");
  const tied = reads
    ? undefined
    : (occasions(view).find(isCircumstance) ??
      (isInside(label) && !commands.every(({ text }) => GOES_INSIDE.test(text.slice(0, 2_000))) ? label : undefined));
  if (tied !== undefined)
    return held(view, ruling, "fence/circumstance", "WB274", "text", tied, { label: tied.slice(0, 120) });
  const { path } = view.part.section;
  const choice = [label, (path.at(-1) ?? "").slice(0, LONGEST)].find((text) => ONE_OF.test(text));
  if (choice !== undefined || isOneWay(view, label))
    return held(view, ruling, "fence/alternatives", "WB259", "cheatsheet", choice ?? label, {});
  return undefined;
}

/** A neighbour of the section undoes it, is another way of the same, or is for another machine. */
function chosen(view: View, ruling: Ruling): Ruling | undefined {
  const choice = choicesOf(view.part, lastSentence).get(view.fence.line);
  if (choice?.why === "machines")
    return held(view, ruling, "fence/machines", "WB270", "cheatsheet", choice.names.join(" · "), {
      machines: choice.names,
    });
  const why = choice?.names.join(" · ") ?? "";
  return choice && held(view, ruling, "fence/alternatives", "WB259", "cheatsheet", why, {});
}

/** Another block of the section is another way of the same: from another version, for another system. */
const isOneWay = (view: View, label: string): boolean => {
  const way = ONE_WAY.findIndex((pattern) => pattern.test(label));
  return way >= 0 && (waysOf(view.part)[way] ?? 0) > 1;
};

const ways = new WeakMap<Part, readonly number[]>();

/** How many texts before the fences of a section are one way each, by pattern. */
function waysOf(part: Part): readonly number[] {
  const known = ways.get(part);
  if (known) return known;
  const labels = labelsIn(part.nodes, "").map(lastSentence);
  const counts = ONE_WAY.map((pattern) => labels.filter((label) => pattern.test(label)).length);
  ways.set(part, counts);
  return counts;
}

/** Texts before fences: paragraphs, and items of lists that begin with one. */
const labelsIn = (nodes: readonly Node[], above: string): readonly string[] =>
  nodes.flatMap((node, index) => {
    if (node.kind === "list") return node.items.flatMap((item) => labelsIn(item.children, item.text));
    const before = nodes[index - 1];
    if (node.kind !== "fence" || before?.kind === "fence") return [];
    return index === 0 ? above : before?.kind === "paragraph" ? before.text : [];
  });

/** A remark at a command, or the text around the block, tells the reader to put in values of his own. */
function replaced(view: View, ruling: Ruling): Ruling | undefined {
  const remark = remarks(view).find((text) => REPLACE.test(text) || editsByHand(text, ruling.commands ?? []));
  const near = [sentenceBefore(view), view.around.after.slice(0, LONGEST).split("\n", 1)[0] ?? ""].find(
    (text) => REPLACE.test(text) && names(text, view.fence.text),
  );
  const text = (remark ?? near)?.slice(0, 120);
  return text === undefined ? undefined : held(view, ruling, "fence/replace", "WB268", "text", text, { text });
}

/** A person is asked to edit a file, and no command of the block touches it. */
function editsByHand(text: string, commands: readonly Command[]): boolean {
  const file = EDITS.exec(text)?.[1]?.split("/").at(-1);
  return file !== undefined && !commands.some((command) => command.text.includes(file));
}

/** Comments at the end of a line with a command; a comment of its own line describes what follows. */
const remarks = (view: View): readonly string[] =>
  view.shell().comments.map((comment) => comment.text.slice(0, LONGEST));

/** The text speaks of a word that stands in the block. */
const names = (text: string, block: string): boolean =>
  text
    .split(/[\s,，。;；:：()（）"'`“”]+/)
    .some(
      (word) =>
        word.length > 2 &&
        /[a-z]/i.test(word) &&
        !COMMON.test(word) &&
        new RegExp(`(?<![\\w])${escape(word)}(?![\\w])`).test(block),
    );
const COMMON =
  /^(?:the|and|with|your|for|that|this|you|file|from|into|all|not|run|use|set|new|name|command|replace|change|update|edit|adjust|own|actual|value|needed|necessary|version|path)$/i;
const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Commands of a workstation: the target of a step is a server. */
function elsewhere(view: View, ruling: Ruling): Ruling | undefined {
  const program = (ruling.commands ?? [])
    .flatMap((command) => command.programs)
    .find((program) => wordsOf(WORKSTATION).has(program));
  const label = [sentenceBefore(view), ...remarks(view)].find((text) => ON_WORKSTATION.test(text));
  const path = (ruling.commands ?? []).find((command) => WORKSTATION_PATH.test(command.text.slice(0, 2_000)))?.text;
  const what = program ?? (label ?? path)?.slice(0, 120);
  return what === undefined ? undefined : held(view, ruling, "fence/workstation", "WB269", "text", what, { what });
}

/** Remarks name two machines: one run on one target would do on it what belongs on both. */
function machines(view: View, ruling: Ruling): Ruling | undefined {
  const named = view.shell().comments.flatMap((comment) => {
    const found = comment.alone ? ON_MACHINE.exec(comment.text.slice(0, LONGEST))?.groups : undefined;
    const name = found?.["en"] ?? found?.["zh"] ?? found?.["zh2"];
    return name === undefined || NO_MACHINE.test(name.trim()) ? [] : [fold(name)];
  });
  const different = [...new Set(named)];
  return different.length < 2
    ? undefined
    : held(view, ruling, "fence/machines", "WB270", "cheatsheet", different.join(" · "), { machines: different });
}

const SETTINGS = "export alias unalias unset set shopt umask ulimit readonly declare local";

/** Nothing but settings of the shell: they end with the block, because steps share no shell. */
function settingsOnly(view: View, ruling: Ruling): Ruling | undefined {
  const commands = ruling.commands ?? [];
  if (ruling.kind === "steps" || commands.length === 0) return undefined;
  const only = commands.every(
    (command) =>
      command.risk === "read" &&
      command.programs.every((program) => wordsOf(SETTINGS).has(program)) &&
      !looksLikeRun(command),
  );
  const first = commands[0]?.text.slice(0, 80) ?? "";
  return only ? held(view, ruling, "fence/settings-only", "WB271", "config", first, { first }) : undefined;
}

/** `ulimit -n` asks, `set` prints; a substitution runs something. */
const looksLikeRun = (command: Command): boolean =>
  /\$\(|`/.test(command.text) ||
  /^(?:ulimit(?:\s+-[a-zA-Z]+)?|umask|set|alias|export|declare(?:\s+-p)?)\s*$/.test(command.text.trim());

function held(
  view: View,
  ruling: Ruling,
  rule: string,
  code: "WB259" | "WB267" | "WB268" | "WB269" | "WB270" | "WB271" | "WB272" | "WB274",
  other: BlockKind,
  why: string,
  args: Readonly<Record<string, string | readonly string[]>>,
): Ruling {
  const first = Math.max(
    0,
    view.lines.findIndex((line) => looksLikeCommand(line) === "command"),
  );
  const candidates = [
    { kind: ruling.kind, evidence: evidence(view, first) },
    { kind: other, evidence: why },
  ];
  const more = {
    ...(ruling.commands ? { commands: ruling.commands } : {}),
    ...(ruling.risk ? { risk: ruling.risk } : {}),
    ...(ruling.expected ? { expected: ruling.expected } : {}),
  };
  return ambiguous(rule, code, candidates, args, more);
}
