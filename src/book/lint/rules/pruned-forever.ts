import type { LintRule } from "../../../model/book.ts";
import { BACKUP_DATA } from "../../words/lint.ts";
import { give } from "../give.ts";
import { linesOf } from "../lines.ts";

const COPY = /^\s*(?:sudo\s+)?(?:cp|rsync|tar|install|scp|mv)\b/;
const PRUNE = /\bfind\s+(\S+).*-mtime\s+\+?(\d+).*(?:-delete|rm\b)/;

/** Data that the policy keeps forever is copied where the same script deletes after some days (S-053). */
export const prunedForever: LintRule = {
  codes: ["WB601"],
  run: (book) => {
    const forever = book.backups.filter(({ retention }) => retention.kind === "forever");
    return book.blocks.map(linesOf).flatMap((lines) => {
      const prune = lines.find(({ text }) => !/^\s*#/.test(text) && PRUNE.test(text));
      if (prune === undefined) return [];
      const [, root, days] = PRUNE.exec(prune.text)!;
      return forever.flatMap(({ data, source, locations }) => {
        const below = locations.find((location) =>
          `${location.replace(/\/$/, "")}/`.startsWith(`${root!.replace(/\/$/, "")}/`),
        );
        if (below !== undefined) {
          const args = {
            data,
            root: root!,
            days: Number(days),
            copied: source.line,
            file: source.file,
            policy: source.line,
          };
          return [give("WB601", "error", prune.source, args)];
        }
        const files = BACKUP_DATA.find(({ words }) => words.test(data))?.files;
        const copy = files && lines.find(({ text }) => COPY.test(text) && files.test(text));
        if (!copy || copy.source.line > prune.source.line) return [];
        return [
          give("WB601", "error", prune.source, {
            data,
            root: root!,
            days: Number(days),
            copied: copy.source.line,
            file: source.file,
            policy: source.line,
          }),
        ];
      });
    });
  },
};
