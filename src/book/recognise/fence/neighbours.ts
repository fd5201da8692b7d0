import type { Command } from "../../../model/block.ts";
import type { Fence, Node } from "../../parse/tree.ts";
import { firstProgram } from "../../shell/lines.ts";
import { isKnown } from "../../shell/risk.ts";
import { NO_MACHINE, ON_MACHINE, ONLY_ENVIRONMENT } from "../../words/examples.ts";
import { SESSION_LANGS, SHELL_LANGS, TEXT_LANGS } from "../../words/fences.ts";
import { fold } from "../../words/matcher.ts";
import {
  AGAIN,
  BEGINS,
  DEED,
  ENDS,
  FORCED,
  GENTLE,
  OPPOSITES,
  OTHER_WAY,
  SAME,
  SEQUENCE,
  STATE_OF,
} from "../../words/neighbours.ts";
import type { Part } from "../recogniser.ts";
import { readInfo } from "./info.ts";
import { shellOf } from "./view.ts";

/** A fence of shell among the others of its section. */
interface Neighbour {
  readonly line: number;
  readonly label: string;
  /** What it does besides looking. */
  readonly deeds: readonly Command[];
  /** Something else than its own text stands between it and the fence before. */
  readonly apart: boolean;
}

/** Why a fence is not one step behind its neighbours. */
export interface Choice {
  readonly why: "alternatives" | "machines";
  /** The names of the machines, or the text that names the other way. */
  readonly names: readonly string[];
}

const NONE: ReadonlyMap<number, Choice> = new Map();
/** A longer text is no name of a choice. */
const LONGEST = 160;
const LONGEST_COMMAND = 500;
/** More fences than this below one heading are no menu. */
const MOST = 200;
const MOST_DEEDS = 20;

const known = new WeakMap<Part, ReadonlyMap<number, Choice>>();

/** The fences of a section that are opposites of each other, or one way of several, by their lines. */
export function choicesOf(part: Part, lastSentence: (text: string) => string): ReadonlyMap<number, Choice> {
  const before = known.get(part);
  if (before) return before;
  const found = neighboursOf(part.nodes, lastSentence);
  const choices = found.length === 0 || found.length > MOST ? NONE : chosen(found);
  known.set(part, choices);
  return choices;
}

function neighboursOf(nodes: readonly Node[], lastSentence: (text: string) => string): readonly Neighbour[] {
  const found: Neighbour[] = [];
  let apart = false;
  const walk = (nodes: readonly Node[], above: string): void =>
    nodes.forEach((node, index) => {
      // Points are no sequence; an ordered list is one.
      if (node.kind === "list" && !node.ordered && node.items.some(({ children }) => children.some(isFence)))
        for (const item of node.items) walk(item.children, item.text);
      else if (!isFence(node))
        // The text before a fence is its own; that of an output goes with the output.
        apart ||= node.kind !== "paragraph" || nodes[index + 1]?.kind !== "fence";
      else if (!isOutput(node)) {
        const own = nodes[index - 1];
        const label = lastSentence(index === 0 ? above : own?.kind === "paragraph" ? own.text : "").slice(0, LONGEST);
        const deeds = isDeclaredOrOther(node)
          ? undefined
          : shellOf(node).commands.filter(({ risk }) => risk !== "read");
        if (deeds) found.push({ line: node.line, label, deeds, apart });
        apart = deeds === undefined;
      }
    });
  if (nodes.length > 1 || nodes[0]?.kind === "list") walk(nodes, "");
  return found;
}

const isFence = (node: Node): node is Fence => node.kind === "fence";

/** What was printed stands between two commands as if it were not there. */
function isOutput(fence: Fence): boolean {
  const { lang } = readInfo(fence.info);
  if (lang !== "") return TEXT_LANGS.has(lang);
  return !shellOf(fence).commands.every(({ text }) => isKnown(firstProgram(text)));
}

/** What an author has declared, and the text of another language, is nobody's other way. */
function isDeclaredOrOther(fence: Fence): boolean {
  const { lang, attributes } = readInfo(fence.info);
  return (lang !== "" && !SHELL_LANGS.has(lang) && !SESSION_LANGS.has(lang)) || Object.keys(attributes).length > 0;
}

function chosen(all: readonly Neighbour[]): ReadonlyMap<number, Choice> {
  const choices = new Map<number, Choice>();
  const hold = (one: Neighbour, why: Choice["why"], names: readonly string[]): void => {
    if (!choices.has(one.line) && one.deeds.length > 0) choices.set(one.line, { why, names });
  };
  for (const one of all) if (OTHER_WAY.test(one.label)) hold(one, "alternatives", [one.label]);
  if (all.length < 2) return choices;
  for (const [first, second] of opposed(all)) {
    const things = new Set([...thingsOf(first), ...thingsOf(second)]);
    for (const one of all) {
      const isSame = !isWhole(one) && (thingsOf(one).every((thing) => things.has(thing)) || AGAIN.test(one.label));
      if (one === first || one === second || (isSame && !SEQUENCE.test(one.label)))
        hold(one, "alternatives", [one.label]);
    }
  }
  for (const [why, nameOf] of [
    ["alternatives", environmentIn],
    ["machines", machineIn],
  ] as const) {
    const named = all.map((one) => ({ one, name: nameOf(one.label) })).filter(({ name }) => name !== "");
    const names = [...new Set(named.map(({ name }) => name))];
    if (names.length > 1) for (const { one } of named) hold(one, why, names);
  }
  return choices;
}

/** Fences of which the second does nothing but undo the first, or does the same in another manner. */
function opposed(all: readonly Neighbour[]): readonly (readonly [Neighbour, Neighbour])[] {
  const pairs: (readonly [Neighbour, Neighbour])[] = [];
  let before: Neighbour | undefined;
  let apart = false;
  for (const one of all) {
    apart ||= one.apart;
    if (one.deeds.length === 0) continue;
    if (isWhole(one)) {
      before = undefined;
      continue;
    }
    if (before && !apart && !SEQUENCE.test(before.label) && !SEQUENCE.test(one.label) && isOpposed(before, one))
      pairs.push([before, one]);
    before = one;
    apart = false;
  }
  return pairs;
}

/** It does two things to one and the same: stop and start stand in it, so it is a procedure by itself. */
const isWhole = (one: Neighbour): boolean =>
  one.deeds.length > MOST_DEEDS || new Set(thingsOf(one)).size < one.deeds.length;

const isOpposed = (first: Neighbour, second: Neighbour): boolean =>
  undoes(second, first) || sayOpposite(first.label, second.label) || sayManner(first.label, second.label);

const plain = (text: string): string =>
  text
    .slice(0, LONGEST_COMMAND)
    .replace(/ --?[\w-]+(?:=\S+)?/g, "")
    .replace(/\s+/g, " ")
    .trim();
const things = new WeakMap<Neighbour, readonly string[]>();
/** What each deed is done to. */
function thingsOf(one: Neighbour): readonly string[] {
  const known = things.get(one) ?? one.deeds.map(thingOf);
  things.set(one, known);
  return known;
}
const thingOf = ({ text }: Command): string => plain(text.slice(0, LONGEST_COMMAND).replace(STATE_OF, ""));

function undoes(second: Neighbour, first: Neighbour): boolean {
  const undone = new Set(
    first.deeds.flatMap(({ text }) =>
      OPPOSITES.flatMap(([word, undo]) =>
        text.length <= LONGEST_COMMAND && word.test(text) ? [plain(text.replace(word, undo))] : [],
      ),
    ),
  );
  return second.deeds.every(({ text }) => undone.has(plain(text)));
}

const bareOf = (label: string, verb: RegExp): string =>
  label
    .replace(verb, "")
    .replace(/[:：.。]+$/, "")
    .trim()
    .toLowerCase();

function sayOpposite(first: string, second: string): boolean {
  if (!BEGINS.test(first) || !ENDS.test(second)) return false;
  const [thing, other] = [bareOf(first, BEGINS), bareOf(second, ENDS)];
  return thing === other || SAME.test(other) || SAME.test(thing);
}

const sayManner = (first: string, second: string): boolean =>
  DEED.test(first) &&
  DEED.test(second) &&
  ((GENTLE.test(first) && FORCED.test(second)) || (FORCED.test(first) && GENTLE.test(second)));

function environmentIn(label: string): string {
  const found = label.length > 60 ? null : ONLY_ENVIRONMENT.exec(label);
  return (found?.[1] ?? found?.[2] ?? "").toLowerCase();
}

function machineIn(label: string): string {
  const found = ON_MACHINE.exec(label)?.groups;
  const name = (found?.["en"] ?? found?.["zh"] ?? found?.["zh2"] ?? "").trim();
  return name === "" || NO_MACHINE.test(name) ? "" : fold(name);
}
