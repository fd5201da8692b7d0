import type { LintRule } from "../../../model/book.ts";
import { BACKUP_DATA } from "../../words/lint.ts";
import { give } from "../give.ts";
import { linesOf, type ShellLine } from "../lines.ts";

const COPY = /^\s*(?:sudo\s+)?(?:cp|rsync|tar|install|scp|mv)\b/;
const PRUNE = /\bfind\s+(\S+).*-mtime\s+\+?(\d+).*(?:-delete|rm\b)/;

/** Rows of a policy that are looked at, and findings for one prune: a policy has a handful of either. */
const MOST_ROWS = 500;
const MOST_FOUND = 10;

const below = (location: string, root: string): boolean =>
  `${location.replace(/\/$/, "")}/`.startsWith(`${root.replace(/\/$/, "")}/`);

/** The line of the block that copies what the files' pattern names, above the prune; each pattern is looked for once. */
function copies(lines: readonly ShellLine[], prune: ShellLine): (data: string) => ShellLine | undefined {
  const known = new Map<RegExp, ShellLine | undefined>();
  return (data) => {
    const files = BACKUP_DATA.find(({ words }) => words.test(data))?.files;
    if (files === undefined) return undefined;
    if (!known.has(files))
      known.set(
        files,
        lines.find(({ text }) => COPY.test(text) && files.test(text)),
      );
    const copy = known.get(files);
    return copy && copy.source.line <= prune.source.line ? copy : undefined;
  };
}

/** Data that the policy keeps forever is copied where the same script deletes after some days (S-053). */
export const prunedForever: LintRule = {
  codes: ["WB601"],
  run: (book) => {
    const forever = book.backups.filter(({ retention }) => retention.kind === "forever").slice(0, MOST_ROWS);
    if (forever.length === 0) return [];
    return book.blocks.map(linesOf).flatMap((lines) => {
      const prune = lines.find(({ text }) => !/^\s*#/.test(text) && PRUNE.test(text));
      if (prune === undefined) return [];
      const [, root = "", days] = PRUNE.exec(prune.text)!;
      const copyOf = copies(lines, prune);
      return forever
        .flatMap(({ data, source, locations }) => {
          const copied = locations.some((location) => below(location, root)) ? source : copyOf(data)?.source;
          const policy = { file: source.file, policy: source.line };
          return copied ? [{ data, root, days: Number(days), copied: copied.line, ...policy }] : [];
        })
        .slice(0, MOST_FOUND)
        .map((args) => give("WB601", "error", prune.source, args));
    });
  },
};
