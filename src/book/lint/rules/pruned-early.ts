import type { Book, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Source } from "../../../model/source.ts";
import type { Retention } from "../../../model/tables.ts";
import type { Every } from "../../../model/every.ts";
import { BACKUP_DATA, PASSING_FILE } from "../../words/lint.ts";
import { give } from "../give.ts";
import { daysOf, NEARLY } from "../periods.ts";
import { prunesIn, resolvedLines, type Prune, type Resolved } from "../prunes.ts";

const COPY = /^\s*(?:sudo\s+)?(?:cp|rsync|tar|install|scp|mv)\b/;

/** Rows of a policy and commands that are looked at, and findings for one command: a policy has a handful of each. */
const MOST_ROWS = 500;
const MOST_PRUNES = 1_000;
const MOST_FOUND = 10;

/** What a table says is kept. */
interface Kept {
  readonly name: string;
  readonly retention: Retention;
  /** As written. */
  readonly shown: string;
  readonly every?: Every;
  readonly locations: readonly string[];
  /** Files of such data, by their names. */
  readonly files: RegExp | undefined;
  readonly source: Source;
}

function keptIn({ backups, logs }: Book): readonly Kept[] {
  const files = (data: string): RegExp | undefined => BACKUP_DATA.find(({ words }) => words.test(data))?.files;
  return [
    ...backups.map(({ data, shown, ...row }) => ({ ...row, name: data, shown: shown.retention, files: files(data) })),
    ...logs.map(({ location, retention, ...row }) => ({
      ...{ ...row, retention, locations: [location], files: /\blog/ },
      shown: retention.kind === "age" ? `${retention.days} d` : "copies" in retention ? `${retention.copies}` : "",
    })),
  ];
}

const asFolder = (path: string): string => `${path.replace(/\/$/, "")}/`;
const below = (location: string, root: string): boolean => asFolder(location).startsWith(asFolder(root));

/** The command removes from this place, at the root or as deep as it goes. */
function reaches({ root, deep, spared }: Prune, location: string): boolean {
  if (!below(location, root) || (!deep && asFolder(location) !== asFolder(root))) return false;
  return !spared.some((pattern) => asFolder(location).includes(pattern.replaceAll("*", "").replace(/\/$/, "")));
}

/** A name that says no more than what kind of file it is, or that it is a backup: `*.tar.gz`, `backup-*`. */
const ANY_BACKUP = /^\*(?:\.[\w*]+)+$|^[^/]*(?:backup|bak\b)[^/]*$/i;

/** What it removes by name is this data, and not what passes or that of another row. */
function takes({ names }: Prune, row: Kept, others: readonly Kept[]): boolean {
  if (names.length === 0) return true;
  return names.some(
    (name) =>
      row.files?.test(name) ||
      (ANY_BACKUP.test(name) && !PASSING_FILE.test(name) && !others.some(({ files }) => files?.test(name))),
  );
}

/** The line above the command that copies such files to where it removes them, as far as the line says where to. */
function copied(lines: readonly Resolved[], { source, root }: Prune, { files }: Kept): Resolved | undefined {
  if (files === undefined) return undefined;
  return lines.find(({ text, source: at }) => {
    if (at.line > source.line || !COPY.test(text) || !files.test(text)) return false;
    const words = text.replaceAll(/["']/g, "").trim().split(/\s+/);
    const paths = words.filter((word) => word.startsWith("/"));
    return paths.length < 2 || text.includes("$") || paths.some((path) => below(path, root));
  });
}

/** It removes what should still be there: by age or by number, the one told by the other where the table says how often. */
function tooSoon({ keeps }: Prune, { retention, every }: Kept): boolean {
  const period = daysOf(every);
  const days = "days" in keeps ? keeps.days : period && keeps.copies * period;
  const copies = "copies" in keeps ? keeps.copies : period && keeps.days / period;
  if (retention.kind === "age") return days !== undefined && days < retention.days * NEARLY;
  return retention.kind === "copies" && copies !== undefined && copies < Math.floor(retention.copies * NEARLY);
}

/** Data that a table keeps forever, or longer, lies or is copied where a script deletes after some days or all but some (S-053). */
export const prunedEarly: LintRule = {
  codes: ["WB601", "WB611"],
  run: (book) => {
    const rows = keptIn(book)
      .filter(({ retention }) => retention.kind !== "unknown")
      .slice(0, MOST_ROWS);
    if (rows.length === 0) return [];
    const serviceOf = new Map(book.documents.map(({ file, service }) => [file, service]));
    const all = book.blocks.map(resolvedLines).flatMap((lines) => prunesIn(lines).map((prune) => ({ lines, prune })));
    return all.slice(0, MOST_PRUNES).flatMap(({ lines, prune }) => {
      const here = rows.filter(({ locations }) => locations.some((location) => reaches(prune, location)));
      const found = rows.flatMap((row): readonly Finding[] => {
        const { name, retention, shown, locations, source } = row;
        const lies =
          here.includes(row) &&
          takes(
            prune,
            row,
            here.filter((other) => other !== row),
          );
        const command = prune.command.slice(0, 120);
        const args = { data: name, root: prune.root, file: source.file, policy: source.line, command };
        if (retention.kind === "forever") {
          const line = lies ? source.line : takes(prune, row, here) && copied(lines, prune, row)?.source.line;
          return line ? [give("WB601", "error", prune.source, { ...args, copied: line })] : [];
        }
        const same = serviceOf.get(source.file) === serviceOf.get(prune.source.file);
        // Another place may keep it longer.
        const only = lies && same && locations.every((location) => reaches(prune, location));
        return only && tooSoon(prune, row) ? [give("WB611", "error", prune.source, { ...args, promised: shown })] : [];
      });
      return found.slice(0, MOST_FOUND);
    });
  },
};
