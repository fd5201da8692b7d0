import type { Command } from "../../../model/block.ts";
import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

const isEndless = ({ neverEnds, interactive }: Command): boolean => neverEnds || interactive;

/** A step that never ends blocks a run for ever; one that prompts cannot run unattended (S-029). */
export const endlessStep: LintRule = {
  codes: ["WB706", "WB707"],
  run: (book) =>
    book.blocks
      .filter(({ state, kind }) => state !== "ignored" && kind !== "cheatsheet" && kind !== "file")
      .flatMap(({ commands, source }) =>
        commands.filter(isEndless).flatMap(({ line, text, neverEnds }) => {
          const place = { file: source.file, line };
          if (neverEnds) return [give("WB706", "warn", place, { command: text.trim() })];
          return [give("WB707", "warn", place, { command: text.trim() })];
        }),
      ),
};
