import type { Block, Command } from "../../../model/block.ts";
import { shellText } from "../../shell/commands.ts";
import type { ShellText } from "../../shell/commands.ts";
import { numbered } from "../../words/fences.ts";

/** A numbered comment with the commands up to the next one. */
export interface CommentStep {
  readonly number: number;
  readonly title: string;
  readonly line: number;
  readonly commands: readonly Command[];
  /** Other comments of the step. */
  readonly notes: readonly string[];
}

export interface CommentSteps {
  readonly steps: readonly CommentStep[];
  /** Comments before the first step. */
  readonly before: readonly string[];
  /** Commands before the first step: they belong to none. */
  readonly stray: readonly Command[];
  /** First number that is not one more than the one before; undefined when they run 1, 2, 3 … */
  readonly jump?: { readonly number: number; readonly line: number };
}

/** Splits a shell text at its numbered comments; undefined with fewer than two of them. */
export function commentSteps(text: ShellText): CommentSteps | undefined {
  if (text.comments.length < 2) return undefined;
  const spans = text.commands.map((command, index) => [command.line, text.ends[index] ?? command.line] as const);
  const own = text.comments.filter(
    (comment) => comment.alone && !spans.some(([from, to]) => comment.line > from && comment.line <= to),
  );
  const heads = own.flatMap((comment) => {
    const head = numbered(comment.text);
    return head ? [{ ...head, line: comment.line }] : [];
  });
  if (heads.length < 2) return undefined;
  const first = heads[0]?.line ?? 0;
  const steps = heads.map((head, index) => {
    const end = heads[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const inside = (line: number) => line > head.line && line < end;
    return {
      number: head.number,
      title: head.title,
      line: head.line,
      commands: text.commands.filter((command) => inside(command.line)),
      notes: own.filter((comment) => inside(comment.line)).map((comment) => comment.text),
    };
  });
  const jump = heads.find((head, index) => head.number !== index + 1);
  return {
    steps,
    before: own.filter((comment) => comment.line < first).map((comment) => comment.text),
    stray: text.commands.filter((command) => command.line < first),
    ...(jump ? { jump: { number: jump.number, line: jump.line } } : {}),
  };
}

const known = new WeakMap<Block, CommentSteps>();

/** Keeps what the classification already read. */
export function remember(block: Block, text: ShellText): void {
  const steps = commentSteps(text);
  if (steps) known.set(block, steps);
}

/** Numbered steps of a block of that kind. */
export const stepsOfBlock = (block: Block): CommentSteps | undefined =>
  known.get(block) ?? commentSteps(shellText(block.text, block.source.line + 1));
