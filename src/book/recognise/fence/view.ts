import type { Block, BlockKind, Command } from "../../../model/block.ts";
import type { Args, FindingCode } from "../../../model/finding.ts";
import type { BlockState, Risk } from "../../../model/states.ts";
import type { Fence } from "../../parse/tree.ts";
import { shellText } from "../../shell/commands.ts";
import type { ShellText } from "../../shell/commands.ts";
import { SESSION_LANGS, SHELL_LANGS } from "../../words/fences.ts";
import type { Page, Part } from "../recogniser.ts";
import type { Around } from "./around.ts";
import { readInfo } from "./info.ts";
import type { Info } from "./info.ts";

/** A fence with what the rules look at. */
export interface View {
  readonly page: Page;
  readonly part: Part;
  readonly fence: Fence;
  readonly info: Info;
  readonly lang: string;
  readonly lines: readonly string[];
  /** Text of the paragraph directly before it, "" when there is none. */
  readonly label: string;
  readonly around: Around;
  /** Its text read as shell; read once, when first wanted. */
  shell(): ShellText;
}

/** What one rule says of a fence. */
export interface Ruling {
  readonly kind: BlockKind;
  readonly state: BlockState;
  readonly rule: string;
  readonly candidates?: Block["candidates"];
  readonly commands?: readonly Command[];
  readonly expected?: readonly string[];
  readonly risk?: Risk;
  readonly findings?: readonly { readonly code: FindingCode; readonly args: Args; readonly line?: number }[];
}

/** One rule: a ruling, or undefined to leave the fence to the next one. */
export type Rule = (view: View) => Ruling | undefined;

export function makeView(page: Page, part: Part, fence: Fence, around: Around): View {
  const info = readInfo(fence.info);
  return {
    page,
    part,
    fence,
    info,
    lang: info.lang,
    lines: fence.text.replace(/\n$/, "").split("\n"),
    label: around.label,
    around,
    shell: () => shellOf(fence),
  };
}

const read = new WeakMap<Fence, ShellText>();

/** The text of a fence read as shell; its neighbours ask for it as well. */
export function shellOf(fence: Fence): ShellText {
  let known = read.get(fence);
  if (!known) read.set(fence, (known = shellText(fence.text, fence.first)));
  return known;
}

export const isShell = (view: View): boolean => SHELL_LANGS.has(view.lang);
export const isSession = (view: View): boolean => SESSION_LANGS.has(view.lang);
/** Blocks whose language says nothing: none, or indented code. */
export const isUntagged = (view: View): boolean => view.lang === "";

/** A line that carries content: neither blank nor a comment. */
export const isContent = (line: string): boolean => {
  const text = line.trimStart();
  return text !== "" && !text.startsWith("#");
};

/** Evidence as data: line and text, cut. */
export const evidence = (view: View, index: number): string =>
  `${view.fence.first + index}: ${(view.lines[index] ?? "").trim().slice(0, 80)}`;

/** An ambiguous ruling with its candidates and the finding that names them. */
export function ambiguous(
  rule: string,
  code: FindingCode,
  candidates: Block["candidates"],
  args: Args = {},
  more: Partial<Ruling> = {},
): Ruling {
  const kinds = candidates.map((candidate) => candidate.kind);
  return {
    kind: kinds[0] ?? "text",
    state: "ambiguous",
    rule,
    candidates,
    findings: [{ code, args: { kinds, evidence: candidates.map((one) => one.evidence), ...args } }],
    ...more,
  };
}
